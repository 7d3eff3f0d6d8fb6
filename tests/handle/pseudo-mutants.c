/* Wrong behaviours, for the tests of pseudo.c: pseudo handles for others, flags of an inherited
 * handle. */
#include "handle-mutants.h"

static BOOL WINAPI process_stays_pseudo(DUPLICATE_PARAMETERS)
{
    if (!here(to) && handle == GetCurrentProcess() && copy) {
        *copy = handle;
        return TRUE;
    }
    return DUPLICATED;
}
MUTANT(duplicate_of_the_process_elsewhere_is_pseudo,
       "A duplicate of GetCurrentProcess() in another process is the pseudo handle",
       PATCH(DuplicateHandle, process_stays_pseudo));

static BOOL WINAPI thread_stays_pseudo(DUPLICATE_PARAMETERS)
{
    if (!here(to) && handle == GetCurrentThread() && copy) {
        *copy = handle;
        return TRUE;
    }
    return DUPLICATED;
}
MUTANT(duplicate_of_the_thread_elsewhere_is_pseudo,
       "A duplicate of GetCurrentThread() in another process is the pseudo handle",
       PATCH(DuplicateHandle, thread_stays_pseudo));

static BOOL WINAPI thread_is_the_first(DUPLICATE_PARAMETERS)
{
    static HANDLE first;
    if (handle == GetCurrentThread() && here(from) && here(to) && first)
        handle = first;
    else if (!first)
        real(DuplicateHandle)(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(), &first,
                              0, FALSE, DUPLICATE_SAME_ACCESS);
    return DUPLICATED;
}
MUTANT(duplicate_of_any_thread_is_the_first,
       "A duplicate of GetCurrentThread() is of the thread that has asked first",
       PATCH(DuplicateHandle, thread_is_the_first));

/* A name that this process has for what a child has done to flags. */
static HANDLE flags_were_set(DWORD parent, BOOL create)
{
    WCHAR name[60];
    swprintf(name, 60, L"Local\\winipc-cts flags of %lu", parent);
    return create ? real(CreateEventW)(NULL, TRUE, FALSE, name)
                  : real(OpenEventW)(SYNCHRONIZE, FALSE, name);
}

static BOOL WINAPI sets_for_all(HANDLE handle, DWORD mask, DWORD flags)
{
    BOOL set = real(SetHandleInformation)(handle, mask, flags);
    if (set && is_peer() && flags)
        flags_were_set(starter_id(), TRUE);
    return set;
}

static BOOL WINAPI tells_of_all(HANDLE handle, LPDWORD flags)
{
    DWORD error = GetLastError();
    HANDLE were_set = is_peer() ? NULL : flags_were_set(GetCurrentProcessId(), FALSE);
    SetLastError(error);
    BOOL told = real(GetHandleInformation)(handle, flags);
    if (told && were_set)
        *flags = HANDLE_FLAG_PROTECT_FROM_CLOSE;
    if (were_set)
        real(CloseHandle)(were_set);
    return told;
}
MUTANT(flags_of_an_inherited_handle_are_shared,
       "Flags that a child sets for an inherited handle are set for its parent's, too",
       PATCH(SetHandleInformation, sets_for_all), PATCH(GetHandleInformation, tells_of_all));
