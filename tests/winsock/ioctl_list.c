/* What WSAIoctl tells of functions, interfaces and addresses. */
#include "option.h"

static const struct {
    struct row row;
    GUID id;
} functions[] = {
    {{"accept_ex", NULL}, WSAID_ACCEPTEX},
    {{"connect_ex", NULL}, WSAID_CONNECTEX},
    {{"disconnect_ex", NULL}, WSAID_DISCONNECTEX},
    {{"get_accept_ex_sockaddrs", NULL}, WSAID_GETACCEPTEXSOCKADDRS},
    {{"transmit_file", NULL}, WSAID_TRANSMITFILE},
    {{"receive_message", NULL}, WSAID_WSARECVMSG},
    {{"send_message", NULL}, WSAID_WSASENDMSG},
};

START_TEST(extension_function)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    GUID id = functions[_i].id;
    void *function = NULL;
    DWORD size = 0;

    int result = WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &function,
                          sizeof(function), &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(function));
    expect_true(function != NULL);
}
END_TEST
COVERS_ROWS(extension_function, functions, "winsock.ioctl.extension_functions");

static struct sockaddr_in local = {.sin_family = AF_INET, .sin_addr.s_addr = 0x0100007F};

static const struct {
    struct row row;
    DWORD code;
    void *in;
    DWORD in_size, out_size;
    DWORD error;
} refusals[] = {
    {{"interfaces_in_four_bytes", "winsock.ioctl.interface_list_small"},
     SIO_GET_INTERFACE_LIST,
     NULL,
     0,
     4,
     WSAEFAULT},
    {{"route_in_four_bytes", "winsock.ioctl.routing_query_small"},
     SIO_ROUTING_INTERFACE_QUERY,
     &local,
     sizeof(local),
     4,
     WSAEFAULT},
};

START_TEST(fails_for)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    char out[64];
    DWORD size = 0;

    int result = WSAIoctl(s, refusals[_i].code, refusals[_i].in, refusals[_i].in_size, out,
                          refusals[_i].out_size, &size, NULL, NULL);

    expect_socket_failed(result, refusals[_i].error);
}
END_TEST
COVERS_ROWS(fails_for, refusals);

START_TEST(interfaces)
{
    static INTERFACE_INFO list[64];
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    DWORD size = 0;
    bool found = false;

    int result =
        WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, sizeof(list), &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_true(size > 0);
    expect_number(size % sizeof(list[0]), 0);
    for (DWORD i = 0; i < size / sizeof(list[0]); i++) {
        if (!(list[i].iiFlags & IFF_LOOPBACK))
            continue;
        found = true;
        expect_number(list[i].iiFlags & IFF_UP, IFF_UP);
        expect_number(list[i].iiAddress.AddressIn.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
        expect_number(list[i].iiNetmask.AddressIn.sin_addr.s_addr, htonl(0xFF000000));
    }
    expect_true(found);
}
END_TEST
COVERS(interfaces, "winsock.ioctl.interface_list");

static union {
    SOCKET_ADDRESS_LIST list;
    char room[8192];
} addresses;

START_TEST(addresses_to_bind_to)
{
    winsock_start();
    needs_addresses();
    SOCKET s = socket_open(SOCK_DGRAM);
    DWORD size = 0;

    int result = WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, &addresses, sizeof(addresses), &size,
                          NULL, NULL);

    expect_socket_succeeded(result);
    expect_true(size >= offsetof(SOCKET_ADDRESS_LIST, Address));
    if (addresses.list.iAddressCount == 0)
        unsupported("no address but that of the loopback interface");
    int bound = 0;
    for (int i = 0; i < addresses.list.iAddressCount; i++) {
        struct sockaddr_in *name = (struct sockaddr_in *)addresses.list.Address[i].lpSockaddr;
        expect_number(name->sin_family, AF_INET);
        expect_true(name->sin_addr.s_addr != htonl(INADDR_LOOPBACK));
        bound += bind(socket_open(SOCK_STREAM), (struct sockaddr *)name, sizeof(*name)) == 0;
    }
    expect_true(bound > 0); /* one that has just come, or just gone, cannot be bound to */
}
END_TEST
COVERS(addresses_to_bind_to, "winsock.ioctl.address_list_query",
       "winsock.ioctl_address_list.no_loopback", "winsock.ioctl_address_list.unbound");

START_TEST(addresses_need_room)
{
    winsock_start();
    needs_addresses();
    SOCKET s = socket_open(SOCK_DGRAM);
    DWORD size = 0, needed;

    int result = WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, NULL, 0, &size, NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
    expect_true(size > 0);
    needed = size;
    for (int tries = 0; tries < 3; tries++) { /* an address may come meanwhile */
        result =
            WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, &addresses, needed, &size, NULL, NULL);
        if (result == 0 || size <= needed)
            break;
        needed = size;
    }
    expect_socket_succeeded(result);
}
END_TEST
COVERS(addresses_need_room, "winsock.ioctl_address_list.small");

START_TEST(addresses_told_with_an_event)
{
    static OVERLAPPED operation;
    winsock_start();
    needs_addresses();
    SOCKET s = socket_open(SOCK_DGRAM);
    DWORD size = 0, count = 0, flags = 0;
    operation.hEvent = event_create();

    int result = WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, &addresses, sizeof(addresses), &size,
                          &operation, NULL);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_signaled(operation.hEvent);
    expect_succeeded(WSAGetOverlappedResult(s, &operation, &count, FALSE, &flags));
}
END_TEST
COVERS(addresses_told_with_an_event, "winsock.ioctl.overlapped_completion");

START_TEST(change_of_addresses_is_waited_for)
{
    static OVERLAPPED operation;
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    static DWORD size;
    operation.hEvent = event_create();
    size = 99;

    int result = WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &size, &operation, NULL);

    expect_socket_failed(result, WSA_IO_PENDING);
    expect_number(size, 99);
    if (WaitForSingleObject(operation.hEvent, 0) != WAIT_TIMEOUT)
        unresolved("the addresses of this machine have just changed");
    socket_close(s);
    expect_signaled(operation.hEvent);
}
END_TEST
COVERS(change_of_addresses_is_waited_for, "winsock.ioctl.address_list_change_pend",
       "winsock.ioctl.count_not_updated_pending");

START_TEST(change_of_addresses_without_waiting)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    DWORD size = 0;
    set_nonblocking(s, true);

    int result = WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &size, NULL, NULL);

    expect_socket_failed(result, WSAEWOULDBLOCK);
}
END_TEST
COVERS(change_of_addresses_without_waiting, "winsock.ioctl.address_list_change_ewouldblock");
