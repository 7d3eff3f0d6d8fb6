/* What is no address: for every function that is given a name, or told where to store one. */
#include "extension.h"

/* ---- Functions that are given a name ---- */

static int by_connect(SOCKET s, const struct sockaddr *name, int length)
{
    return connect(s, name, length);
}

static int by_wsaconnect(SOCKET s, const struct sockaddr *name, int length)
{
    return WSAConnect(s, name, length, NULL, NULL, NULL, NULL);
}

/* Whether it fails at once or when it is done is left open. */
static int by_connect_ex(SOCKET s, const struct sockaddr *name, int length)
{
    DWORD count = 0;
    OVERLAPPED *operation = operation_with_event();
    BOOL done = connect_ex(s)(s, name, length, NULL, 0, &count, operation);
    if (!done && GetLastError() == ERROR_IO_PENDING)
        done = extension_result(s, operation, &count);
    return done ? 0 : SOCKET_ERROR;
}

static int by_bind(SOCKET s, const struct sockaddr *name, int length)
{
    return bind(s, name, length);
}

enum place { THERE, NULL_POINTER, LOW_ADDRESS, HALF_THERE };

/* NAME at another place: nowhere, or half of it on a page that cannot be read. */
static const struct sockaddr *at_place(const struct sockaddr_in *name, enum place place)
{
    if (place == NULL_POINTER)
        return NULL;
    if (place == LOW_ADDRESS)
        return (const struct sockaddr *)1;
    if (place == THERE)
        return (const struct sockaddr *)name;
    char *pages = VirtualAlloc(NULL, 0x2000, MEM_RESERVE, PAGE_NOACCESS);
    require(pages && VirtualAlloc(pages, 0x1000, MEM_COMMIT, PAGE_READWRITE));
    return memcpy(pages + 0x1000 - NAME_SIZE, name, NAME_SIZE);
}

#define WHOLE ((int)sizeof(struct sockaddr_in))

static const struct {
    struct row row;
    int (*call)(SOCKET, const struct sockaddr *, int);
    enum place place;
    int size;
} names[] = {
    {{"connect_null", "stream.connect.bad_name_efault"}, by_connect, NULL_POINTER, WHOLE},
    {{"connect_low_address", "stream.connect.bad_name_efault"}, by_connect, LOW_ADDRESS, WHOLE},
    {{"connect_half_there", "stream.connect.bad_name_efault"}, by_connect, HALF_THERE, WHOLE},
    {{"connect_no_length", "stream.connect.short_namelen_efault"}, by_connect, THERE, 0},
    {{"wsaconnect_null", "stream.wsaconnect.bad_name_efault"}, by_wsaconnect, NULL_POINTER, WHOLE},
    {{"wsaconnect_low_address", "stream.wsaconnect.bad_name_efault"},
     by_wsaconnect,
     LOW_ADDRESS,
     WHOLE},
    {{"wsaconnect_half_there", "stream.wsaconnect.bad_name_efault"},
     by_wsaconnect,
     HALF_THERE,
     WHOLE},
    {{"wsaconnect_short", "stream.wsaconnect.short_namelen_efault"},
     by_wsaconnect,
     THERE,
     WHOLE - 1},
    {{"connect_ex_null", "stream.connectex.bad_name_efault"}, by_connect_ex, NULL_POINTER, WHOLE},
    {{"connect_ex_low_address", "stream.connectex.bad_name_efault"},
     by_connect_ex,
     LOW_ADDRESS,
     WHOLE},
    {{"connect_ex_half_there", "stream.connectex.bad_name_efault"},
     by_connect_ex,
     HALF_THERE,
     WHOLE},
    {{"connect_ex_short", "stream.connectex.short_namelen_efault"},
     by_connect_ex,
     THERE,
     WHOLE - 1},
    {{"bind_low_address", "stream.bind.bad_name_efault"}, by_bind, LOW_ADDRESS, WHOLE},
    {{"bind_half_there", "stream.bind.bad_name_efault"}, by_bind, HALF_THERE, WHOLE},
    {{"bind_no_length", "stream.bind.short_namelen_efault"}, by_bind, THERE, 0},
};

START_TEST(cannot_be_taken)
{
    winsock_start();
    bool binds = names[_i].call == by_bind;
    SOCKET s = binds ? socket_open(SOCK_STREAM) : socket_bound(SOCK_STREAM);
    struct sockaddr_in name = binds ? loopback(0) : socket_name(stream_listen());
    const struct sockaddr *placed = at_place(&name, names[_i].place);

    int result = names[_i].call(s, placed, names[_i].size);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(names[_i].call(s, (struct sockaddr *)&name, WHOLE));
}
END_TEST
COVERS_ROWS(cannot_be_taken, names);

static const struct {
    struct row row;
    int (*call)(SOCKET, const struct sockaddr *, int);
    u_short family;
    unsigned long address;
    unsigned port;
    DWORD error;
} nowhere[] = {
    {{"connect_zeros", "stream.connect.zero_address_addrnotavail"},
     by_connect,
     AF_INET,
     INADDR_ANY,
     1,
     WSAEADDRNOTAVAIL},
    {{"wsaconnect_zeros", "stream.wsaconnect.zero_address_addrnotavail"},
     by_wsaconnect,
     AF_INET,
     INADDR_ANY,
     1,
     WSAEADDRNOTAVAIL},
    {{"wsaconnect_other_family", "stream.wsaconnect.family_afnosupport"},
     by_wsaconnect,
     0x4D2,
     INADDR_LOOPBACK,
     1,
     WSAEAFNOSUPPORT},
    {{"connect_ex_zeros", "stream.connectex.zero_address_addrnotavail"},
     by_connect_ex,
     AF_INET,
     INADDR_ANY,
     1,
     WSAEADDRNOTAVAIL},
    {{"connect_ex_other_family", "stream.connectex.family_afnosupport"},
     by_connect_ex,
     0x4D2,
     INADDR_LOOPBACK,
     1,
     WSAEAFNOSUPPORT},
};

