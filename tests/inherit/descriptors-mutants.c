/* Wrong behaviours, for the tests of descriptors.c: what becomes of the security descriptors that
 * CreateProcess is given. */
#include "inherit-mutants.h"

/* These attributes without their descriptor. */
static LPSECURITY_ATTRIBUTES bare(LPSECURITY_ATTRIBUTES attributes)
{
    static SECURITY_ATTRIBUTES left;
    if (!attributes || !attributes->lpSecurityDescriptor)
        return attributes;
    left = *attributes;
    left.lpSecurityDescriptor = NULL;
    return &left;
}

CREATES_AFTER(loses_that_of_process, of_process = bare(of_process))
MUTANT(create_process_loses_the_descriptor_of_the_process,
       "CreateProcess ignores the security descriptor for the process",
       PATCH(CreateProcessW, loses_that_of_process));

CREATES_AFTER(loses_that_of_thread, of_thread = bare(of_thread))
MUTANT(create_process_loses_the_descriptor_of_the_thread,
       "CreateProcess ignores the security descriptor for the thread",
       PATCH(CreateProcessW, loses_that_of_thread));

static BOOL WINAPI nobody_by_default(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    static SECURITY_DESCRIPTOR descriptor;
    static struct {
        ACL list;
        char room[64];
    } nobody;
    SID everyone = {SID_REVISION, 1, {SECURITY_WORLD_SID_AUTHORITY}, {SECURITY_WORLD_RID}};
    if (!created || of_process || of_thread || inherit || !(flags & CREATE_SUSPENDED))
        return created;
    InitializeAcl(&nobody.list, sizeof(nobody), ACL_REVISION);
    AddAccessAllowedAce(&nobody.list, ACL_REVISION, SYNCHRONIZE, &everyone);
    InitializeSecurityDescriptor(&descriptor, SECURITY_DESCRIPTOR_REVISION);
    SetSecurityDescriptorDacl(&descriptor, TRUE, &nobody.list, FALSE);
    real(SetKernelObjectSecurity)(info->hProcess, DACL_SECURITY_INFORMATION, &descriptor);
    return created;
}
MUTANT(create_process_lets_others_only_wait,
       "The default descriptor of a process lets others wait for it and nothing else",
       PATCH(CreateProcessW, nobody_by_default));

static BOOL WINAPI terminates_by_list(HANDLE process, UINT code)
{
    DWORD needed = 0, length;
    union {
        SECURITY_DESCRIPTOR descriptor;
        char bytes[0x400];
    } own;
    BOOL present = FALSE, defaulted;
    ACL *list = NULL;
    void *ace = NULL;
    length = sizeof(own);
    if (real(GetKernelObjectSecurity)(process, DACL_SECURITY_INFORMATION, &own, length, &needed) &&
        GetSecurityDescriptorDacl(&own, &present, &list, &defaulted) && present && list &&
        list->AceCount == 1 && GetAce(list, 0, &ace) &&
        !(((ACCESS_ALLOWED_ACE *)ace)->Mask & PROCESS_TERMINATE))
        return failed(ERROR_ACCESS_DENIED);
    return real(TerminateProcess)(process, code);
}
MUTANT(creators_handle_has_what_the_descriptor_allows,
       "The creator's handle to a process has no more access than the descriptor allows",
       PATCH(TerminateProcess, terminates_by_list));
