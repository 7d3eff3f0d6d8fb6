/* Several operations at once: datagrams leave in the order of the calls, and messages are received
 * in the order in which the receives were begun. */
#include "message.h"

enum { MANY = 5 };

/* What the system reads and writes while operations are pending. */
static char letters[MANY] = {'1', '2', '3', '4', '5'};
static OVERLAPPED operations[MANY];
static WSABUF buffers[MANY];
static WSAMSG messages[MANY];
static struct sockaddr_in names[MANY];

static int by_wsasendto(SOCKET s, int i)
{
    DWORD sent = 0;
    return WSASendTo(s, &buffers[i], 1, &sent, 0, (struct sockaddr *)&names[i], sizeof(names[i]),
                     &operations[i], NULL);
}

static int by_wsasendmsg(SOCKET s, int i)
{
    DWORD sent = 0;
    messages[i] = (WSAMSG){.name = (struct sockaddr *)&names[i],
                           .namelen = sizeof(names[i]),
                           .lpBuffers = &buffers[i],
                           .dwBufferCount = 1};
    return send_message(s)(s, &messages[i], 0, &sent, &operations[i], NULL);
}

static const struct {
    struct row row;
    int (*send)(SOCKET, int);
} ways[] = {
    {{"wsasendto", "dgram.wsasendto.order"}, by_wsasendto},
    {{"wsasendmsg", "dgram.wsasendmsg.order"}, by_wsasendmsg},
};

START_TEST(datagrams_leave_in_order)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    for (int i = 0; i < MANY; i++) {
        names[i] = socket_name(receiver);
        buffers[i] = (WSABUF){.len = 1, .buf = &letters[i]};
        operations[i].hEvent = event_create();
    }

    for (int i = 0; i < MANY; i++) {
        int result = ways[_i].send(s, i);
        expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    }

    for (int i = 0; i < MANY; i++) {
        char byte = 0;
        expect_number(recvfrom(receiver, &byte, 1, 0, NULL, NULL), 1);
        expect_number(byte, letters[i]);
        expect_signaled(operations[i].hEvent);
    }
}
END_TEST
COVERS_ROWS(datagrams_leave_in_order, ways);

START_TEST(receives_end_in_order)
{
    static char got[MANY];
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), sender = socket_bound(SOCK_DGRAM);
    LPFN_WSARECVMSG receive = receive_message(s);
    for (int i = 0; i < MANY; i++) {
        DWORD count;
        buffers[i] = (WSABUF){.len = 1, .buf = &got[i]};
        messages[i] = (WSAMSG){.name = (struct sockaddr *)&names[i],
                               .namelen = sizeof(names[i]),
                               .lpBuffers = &buffers[i],
                               .dwBufferCount = 1};
        operations[i].hEvent = event_create();
        int result = receive(s, &messages[i], &count, &operations[i], NULL);
        expect_socket_failed(result, WSA_IO_PENDING);
    }

    for (int i = 0; i < MANY; i++)
        send_datagram(sender, s, (char[]){letters[i], 0});

    for (int i = 0; i < MANY; i++) {
        expect_signaled(operations[i].hEvent);
        expect_number(got[i], letters[i]);
    }
}
END_TEST
COVERS(receives_end_in_order, "dgram.recvmsg.order");
