/* async_select.h - a window for messages alone, which needs no display, and what it gets. */
#ifndef ASYNC_SELECT_H
#define ASYNC_SELECT_H

#include "user32.h"
#include "winsock.h"

enum { MESSAGE = WM_APP + 1, OTHER_MESSAGE };

/*
 * A window on a desktop of its own, which no shell has to be started for; UNSUPPORTED where there
 * are no windows.
 */
static inline HWND window_open(void)
{
    HWINSTA station = USER32(CreateWindowStationW)(NULL, 0, WINSTA_ALL_ACCESS, NULL);
    if (station && USER32(SetProcessWindowStation)(station)) {
        HDESK desktop = USER32(CreateDesktopW)(L"messages", NULL, NULL, 0, GENERIC_ALL, NULL);
        require(desktop && USER32(SetThreadDesktop)(desktop));
    }
    HWND window =
        USER32(CreateWindowExW)(0, L"Message", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
    if (!window)
        unsupported("no windows for messages");
    winsock_start();
    return window;
}

static inline void watch(SOCKET s, HWND window, long events)
{
    require(WSAAsyncSelect(s, window, MESSAGE, events) == 0);
}

/* The next message of a socket, waited for; its number is 0 when none comes in time. */
static inline MSG next_message(HWND window)
{
    MSG message;
    ULONGLONG end = GetTickCount64() + step_limit();
    while (!USER32(PeekMessageW)(&message, window, MESSAGE, OTHER_MESSAGE, PM_REMOVE)) {
        ULONGLONG now = GetTickCount64();
        if (now >= end)
            return (MSG){0};
        USER32(MsgWaitForMultipleObjects)(0, NULL, FALSE, (DWORD)(end - now), QS_POSTMESSAGE);
    }
    return message;
}

#define expect_message(window, number, s, event, error)           \
    do {                                                          \
        MSG message_ = next_message(window);                      \
        expect_number(message_.message, (number));                \
        expect_number(message_.wParam, (s));                      \
        expect_number(WSAGETSELECTEVENT(message_.lParam), event); \
        expect_number(WSAGETSELECTERROR(message_.lParam), error); \
    } while (0)

/* None has come, and none comes within the settle time. */
#define expect_no_message(window)                                                           \
    do {                                                                                    \
        MSG message_;                                                                       \
        expect_stays_unsignaled(event_create());                                            \
        expect_true(                                                                        \
            !USER32(PeekMessageW)(&message_, (window), MESSAGE, OTHER_MESSAGE, PM_REMOVE)); \
    } while (0)

#endif
