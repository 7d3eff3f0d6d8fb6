/* message-mutants.h - how mutants of WSASendMsg and WSARecvMsg take the place of the functions. */
#ifndef MESSAGE_MUTANTS_H
#define MESSAGE_MUTANTS_H

#include "dgram-mutants.h"

#define SEND_PARAMETERS                                                                 \
    SOCKET s, LPWSAMSG message, DWORD flags, LPDWORD count, LPWSAOVERLAPPED overlapped, \
        LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define SEND real_send_msg(s, message, flags, count, overlapped, routine)
#define RECEIVE_PARAMETERS                                                 \
    SOCKET s, LPWSAMSG message, LPDWORD count, LPWSAOVERLAPPED overlapped, \
        LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define RECEIVE real_receive_msg(s, message, count, overlapped, routine)
static __attribute__((unused)) LPFN_WSASENDMSG real_send_msg;
static __attribute__((unused)) LPFN_WSARECVMSG real_receive_msg;
#define SENDS(name, wrapper) EXCHANGES(name, WSAID_WSASENDMSG, wrapper, real_send_msg)
#define RECEIVES(name, wrapper) EXCHANGES(name, WSAID_WSARECVMSG, wrapper, real_receive_msg)

/* Calls that fail with ERROR fail with INSTEAD. */
#define SEND_RENAMED(name, wrapper, error, instead)   \
    static INT WSAAPI wrapper(SEND_PARAMETERS)        \
    {                                                 \
        return failure_renamed(SEND, error, instead); \
    }                                                 \
    SENDS(name, wrapper)
#define RECEIVE_RENAMED(name, wrapper, error, instead)   \
    static INT WSAAPI wrapper(RECEIVE_PARAMETERS)        \
    {                                                    \
        return failure_renamed(RECEIVE, error, instead); \
    }                                                    \
    RECEIVES(name, wrapper)

#endif
