/* native.h - a program of the system that an emulator runs on, as the other side. */
#ifndef WINSOCK_NATIVE_H
#define WINSOCK_NATIVE_H

#include "winsock.h"

#include <stdio.h>
#include <stdlib.h>

/* The port that it serves; UNSUPPORTED where there is none, as on Windows itself. */
static inline unsigned native_port(void)
{
    char port[8];
    DWORD length = GetEnvironmentVariableA("CTS_NATIVE_PEER", port, sizeof(port));
    if (length == 0 || length >= sizeof(port))
        unsupported("no native peer");
    return (unsigned)strtoul(port, NULL, 10);
}

/* Gives a connected socket's peer a command; tests/native-peer.c has them all. */
static inline void native_command(SOCKET s, const char *command)
{
    send_all(s, command, (int)strlen(command));
    send_all(s, "\n", 1);
}

/* A connection whose other side does what COMMAND says. */
static inline SOCKET native_peer(const char *command)
{
    SOCKET s = stream_connect(native_port());
    native_command(s, command);
    return s;
}

/* The same for a command that takes the port of a socket of this process, and a number. */
static inline SOCKET native_peer_of(const char *command, SOCKET own, unsigned number)
{
    char line[40];
    snprintf(line, sizeof(line), "%s %u %u", command, socket_port(own), number);
    return native_peer(line);
}

#endif
