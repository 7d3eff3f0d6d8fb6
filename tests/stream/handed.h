/* What passes a socket to another process, which opens a descriptor of it. */
#ifndef HANDED_H
#define HANDED_H

#include "winsock/winsock.h"

static inline SOCKET open_duplicate(WSAPROTOCOL_INFOW *info)
{
    return WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, info, 0,
                      WSA_FLAG_OVERLAPPED);
}

/* A further descriptor of S in this process. */
static inline SOCKET duplicate_of(SOCKET s)
{
    WSAPROTOCOL_INFOW info;
    require(WSADuplicateSocketW(s, GetCurrentProcessId(), &info) == 0);
    SOCKET second = open_duplicate(&info);
    require(second != INVALID_SOCKET);
    return second;
}

/* Passes the structure through a file: some means between processes that is no socket. */
static inline void info_save(const WSAPROTOCOL_INFOW *info)
{
    HANDLE file = CreateFileW(scratch_path(L"socket"), GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
    DWORD size;
    require(file != INVALID_HANDLE_VALUE);
    require(WriteFile(file, info, sizeof(*info), &size, NULL) && size == sizeof(*info));
    close_handle(&file);
}

static inline WSAPROTOCOL_INFOW info_load(void)
{
    WSAPROTOCOL_INFOW info;
    HANDLE file =
        CreateFileW(scratch_path(L"socket"), GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    DWORD size;
    require(file != INVALID_HANDLE_VALUE);
    require(ReadFile(file, &info, sizeof(info), &size, NULL) && size == sizeof(info));
    close_handle(&file);
    return info;
}

#endif
