/* Wrong behaviours, for the tests of lists.c: the room of an attribute list, the sizes of its
 * attributes, and lists of many handles. */
#include "inherit-mutants.h"

#define INIT_PARAMETERS LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD count, DWORD flags, PSIZE_T size

static BOOL WINAPI wants_more(INIT_PARAMETERS)
{
    if (list && count == 3) {
        BOOL made = real(InitializeProcThreadAttributeList)(NULL, count, flags, size);
        return made;
    }
    return real(InitializeProcThreadAttributeList)(list, count, flags, size);
}
MUTANT(attribute_list_wants_more_than_it_asked_for,
       "InitializeProcThreadAttributeList refuses a buffer of the size that it asked for",
       PATCH(InitializeProcThreadAttributeList, wants_more));

static BOOL WINAPI keeps_size(INIT_PARAMETERS)
{
    SIZE_T given = *size;
    BOOL made = real(InitializeProcThreadAttributeList)(list, count, flags, size);
    if (made)
        *size = given;
    return made;
}
MUTANT(attribute_list_leaves_the_size_given,
       "InitializeProcThreadAttributeList leaves the size of a buffer that is larger than needed",
       PATCH(InitializeProcThreadAttributeList, keeps_size));

static BOOL WINAPI takes_small(INIT_PARAMETERS)
{
    SIZE_T needed = 0;
    real(InitializeProcThreadAttributeList)(NULL, count, flags, &needed);
    if (list && *size == needed - 1)
        (*size)++;
    return real(InitializeProcThreadAttributeList)(list, count, flags, size);
}
MUTANT(attribute_list_takes_a_byte_less,
       "InitializeProcThreadAttributeList takes a buffer that is a byte too small",
       PATCH(InitializeProcThreadAttributeList, takes_small));

static void *holds_one; /* a list that has an attribute */

static BOOL WINAPI takes_one_in_all(LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD flags,
                                    DWORD_PTR attribute, PVOID value, SIZE_T size, PVOID previous,
                                    PSIZE_T return_size)
{
    if (holds_one == list && attribute == PROC_THREAD_ATTRIBUTE_PARENT_PROCESS)
        return failed(ERROR_GEN_FAILURE);
    holds_one = list;
    return real(UpdateProcThreadAttribute)(list, flags, attribute, value, size, previous,
                                           return_size);
}
MUTANT(attribute_list_takes_one, "A list that was made for two attributes takes one",
       PATCH(UpdateProcThreadAttribute, takes_one_in_all));

static BOOL WINAPI takes_any_parent(LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD flags,
                                    DWORD_PTR attribute, PVOID value, SIZE_T size, PVOID previous,
                                    PSIZE_T return_size)
{
    if (attribute == PROC_THREAD_ATTRIBUTE_PARENT_PROCESS)
        size = sizeof(HANDLE);
    return real(UpdateProcThreadAttribute)(list, flags, attribute, value, size, previous,
                                           return_size);
}
MUTANT(update_attribute_takes_any_size_of_parent,
       "UpdateProcThreadAttribute does not look at the size of PARENT_PROCESS",
       PATCH(UpdateProcThreadAttribute, takes_any_parent));

/* An attribute of this size is refused as one that does not exist. */
#define LACKS(name, attribute_, size_)                                                           \
    static BOOL WINAPI name(LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD flags, DWORD_PTR attribute, \
                            PVOID value, SIZE_T size, PVOID previous, PSIZE_T return_size)       \
    {                                                                                            \
        if (attribute == (attribute_) && size == (size_))                                        \
            return failed(ERROR_NOT_SUPPORTED);                                                  \
        return real(UpdateProcThreadAttribute)(list, flags, attribute, value, size, previous,    \
                                               return_size);                                     \
    }

LACKS(lacks_ideal_processor, PROC_THREAD_ATTRIBUTE_IDEAL_PROCESSOR, sizeof(PROCESSOR_NUMBER))

MUTANT(update_attribute_lacks_ideal_processor,
       "UpdateProcThreadAttribute does not take IDEAL_PROCESSOR",
       PATCH(UpdateProcThreadAttribute, lacks_ideal_processor));

LACKS(lacks_group_affinity, PROC_THREAD_ATTRIBUTE_GROUP_AFFINITY, sizeof(GROUP_AFFINITY))

MUTANT(update_attribute_lacks_group_affinity,
       "UpdateProcThreadAttribute does not take GROUP_AFFINITY",
       PATCH(UpdateProcThreadAttribute, lacks_group_affinity));

LACKS(lacks_mitigation_policy, PROC_THREAD_ATTRIBUTE_MITIGATION_POLICY, sizeof(DWORD64))

MUTANT(update_attribute_lacks_mitigation_policy,
       "UpdateProcThreadAttribute does not take MITIGATION_POLICY of 64 bits",
       PATCH(UpdateProcThreadAttribute, lacks_mitigation_policy));

LACKS(lacks_mitigation_policy_2, PROC_THREAD_ATTRIBUTE_MITIGATION_POLICY, 2 * sizeof(DWORD64))

MUTANT(update_attribute_lacks_mitigation_policy_2,
       "UpdateProcThreadAttribute does not take MITIGATION_POLICY of 128 bits",
       PATCH(UpdateProcThreadAttribute, lacks_mitigation_policy_2));

static BOOL WINAPI forgets_after_64(LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD flags,
                                    DWORD_PTR attribute, PVOID value, SIZE_T size, PVOID previous,
                                    PSIZE_T return_size)
{
    if (attribute == PROC_THREAD_ATTRIBUTE_HANDLE_LIST && size > 64 * sizeof(HANDLE))
        size = 64 * sizeof(HANDLE);
    return real(UpdateProcThreadAttribute)(list, flags, attribute, value, size, previous,
                                           return_size);
}
MUTANT(handle_list_ends_at_64, "A handle list passes 64 handles on and no more",
       PATCH(UpdateProcThreadAttribute, forgets_after_64));

static BOOL WINAPI plain_in_child(HANDLE handle, LPDWORD flags)
{
    BOOL told = real(GetHandleInformation)(handle, flags);
    if (told && is_peer())
        *flags &= ~(DWORD)HANDLE_FLAG_INHERIT;
    return told;
}
MUTANT(inherited_handles_are_not_inheritable,
       "A handle that was inherited is not inheritable in the child",
       PATCH(GetHandleInformation, plain_in_child));
