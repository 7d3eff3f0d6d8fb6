/* Wrong behaviours, for the tests of unix.c: stream sockets of AF_UNIX. */
#include "stream-mutants.h"

#include <afunix.h>

static bool is_path(const struct sockaddr *name)
{
    return name && name->sa_family == AF_UNIX;
}

static const char *path_of(const struct sockaddr *name)
{
    return ((const struct sockaddr_un *)name)->sun_path;
}

static const WCHAR *wide_path(const struct sockaddr *name)
{
    static WCHAR path[UNIX_PATH_MAX];
    MultiByteToWideChar(CP_UTF8, 0, path_of(name), -1, path, UNIX_PATH_MAX);
    return path;
}

static bool has_file(const struct sockaddr *name)
{
    DWORD error = GetLastError();
    bool has = GetFileAttributesW(wide_path(name)) != INVALID_FILE_ATTRIBUTES;
    SetLastError(error);
    return has;
}

static bool is_unix(SOCKET s)
{
    struct sockaddr_un name;
    int length = sizeof(name);
    return real(getpeername)(s, (struct sockaddr *)&name, &length) == 0 &&
           name.sun_family == AF_UNIX;
}

static SOCKET WINAPI no_family(int family, int type, int protocol)
{
    if (family != AF_UNIX)
        return real(socket)(family, type, protocol);
    SetLastError(WSAEAFNOSUPPORT);
    return INVALID_SOCKET;
}
MUTANT(there_is_no_af_unix, "There are no sockets of AF_UNIX", PATCH(socket, no_family));

static int WINAPI makes_no_file(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(bind)(s, name, length);
    if (result == 0 && is_path(name))
        DeleteFileW(wide_path(name));
    return result;
}
MUTANT(bind_of_af_unix_makes_no_file, "bind of a socket of AF_UNIX makes no file",
       PATCH(bind, makes_no_file));

static SOCKET bound = INVALID_SOCKET;
static WCHAR path_of_bound[UNIX_PATH_MAX];

static int WINAPI notes_path(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(bind)(s, name, length);
    if (result == 0 && is_path(name)) {
        bound = s;
        memcpy(path_of_bound, wide_path(name), sizeof(path_of_bound));
    }
    return result;
}

static int WINAPI deletes_file(SOCKET s)
{
    int result = real(closesocket)(s);
    if (result == 0 && s == bound)
        DeleteFileW(path_of_bound);
    return result;
}
MUTANT(closesocket_deletes_the_file_of_af_unix,
       "closesocket deletes the file of a socket of AF_UNIX", PATCH(bind, notes_path),
       PATCH(closesocket, deletes_file));

static int WINAPI replaces(SOCKET s, const struct sockaddr *name, int length)
{
    if (is_path(name))
        DeleteFileW(wide_path(name));
    return real(bind)(s, name, length);
}
MUTANT(bind_of_af_unix_replaces_the_file, "bind of a socket of AF_UNIX replaces a file",
       PATCH(bind, replaces));

static int WINAPI once(SOCKET s, const struct sockaddr *name, int length)
{
    if (is_path(name) && !has_file(name) && !wcscmp(path_of_bound, wide_path(name)))
        return socket_fails(WSAEADDRINUSE);
    return notes_path(s, name, length);
}
MUTANT(path_of_af_unix_is_used_once,
       "A path of AF_UNIX whose file was deleted cannot be used again", PATCH(bind, once));

static int WINAPI one_way(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    if (result == 0 && is_path(name))
        real(shutdown)(s, SD_RECEIVE);
    return result;
}
MUTANT(af_unix_is_one_way, "A connection of AF_UNIX carries data one way only",
       PATCH(connect, one_way));

static int WINAPI ends_both(SOCKET s, int how)
{
    return real(shutdown)(s, is_unix(s) ? SD_BOTH : how);
}
MUTANT(shutdown_of_af_unix_ends_both, "shutdown of a connection of AF_UNIX ends both directions",
       PATCH(shutdown, ends_both));

static int WINAPI finds_no_file(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    return is_path(name) && !has_file(name)
               ? failure_renamed(result, WSAECONNREFUSED, WSAEADDRNOTAVAIL)
               : result;
}
MUTANT(connect_of_af_unix_finds_no_file,
       "connect of a socket of AF_UNIX to a path without a file fails with WSAEADDRNOTAVAIL",
       PATCH(connect, finds_no_file));

static int WINAPI waits_for_closed(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    return is_path(name) && has_file(name) ? failure_renamed(result, WSAECONNREFUSED, WSAETIMEDOUT)
                                           : result;
}
MUTANT(connect_of_af_unix_to_the_closed_waits,
       "connect of a socket of AF_UNIX to a path that is left times out",
       PATCH(connect, waits_for_closed));

static int WINAPI tells_all_the_room(SOCKET s, struct sockaddr *name, int *length)
{
    int room = *length, result = real(getsockname)(s, name, length);
    if (result == 0 && is_path(name))
        *length = room;
    return result;
}
MUTANT(getsockname_of_af_unix_tells_all_the_room,
       "getsockname tells the room there is for the length of a path of AF_UNIX",
       PATCH(getsockname, tells_all_the_room));

static int WINAPI tells_no_path(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getpeername)(s, name, length);
    if (result == 0 && is_path(name))
        ((struct sockaddr_un *)name)->sun_path[0] = 0;
    return result;
}
MUTANT(getpeername_of_af_unix_tells_no_path, "getpeername tells no path of a socket of AF_UNIX",
       PATCH(getpeername, tells_no_path));

/* RESULT, with a path where none was told. */
static int with_path(int result, struct sockaddr *name)
{
    if (result == 0 && is_path(name) && !*path_of(name))
        ((struct sockaddr_un *)name)->sun_path[0] = '?';
    return result;
}

static int WINAPI own_path(SOCKET s, struct sockaddr *name, int *length)
{
    return with_path(real(getsockname)(s, name, length), name);
}

static int WINAPI peers_path(SOCKET s, struct sockaddr *name, int *length)
{
    return with_path(real(getpeername)(s, name, length), name);
}
MUTANT(unbound_ends_of_af_unix_get_a_path, "An end of AF_UNIX that was not bound has a path",
       PATCH(getsockname, own_path), PATCH(getpeername, peers_path));
