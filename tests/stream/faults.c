/* Operations whose OVERLAPPED is not in memory: they are refused, and leave the connection alone.
 */
#include "transmit.h"

START_TEST(of_connect_ex)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_bound(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    LPFN_CONNECTEX function = connect_ex(s);
    OVERLAPPED *nowhere = memory_nowhere(), *operation = operation_with_event();
    DWORD count = 0;

    BOOL done = function(s, (struct sockaddr *)&server, sizeof(server), NULL, 0, &count, nowhere);

    expect_failed(done, WSAEFAULT);
    done = function(s, (struct sockaddr *)&server, sizeof(server), NULL, 0, &count, operation);
    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(s, operation, &count));
    send_all(s, "there", 5);
    expect_receives(stream_accept(listener), "there", 5);
}
END_TEST
COVERS(of_connect_ex, "stream.connectex.overlapped_efault");

static BOOL with_disconnect_ex(SOCKET s, OVERLAPPED *nowhere)
{
    return disconnect_ex(s)(s, nowhere, 0, 0);
}

static BOOL with_transmit_file(SOCKET s, OVERLAPPED *nowhere)
{
    return transmit_file(s)(s, file_with_content(0, 0), 0, 0, nowhere, NULL, 0);
}

static BOOL with_wsasend(SOCKET s, OVERLAPPED *nowhere)
{
    DWORD count;
    return WSASend(s, &(WSABUF){.len = 4, .buf = "none"}, 1, &count, 0, nowhere, NULL) == 0;
}

static BOOL with_transmit_packets(SOCKET s, OVERLAPPED *nowhere)
{
    TRANSMIT_PACKETS_ELEMENT element = {
        .dwElFlags = TP_ELEMENT_MEMORY, .cLength = 4, .pBuffer = (void *)"none"};
    return transmit_packets(s)(s, &element, 1, 0, nowhere, 0);
}

static const struct {
    struct row row;
    BOOL (*call)(SOCKET, OVERLAPPED *);
} calls[] = {
    {{"disconnect_ex", "stream.disconnectex.overlapped_efault"}, with_disconnect_ex},
    {{"transmit_file", "stream.transmitfile.overlapped_efault"}, with_transmit_file},
    {{"wsasend", "stream.wsasend.overlapped_efault"}, with_wsasend},
    {{"transmit_packets", "stream.transmitpackets.overlapped_efault"}, with_transmit_packets},
};

START_TEST(of)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    OVERLAPPED *nowhere = memory_nowhere();

    BOOL done = calls[_i].call(pair.client, nowhere);

    expect_failed(done, WSAEFAULT);
    expect_number(send(pair.client, "still", 5, 0), 5);
    expect_receives(pair.server, "still", 5);
}
END_TEST
COVERS_ROWS(of, calls);
