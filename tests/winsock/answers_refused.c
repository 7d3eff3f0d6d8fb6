/* Questions that a message would answer, and that are refused, spoilt or taken back. */
#include "answers.h"

static const struct question questions[] = {
    {{"service_by_name", NULL}, service_by_name, NULL, false},
    {{"service_by_port", NULL}, service_by_port, NULL, false},
    {{"protocol_by_name", NULL}, protocol_by_name, NULL, false},
    {{"protocol_by_number", NULL}, protocol_by_number, NULL, false},
    {{"host_by_name", NULL}, host_by_name, NULL, false},
    {{"host_by_address", NULL}, host_by_address, NULL, false},
};

START_TEST(no_memory_for)
{
    const struct question *question = &questions[_i];
    HWND window = window_for(question);

    HANDLE request = question->ask(window, memory_nowhere(), MAXGETHOSTSTRUCT);

    expect_answer(window, request, WSAEFAULT);
}
END_TEST
COVERS_ROWS(no_memory_for, questions, "winsock.answers.no_memory");

START_TEST(before_startup)
{
    const struct question *question = &questions[_i];
    HWND window = window_open();
    require(WSACleanup() == 0);

    HANDLE request = question->ask(window, room.bytes, MAXGETHOSTSTRUCT);

    expect_null(request, WSANOTINITIALISED);
    winsock_start();
    expect_answer(window, question->ask(window, room.bytes, 1), WSAENOBUFS);
}
END_TEST
COVERS_ROWS(before_startup, questions, "winsock.answers.notinitialised");

/* ---- Taken back: which of two errors tells that it is too late is left to a provider */

/* The answer waits in the queue of the window. */
static void wait_answered(HWND window)
{
    MSG answer;
    ULONGLONG end = GetTickCount64() + step_limit();
    while (!USER32(PeekMessageW)(&answer, window, MESSAGE, MESSAGE, PM_NOREMOVE)) {
        ULONGLONG now = GetTickCount64();
        require(now < end);
        USER32(MsgWaitForMultipleObjects)(0, NULL, FALSE, (DWORD)(end - now), QS_POSTMESSAGE);
    }
}

START_TEST(answered_question_is_cancelled)
{
    HWND window = window_for(&questions[2]);
    HANDLE request = protocol_by_name(window, room.bytes, MAXGETHOSTSTRUCT);
    expect_answer(window, request, 0);

    int result = WSACancelAsyncRequest(request);

    expect_socket_failed(result, WSAEINVAL, WSAEALREADY);
}
END_TEST
COVERS(answered_question_is_cancelled, "winsock.answers.cancelled_late");

START_TEST(question_is_cancelled_whose_answer_is_unread)
{
    HWND window = window_for(&questions[2]);
    HANDLE request = protocol_by_name(window, room.bytes, MAXGETHOSTSTRUCT);
    wait_answered(window);

    int result = WSACancelAsyncRequest(request);

    expect_socket_failed(result, WSAEINVAL, WSAEALREADY);
    expect_answer(window, request, 0);
}
END_TEST
COVERS(question_is_cancelled_whose_answer_is_unread, "winsock.answers.cancelled_unread");

START_TEST(no_question_is_cancelled)
{
    winsock_start();

    int result = WSACancelAsyncRequest(NULL);

    expect_socket_failed(result, WSAEINVAL, WSAEALREADY);
}
END_TEST
COVERS(no_question_is_cancelled, "winsock.answers.cancelled_nothing");

START_TEST(question_is_cancelled_before_startup)
{
    int result = WSACancelAsyncRequest((HANDLE)1);

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS(question_is_cancelled_before_startup, "winsock.answers.cancel_notinitialised");