START_TEST(leads_nowhere)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_STREAM);
    struct sockaddr_in name = {.sin_family = nowhere[_i].family,
                               .sin_port = htons((u_short)nowhere[_i].port)};
    name.sin_addr.s_addr = htonl(nowhere[_i].address);

    int result = nowhere[_i].call(s, (struct sockaddr *)&name, sizeof(name));

    expect_socket_failed(result, nowhere[_i].error);
}
END_TEST
COVERS_ROWS(leads_nowhere, nowhere);

/* ---- Functions that store a name ---- */

static int by_getsockname(SOCKET s, struct sockaddr *name, int *length)
{
    return getsockname(s, name, length);
}

static int by_getpeername(SOCKET s, struct sockaddr *name, int *length)
{
    return getpeername(s, name, length);
}

static int by_accept(SOCKET s, struct sockaddr *name, int *length)
{
    return accept(s, name, length) == INVALID_SOCKET ? SOCKET_ERROR : 0;
}

static int by_wsaaccept(SOCKET s, struct sockaddr *name, int *length)
{
    return WSAAccept(s, name, length, NULL, 0) == INVALID_SOCKET ? SOCKET_ERROR : 0;
}

static const struct {
    struct row row;
    int (*call)(SOCKET, struct sockaddr *, int *);
    enum place name, length;
    int size;
} rooms[] = {
    {{"getsockname_null", "stream.getsockname.bad_name_efault"},
     by_getsockname,
     NULL_POINTER,
     THERE,
     WHOLE},
    {{"getsockname_low_address", "stream.getsockname.bad_name_efault"},
     by_getsockname,
     LOW_ADDRESS,
     THERE,
     WHOLE},
    {{"getsockname_null_length", "stream.getsockname.bad_name_efault"},
     by_getsockname,
     THERE,
     NULL_POINTER,
     WHOLE},
    {{"getsockname_short", "stream.getsockname.short_buffer_efault"},
     by_getsockname,
     THERE,
     THERE,
     WHOLE - 1},
    {{"getpeername_null", "stream.getpeername.bad_name_efault"},
     by_getpeername,
     NULL_POINTER,
     THERE,
     WHOLE},
    {{"getpeername_low_address", "stream.getpeername.bad_name_efault"},
     by_getpeername,
     LOW_ADDRESS,
     THERE,
     WHOLE},
    {{"getpeername_null_length", "stream.getpeername.bad_name_efault"},
     by_getpeername,
     THERE,
     NULL_POINTER,
     WHOLE},
    {{"getpeername_no_room", "stream.getpeername.short_buffer_efault"},
     by_getpeername,
     THERE,
     THERE,
     0},
    {{"accept_low_address", "stream.accept.bad_addr_efault"}, by_accept, LOW_ADDRESS, THERE, WHOLE},
    {{"accept_short", "stream.accept.short_addrlen_efault"}, by_accept, THERE, THERE, WHOLE - 1},
    {{"accept_no_room", "stream.accept.short_addrlen_efault"}, by_accept, THERE, THERE, 0},
    {{"wsaaccept_low_address", "stream.wsaaccept.bad_addr_efault"},
     by_wsaaccept,
     LOW_ADDRESS,
     THERE,
     WHOLE},
    {{"wsaaccept_short", "stream.wsaaccept.short_addrlen_efault"},
     by_wsaaccept,
     THERE,
     THERE,
     WHOLE - 1},
    {{"wsaaccept_no_room", "stream.wsaaccept.short_addrlen_efault"}, by_wsaaccept, THERE, THERE, 0},
};

START_TEST(cannot_be_stored)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = stream_connect(socket_port(listener));
    bool accepts = rooms[_i].call == by_accept || rooms[_i].call == by_wsaaccept;
    struct sockaddr_in name;
    int size = rooms[_i].size, whole = WHOLE;
    wait_readable(listener);

    int result = rooms[_i].call(accepts ? listener : client,
                                rooms[_i].name == NULL_POINTER  ? NULL
                                : rooms[_i].name == LOW_ADDRESS ? (struct sockaddr *)1
                                                                : (struct sockaddr *)&name,
                                rooms[_i].length == NULL_POINTER ? NULL : &size);

    expect_socket_failed(result, WSAEFAULT);
    if (accepts)
        stream_connect(socket_port(listener));
    result = rooms[_i].call(accepts ? listener : client, (struct sockaddr *)&name, &whole);
    expect_socket_succeeded(result);
}
END_TEST
COVERS_ROWS(cannot_be_stored, rooms);

START_TEST(length_without_a_name)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = stream_connect(socket_port(listener));
    int length = WHOLE;
    wait_readable(listener);

    SOCKET accepted = accept(listener, NULL, &length);

    expect_socket_succeeded(accepted);
    limit_waits(accepted);
    send_all(client, "there", 5);
    expect_receives(accepted, "there", 5);
}
END_TEST
COVERS(length_without_a_name, "stream.accept.addr_without_addrlen");
