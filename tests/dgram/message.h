/* message.h - what the tests of WSASendMsg and WSARecvMsg set up. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "stream/extension.h"

static inline LPFN_WSASENDMSG send_message(SOCKET s)
{
    return (LPFN_WSASENDMSG)extension(s, (GUID)WSAID_WSASENDMSG);
}

static inline LPFN_WSARECVMSG receive_message(SOCKET s)
{
    return (LPFN_WSARECVMSG)extension(s, (GUID)WSAID_WSARECVMSG);
}

/* A message of "hello" to NAME, or to nobody. */
static inline WSAMSG *message_to(struct sockaddr_in *name)
{
    static WSABUF buffer = {.len = 5, .buf = (char *)"hello"};
    static WSAMSG message;
    message = (WSAMSG){.lpBuffers = &buffer, .dwBufferCount = 1};
    if (name) {
        message.name = (struct sockaddr *)name;
        message.namelen = sizeof(*name);
    }
    return &message;
}

static char received[16];
static struct sockaddr_in source;

/* Room for one message: all of its data, its source, and SIZE bytes of control messages. */
static inline WSAMSG *room_for(ULONG size)
{
    static WSABUF buffer = {.len = sizeof(received), .buf = received};
    static char control[256];
    static WSAMSG message;
    message = (WSAMSG){.name = (struct sockaddr *)&source,
                       .namelen = sizeof(source),
                       .lpBuffers = &buffer,
                       .dwBufferCount = 1,
                       .Control = {.len = size, .buf = size ? control : NULL}};
    buffer.len = sizeof(received);
    return &message;
}

/* Newer options may be missing. */
static inline void switch_on(SOCKET s, int option)
{
    DWORD on = 1;
    if (setsockopt(s, IPPROTO_IP, option, (char *)&on, sizeof(on)) != 0)
        unsupported("option %d of IPPROTO_IP cannot be set", option);
}

/* A socket in whose queue "hello" waits, and the one that has sent it. */
static inline SOCKET with_hello(SOCKET s, SOCKET *sender)
{
    *sender = socket_bound(SOCK_DGRAM);
    send_datagram(*sender, s, "hello");
    wait_readable(s);
    return s;
}

/* As with_hello and room_for(256), on a socket that is told by OPTION in a control message. */
static inline WSAMSG *room_for_told(SOCKET s, int option)
{
    SOCKET sender;
    switch_on(s, option);
    with_hello(s, &sender);
    return room_for(256);
}

#endif
