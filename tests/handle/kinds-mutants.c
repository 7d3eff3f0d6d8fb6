/* Wrong behaviours, for the tests of kinds.c: DuplicateHandle of tokens, mailslots, registry keys.
 */
#include "handle-mutants.h"

#define DUPLICATE_PARAMETERS \
    HANDLE from, HANDLE handle, HANDLE to, LPHANDLE copy, DWORD access, BOOL inherit, DWORD options
#define DUPLICATE real(DuplicateHandle)(from, handle, to, copy, access, inherit, options)

static BOOL refuse_handle(void)
{
    SetLastError(ERROR_INVALID_HANDLE);
    return FALSE;
}

static BOOL WINAPI refuse_tokens(DUPLICATE_PARAMETERS)
{
    TOKEN_STATISTICS statistics;
    DWORD size;
    if (GetTokenInformation(handle, TokenStatistics, &statistics, sizeof(statistics), &size))
        return refuse_handle();
    return DUPLICATE;
}
MUTANT(duplicate_handle_refuses_tokens, "DuplicateHandle takes no access tokens",
       PATCH(DuplicateHandle, refuse_tokens));

static BOOL WINAPI refuse_mailslots(DUPLICATE_PARAMETERS)
{
    DWORD count;
    if (GetMailslotInfo(handle, NULL, NULL, &count, NULL))
        return refuse_handle();
    return DUPLICATE;
}
MUTANT(duplicate_handle_refuses_mailslots, "DuplicateHandle takes no mailslots",
       PATCH(DuplicateHandle, refuse_mailslots));

static BOOL WINAPI refuse_keys(DUPLICATE_PARAMETERS)
{
    if (from == GetCurrentProcess() &&
        RegQueryInfoKeyW((HKEY)handle, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                         NULL) == ERROR_SUCCESS)
        return refuse_handle();
    return DUPLICATE;
}
MUTANT(duplicate_handle_refuses_keys, "DuplicateHandle takes no registry keys",
       PATCH(DuplicateHandle, refuse_keys));

/* Directories are not duplicated by anybody else here. */
static BOOL WINAPI refuse_notifications(DUPLICATE_PARAMETERS)
{
    BY_HANDLE_FILE_INFORMATION information;
    DWORD error = GetLastError();
    if (from == GetCurrentProcess() && GetFileInformationByHandle(handle, &information) &&
        information.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)
        return refuse_handle();
    SetLastError(error);
    return DUPLICATE;
}
MUTANT(duplicate_handle_refuses_notifications, "DuplicateHandle takes no change notifications",
       PATCH(DuplicateHandle, refuse_notifications));
