/* Wrong behaviours of CreateFileMappingFromApp, CreateFileMappingNumaW and OpenFileMappingFromApp.
 */
#include "variants-mutants.h"

#define EITHER (SEC_COMMIT | SEC_RESERVE)

/* An object of the page file, when it failed for the access to the file. */
static HANDLE another(HANDLE mapping, HANDLE file)
{
    if (mapping == NULL && file != INVALID_HANDLE_VALUE && GetLastError() == ERROR_ACCESS_DENIED)
        mapping = real(CreateFileMappingW)(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0,
                                           page_size(), NULL);
    return mapping;
}

static HANDLE WINAPI app_takes_any_handle(APP_PARAMETERS)
{
    return another(APP, file);
}
MUTANT(create_from_app_takes_any_handle,
       "CreateFileMappingFromApp succeeds whatever access the handle to the file has",
       PATCH(CreateFileMappingFromApp, app_takes_any_handle));

static HANDLE WINAPI numa_takes_any_handle(NUMA_PARAMETERS)
{
    return another(NUMA, file);
}
MUTANT(create_numa_takes_any_handle,
       "CreateFileMappingNuma succeeds whatever access the handle to the file has",
       PATCH(CreateFileMappingNumaW, numa_takes_any_handle));

/* SEC_COMMIT instead of SEC_RESERVE, for objects that are not too large for it. */
static DWORD committed(DWORD protect)
{
    return (protect & EITHER) == SEC_RESERVE ? (protect & ~(DWORD)SEC_RESERVE) | SEC_COMMIT
                                             : protect;
}

static HANDLE WINAPI app_commits(APP_PARAMETERS)
{
    if (size < 1 << 20)
        protect = committed(protect);
    return APP;
}
MUTANT(create_from_app_commits_always, "CreateFileMappingFromApp takes SEC_RESERVE for SEC_COMMIT",
       PATCH(CreateFileMappingFromApp, app_commits));

static HANDLE WINAPI numa_commits(NUMA_PARAMETERS)
{
    protect = committed(protect);
    return NUMA;
}
MUTANT(create_numa_commits_always, "CreateFileMappingNuma takes SEC_RESERVE for SEC_COMMIT",
       PATCH(CreateFileMappingNumaW, numa_commits));

static bool is_nocache(DWORD protect)
{
    return (protect & EITHER) && (protect & SEC_NOCACHE);
}

static HANDLE WINAPI app_refuses_nocache(APP_PARAMETERS)
{
    return is_nocache(protect) ? refuse(ERROR_INVALID_PARAMETER) : APP;
}
MUTANT(create_from_app_refuses_nocache, "CreateFileMappingFromApp does not know SEC_NOCACHE",
       PATCH(CreateFileMappingFromApp, app_refuses_nocache));

static HANDLE WINAPI numa_refuses_nocache(NUMA_PARAMETERS)
{
    return is_nocache(protect) ? refuse(ERROR_INVALID_PARAMETER) : NUMA;
}
MUTANT(create_numa_refuses_nocache, "CreateFileMappingNuma does not know SEC_NOCACHE",
       PATCH(CreateFileMappingNumaW, numa_refuses_nocache));

/* Together with the partner that was missing. */
static DWORD in_company(DWORD protect)
{
    return (protect & (SEC_NOCACHE | SEC_WRITECOMBINE)) && !(protect & EITHER)
               ? protect | SEC_COMMIT
               : protect;
}

BOTH_AFTER(in_company, protect = in_company(protect))
MUTANT(create_from_app_commits_what_is_alone,
       "CreateFileMappingFromApp takes SEC_NOCACHE and SEC_WRITECOMBINE alone",
       PATCH(CreateFileMappingFromApp, app_in_company));

MUTANT(create_numa_commits_what_is_alone,
       "CreateFileMappingNuma takes SEC_NOCACHE and SEC_WRITECOMBINE alone",
       PATCH(CreateFileMappingNumaW, numa_in_company));

static HANDLE WINAPI app_takes_both(APP_PARAMETERS)
{
    if ((protect & EITHER) == EITHER)
        protect &= ~(DWORD)SEC_RESERVE;
    return APP;
}
MUTANT(create_from_app_takes_reserve_and_commit,
       "CreateFileMappingFromApp takes SEC_RESERVE together with SEC_COMMIT",
       PATCH(CreateFileMappingFromApp, app_takes_both));

/* The attributes without the descriptor. */
static SECURITY_ATTRIBUTES *without_descriptor(SECURITY_ATTRIBUTES *attributes)
{
    static SECURITY_ATTRIBUTES copy;
    if (attributes == NULL)
        return NULL;
    copy = *attributes;
    copy.lpSecurityDescriptor = NULL;
    return &copy;
}

BOTH_AFTER(ignores_descriptor, security = without_descriptor(security))
MUTANT(create_from_app_ignores_the_descriptor,
       "CreateFileMappingFromApp gives every object the default descriptor",
       PATCH(CreateFileMappingFromApp, app_ignores_descriptor));

MUTANT(create_numa_ignores_the_descriptor,
       "CreateFileMappingNuma gives every object the default descriptor",
       PATCH(CreateFileMappingNumaW, numa_ignores_descriptor));

static HANDLE WINAPI open_ignores_descriptor(ULONG access, BOOL inherit, LPCWSTR name)
{
    HANDLE mapping = real(OpenFileMappingFromApp)(access, inherit, name);
    if (mapping == NULL && GetLastError() == ERROR_ACCESS_DENIED)
        mapping = real(CreateFileMappingW)(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1, NULL);
    return mapping;
}
MUTANT(open_from_app_ignores_the_descriptor,
       "OpenFileMappingFromApp opens what the object's descriptor does not grant",
       PATCH(OpenFileMappingFromApp, open_ignores_descriptor));

static HANDLE WINAPI app_takes_prefix_literally(APP_PARAMETERS)
{
    const WCHAR *prefix = name ? wcschr(name, L'\\') : NULL;
    HANDLE existing = prefix ? real(OpenFileMappingW)(FILE_MAP_READ, FALSE, name) : NULL;
    DWORD error = GetLastError();
    if (existing != NULL)
        real(CloseHandle)(existing);
    else if (prefix && error == ERROR_FILE_NOT_FOUND && security == NULL)
        name = changed(name, name);
    return APP;
}
MUTANT(create_from_app_takes_prefixes_literally,
       "CreateFileMappingFromApp takes Local\\ for a part of the name of a new object",
       PATCH(CreateFileMappingFromApp, app_takes_prefix_literally));

static HANDLE WINAPI app_takes_backslashes(APP_PARAMETERS)
{
    const WCHAR *prefix = name ? wcschr(name, L'\\') : NULL;
    if (prefix && wcschr(prefix + 1, L'\\'))
        name = changed(name, prefix + 1);
    return APP;
}
MUTANT(create_from_app_takes_backslashes,
       "CreateFileMappingFromApp takes a backslash for a character like any other",
       PATCH(CreateFileMappingFromApp, app_takes_backslashes));
