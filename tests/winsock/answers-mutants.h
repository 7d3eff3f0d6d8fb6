/* answers-mutants.h - what the mutants of questions that a message answers share. */
#ifndef ANSWERS_MUTANTS_H
#define ANSWERS_MUTANTS_H

#include "user32.h"
#include "winsock-mutants.h"

/* What has become of a question: waits for its answer, lets CHANGE spoil it, and sends it again. */
static inline HANDLE spoilt(HWND window, u_int message, HANDLE request, void *room,
                            void (*change)(MSG *answer, void *room))
{
    MSG answer = {0};
    ULONGLONG end = GetTickCount64() + step_limit();
    DWORD error = GetLastError();
    while (request && GetTickCount64() < end &&
           !USER32(PeekMessageW)(&answer, window, message, message, PM_REMOVE))
        USER32(MsgWaitForMultipleObjects)(0, NULL, FALSE, 100, QS_POSTMESSAGE);
    if (answer.message) {
        change(&answer, room);
        USER32(PostMessageW)(window, answer.message, answer.wParam, answer.lParam);
    }
    SetLastError(error);
    return request;
}

#define NO_ERROR_IN(answer) (WSAGETASYNCERROR((answer)->lParam) == 0)
#define NO_ROOM_IN(answer) (WSAGETASYNCERROR((answer)->lParam) == WSAENOBUFS)

#define SERVICE_PARAMETERS \
    HWND window, u_int message, LPCSTR name, LPCSTR protocol, char *room, int size
#define SERVICE real(WSAAsyncGetServByName)(window, message, name, protocol, room, size)
#define PORT_PARAMETERS HWND window, u_int message, int port, LPCSTR protocol, char *room, int size
#define PORT real(WSAAsyncGetServByPort)(window, message, port, protocol, room, size)
#define PROTOCOL_PARAMETERS HWND window, u_int message, LPCSTR name, char *room, int size
#define PROTOCOL real(WSAAsyncGetProtoByName)(window, message, name, room, size)

#endif
