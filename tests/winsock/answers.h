/* answers.h - questions about hosts, services and protocols that are answered by a message. Nothing
 * is asked that is not in a file of this machine. */
#ifndef WINSOCK_ANSWERS_H
#define WINSOCK_ANSWERS_H

#include "async_select.h"
#include "services.h"

/* Behind what an answer may use there is a mark. */
static union {
    struct servent service;
    struct protoent protocol;
    struct hostent host;
    char bytes[MAXGETHOSTSTRUCT + 1];
} room;

enum { MARK = 0x5A };

static const char own_address[4] = {127, 0, 0, 1};

static inline HANDLE service_by_name(HWND window, char *place, int size)
{
    return WSAAsyncGetServByName(window, MESSAGE, "telnet", "tcp", place, size);
}

static inline HANDLE service_by_port(HWND window, char *place, int size)
{
    return WSAAsyncGetServByPort(window, MESSAGE, htons(23), "tcp", place, size);
}

static inline HANDLE protocol_by_name(HWND window, char *place, int size)
{
    return WSAAsyncGetProtoByName(window, MESSAGE, "udp", place, size);
}

static inline HANDLE protocol_by_number(HWND window, char *place, int size)
{
    return WSAAsyncGetProtoByNumber(window, MESSAGE, IPPROTO_UDP, place, size);
}

static inline HANDLE host_by_name(HWND window, char *place, int size)
{
    return WSAAsyncGetHostByName(window, MESSAGE, "127.0.0.1", place, size);
}

static inline HANDLE host_by_address(HWND window, char *place, int size)
{
    return WSAAsyncGetHostByAddr(window, MESSAGE, own_address, 4, AF_INET, place, size);
}

struct question {
    struct row row;
    HANDLE (*ask)(HWND window, char *place, int size);
    void (*expect)(void);
    bool over_tcp_alone; /* presumes that telnet is no service over UDP */
};

static inline HWND window_for(const struct question *question)
{
    HWND window = window_open();
    if (question->over_tcp_alone)
        needs_no_telnet_over_udp();
    memset(&room, MARK, sizeof(room));
    return window;
}

/* The answer to the question of this HANDLE has come, with ERROR; its size. */
#define expect_answer(window, request, error_)                  \
    ({                                                          \
        expect_not_null(request);                               \
        MSG answer_ = next_message(window);                     \
        expect_number(answer_.message, MESSAGE);                \
        expect_number(answer_.wParam, (UINT_PTR)(request));     \
        expect_error(WSAGETASYNCERROR(answer_.lParam), error_); \
        (int)WSAGETASYNCBUFLEN(answer_.lParam);                 \
    })

#endif
