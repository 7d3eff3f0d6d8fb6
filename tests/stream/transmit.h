/* What the tests of TransmitFile and TransmitPackets send. */
#ifndef TRANSMIT_H
#define TRANSMIT_H

#include "extension.h"
#include "sockets.h"

#define CONTENT "0123456789"

/* A file that holds CONTENT, with its position at POSITION; FLAGS as CreateFile takes them. */
static inline HANDLE file_with_content(DWORD flags, int position)
{
    HANDLE file = CreateFileW(scratch_path(L"file"), GENERIC_READ | GENERIC_WRITE, 0, NULL,
                              CREATE_ALWAYS, flags, NULL);
    DWORD written = 0;
    require(file != INVALID_HANDLE_VALUE);
    require(WriteFile(file, CONTENT, 10, &written, NULL) && written == 10);
    require(SetFilePointerEx(file, (LARGE_INTEGER){.QuadPart = position}, NULL, FILE_BEGIN));
    return file;
}

/* Head and tail, each NULL or a text without its terminator. */
static inline TRANSMIT_FILE_BUFFERS buffers_around(const char *head, const char *tail)
{
    return (TRANSMIT_FILE_BUFFERS){.Head = (void *)head,
                                   .HeadLength = head ? (DWORD)strlen(head) : 0,
                                   .Tail = (void *)tail,
                                   .TailLength = tail ? (DWORD)strlen(tail) : 0};
}

/* A file that no connection takes in before somebody receives. */
static inline HANDLE endless_file(void)
{
    HANDLE file = CreateFileW(scratch_path(L"large"), GENERIC_READ | GENERIC_WRITE, 0, NULL,
                              CREATE_ALWAYS, FILE_FLAG_OVERLAPPED, NULL);
    require(file != INVALID_HANDLE_VALUE);
    FILE_END_OF_FILE_INFO end = {.EndOfFile.QuadPart = 64 << 20};
    require(SetFileInformationByHandle(file, FileEndOfFileInfo, &end, sizeof(end)));
    return file;
}

/* What an operation that stays pending needs. */
struct pending {
    struct stream_pair pair;
    HANDLE file;
    OVERLAPPED *operation;
};

/* Filled, so that nothing of the file goes out meanwhile. */
static inline struct pending pending_connection(void)
{
    struct pending p = {stream_pair_open(), endless_file(), operation_with_event()};
    fill(p.pair.client);
    return p;
}

/* UNSUPPORTED where there is no such extension: a case of its own says that there is. */
static inline LPFN_TRANSMITPACKETS transmit_packets(SOCKET s)
{
    GUID id = WSAID_TRANSMITPACKETS;
    LPFN_TRANSMITPACKETS function = NULL;
    DWORD size = 0;
    if (WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &function,
                 sizeof(function), &size, NULL, NULL) != 0)
        unsupported("needs TransmitPackets");
    return function;
}

static inline BOOL accept_into(SOCKET listener, SOCKET s, OVERLAPPED *operation)
{
    static char room[2 * NAME_ROOM];
    DWORD count = 0;
    return accept_ex(listener)(listener, s, room, 0, NAME_ROOM, NAME_ROOM, &count, operation);
}

/* A socket that AcceptEx has connected to *CLIENT, which has said that it sends no more. */
static inline SOCKET connected_by_accept_ex(SOCKET listener, SOCKET *client)
{
    SOCKET s = socket_open(SOCK_STREAM);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    require(accept_into(listener, s, operation) || GetLastError() == ERROR_IO_PENDING);
    *client = stream_connect(socket_port(listener));
    require(extension_result(listener, operation, &count));
    require(setsockopt(s, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, (char *)&listener,
                       sizeof(listener)) == 0);
    require(shutdown(*client, SD_SEND) == 0);
    wait_end_of_stream(s);
    return s;
}

#endif
