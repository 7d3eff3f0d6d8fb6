/* Wrong behaviours, for the tests of opens.c: positions of files, rights of events, the type of
 * a socket. */
#include "handle-mutants.h"

/* The first handle of a file, whose object the second one gets as well. */
static HANDLE WINAPI shares_the_object(LPCWSTR name, DWORD access, DWORD share,
                                       LPSECURITY_ATTRIBUTES attributes, DWORD creation,
                                       DWORD flags, HANDLE model)
{
    static HANDLE first;
    HANDLE file = real(CreateFileW)(name, access, share, attributes, creation, flags, model), copy;
    if (creation == CREATE_NEW && (share & FILE_SHARE_WRITE))
        first = file;
    else if (first && creation == OPEN_EXISTING && real(GetFileType)(file) == FILE_TYPE_DISK &&
             real(DuplicateHandle)(GetCurrentProcess(), first, GetCurrentProcess(), &copy, 0, FALSE,
                                   DUPLICATE_SAME_ACCESS)) {
        real(CloseHandle)(file);
        return copy;
    }
    return file;
}
MUTANT(create_file_shares_the_position, "Two handles from CreateFile of one file have one position",
       PATCH(CreateFileW, shares_the_object));

static HANDLE WINAPI gives_all_rights(DWORD access, BOOL inherit, LPCWSTR name)
{
    HANDLE event = real(OpenEventW)(EVENT_ALL_ACCESS, inherit, name);
    return event ? event : real(OpenEventW)(access, inherit, name);
}
MUTANT(open_event_gives_all_access, "OpenEvent gives all access, whatever it is asked for",
       PATCH(OpenEventW, gives_all_rights));

static DWORD WINAPI socket_is_unknown(HANDLE file)
{
    int type, size = sizeof(type);
    DWORD told = real(GetFileType)(file), error = GetLastError();
    bool is_socket = !real(getsockopt)((SOCKET)file, SOL_SOCKET, SO_TYPE, (char *)&type, &size);
    SetLastError(is_socket ? NO_ERROR : error);
    return is_socket ? FILE_TYPE_UNKNOWN : told;
}
MUTANT(get_file_type_does_not_know_sockets, "GetFileType does not know what a socket is",
       PATCH(GetFileType, socket_is_unknown));
