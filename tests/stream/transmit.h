/* What the tests of TransmitFile and TransmitPackets send. */
#ifndef TRANSMIT_H
#define TRANSMIT_H

#include "extension.h"

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

#endif
