/* Wrong behaviours, for the tests of mapped_name.c: GetMappedFileName: the name of the file at
 * an address. */
#include "mapping-mutants.h"

#define NAME_PARAMETERS HANDLE process, void *address, WCHAR *name, DWORD size

static DWORD WINAPI name_with_drive(NAME_PARAMETERS)
{
    DWORD length = real(K32GetMappedFileNameW)(process, address, name, size);
    if (length > 8 && name[0] == L'\\') {
        memmove(name, name + 4, (length - 3) * sizeof(*name));
        length -= 4;
    }
    return length;
}
MUTANT(mapped_name_lacks_the_device, "GetMappedFileName leaves out where the name begins",
       PATCH(K32GetMappedFileNameW, name_with_drive));

static DWORD WINAPI count_terminator(NAME_PARAMETERS)
{
    DWORD length = real(K32GetMappedFileNameW)(process, address, name, size);
    return length != 0 ? length + 1 : 0;
}
MUTANT(mapped_name_counts_the_terminator, "GetMappedFileName counts the terminating null",
       PATCH(K32GetMappedFileNameW, count_terminator));

static DWORD WINAPI want_base(NAME_PARAMETERS)
{
    if ((UINT_PTR)address % granularity() != 0) {
        SetLastError(ERROR_INVALID_ADDRESS);
        return 0;
    }
    return real(K32GetMappedFileNameW)(process, address, name, size);
}
MUTANT(mapped_name_wants_the_base, "GetMappedFileName knows only the address of the view itself",
       PATCH(K32GetMappedFileNameW, want_base));

static DWORD WINAPI name_nothing(NAME_PARAMETERS)
{
    DWORD length = real(K32GetMappedFileNameW)(process, address, name, size);
    MEMORY_BASIC_INFORMATION region = {0};
    real(VirtualQuery)(address, &region, sizeof(region));
    if (length == 0 && process != NULL && (region.State == MEM_FREE || region.Type != MEM_MAPPED))
        return (DWORD)wcslen(wcscpy(name, L"\\Device\\Nothing"));
    return length;
}
MUTANT(mapped_name_of_any_address, "GetMappedFileName has a name for addresses outside of views",
       PATCH(K32GetMappedFileNameW, name_nothing));

static DWORD WINAPI name_page_file(NAME_PARAMETERS)
{
    DWORD length = real(K32GetMappedFileNameW)(process, address, name, size);
    MEMORY_BASIC_INFORMATION region = {0};
    real(VirtualQuery)(address, &region, sizeof(region));
    if (length == 0 && process != NULL && region.State == MEM_COMMIT && region.Type == MEM_MAPPED)
        return (DWORD)wcslen(wcscpy(name, L"\\Device\\PageFile"));
    return length;
}
MUTANT(mapped_name_of_the_page_file, "GetMappedFileName has a name for views of the page file",
       PATCH(K32GetMappedFileNameW, name_page_file));

static bool closed;

static BOOL WINAPI note_close(HANDLE handle)
{
    closed = true;
    return real(CloseHandle)(handle);
}

static DWORD WINAPI want_handles(NAME_PARAMETERS)
{
    if (closed) {
        SetLastError(ERROR_FILE_INVALID);
        return 0;
    }
    return real(K32GetMappedFileNameW)(process, address, name, size);
}
MUTANT(mapped_name_wants_handles, "GetMappedFileName fails when handles have been closed",
       PATCH(CloseHandle, note_close), PATCH(K32GetMappedFileNameW, want_handles));

static DWORD WINAPI short_ansi(HANDLE process, void *address, char *name, DWORD size)
{
    DWORD length = real(K32GetMappedFileNameA)(process, address, name, size);
    if (length > 1)
        name[--length] = 0;
    return length;
}
MUTANT(mapped_name_a_cuts_the_name, "GetMappedFileNameA loses the last character",
       PATCH(K32GetMappedFileNameA, short_ansi));

static DWORD WINAPI short_psapi(NAME_PARAMETERS)
{
    DWORD length = real(GetMappedFileNameW)(process, address, name, size);
    if (length > 1)
        name[--length] = 0;
    return length;
}
MUTANT(mapped_name_of_psapi_cuts_the_name, "GetMappedFileNameW of psapi loses the last character",
       PATCH(GetMappedFileNameW, short_psapi));

static DWORD WINAPI take_no_process(NAME_PARAMETERS)
{
    return real(K32GetMappedFileNameW)(process ? process : GetCurrentProcess(), address, name,
                                       size);
}
MUTANT(mapped_name_needs_no_process, "GetMappedFileName takes NULL for the caller's own process",
       PATCH(K32GetMappedFileNameW, take_no_process));

static DWORD WINAPI need_no_right(NAME_PARAMETERS)
{
    DWORD length = real(K32GetMappedFileNameW)(process, address, name, size);
    if (length == 0 && GetLastError() == ERROR_ACCESS_DENIED)
        length = real(K32GetMappedFileNameW)(GetCurrentProcess(), address, name, size);
    return length;
}
MUTANT(get_mapped_file_name_needs_no_right,
       "GetMappedFileName is satisfied with any handle to the process",
       PATCH(K32GetMappedFileNameW, need_no_right));

static DWORD WINAPI know_no_images(NAME_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region = {0};
    real(VirtualQuery)(address, &region, sizeof(region));
    if (process == GetCurrentProcess() && region.Type == MEM_IMAGE) {
        SetLastError(ERROR_UNEXP_NET_ERR);
        return 0;
    }
    return real(K32GetMappedFileNameW)(process, address, name, size);
}
MUTANT(get_mapped_file_name_knows_no_images, "GetMappedFileName finds no name of an image",
       PATCH(K32GetMappedFileNameW, know_no_images));

static DWORD WINAPI overrun(NAME_PARAMETERS)
{
    DWORD length = real(K32GetMappedFileNameW)(process, address, name, size);
    if (size == 5)
        name[5] = L'\0';
    return length;
}
MUTANT(get_mapped_file_name_overruns_the_buffer,
       "GetMappedFileName writes the terminating null behind a small buffer",
       PATCH(K32GetMappedFileNameW, overrun));

static BOOL WINAPI psapi_first_only(HANDLE process, void *list, DWORD size)
{
    DWORD one = 2 * sizeof(void *); /* an address, and what is said of it */
    return real(QueryWorkingSetEx)(process, list, size > one ? one : size);
}
MUTANT(query_working_set_of_psapi_answers_for_the_first_page,
       "QueryWorkingSetEx of psapi fills in the first of several structures only",
       PATCH(QueryWorkingSetEx, psapi_first_only));
