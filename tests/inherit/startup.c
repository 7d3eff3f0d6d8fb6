/* GetStartupInfo: a child is told what its parent gave to CreateProcess. */
#include "inherit.h"

#define TITLE L"a title of words"

/* What the parent says: everything but the standard handles. */
static STARTUPINFOW what_is_given(void)
{
    static WCHAR title[] = TITLE;
    return (STARTUPINFOW){.cb = sizeof(STARTUPINFOW),
                          .lpTitle = title,
                          .dwX = 0x123,
                          .dwY = 0x234,
                          .dwXSize = 0x345,
                          .dwYSize = 0x456,
                          .dwXCountChars = 0x567,
                          .dwYCountChars = 0x678,
                          .dwFillAttribute = 0x5A,
                          .dwFlags = STARTF_USESHOWWINDOW,
                          .wShowWindow = SW_SHOWNORMAL};
}

static void expect_what_is_given(const STARTUPINFOW *told)
{
    STARTUPINFOW given = what_is_given();
    expect_number(told->dwX, given.dwX);
    expect_number(told->dwY, given.dwY);
    expect_number(told->dwXSize, given.dwXSize);
    expect_number(told->dwYSize, given.dwYSize);
    expect_number(told->dwXCountChars, given.dwXCountChars);
    expect_number(told->dwYCountChars, given.dwYCountChars);
    expect_number(told->dwFillAttribute, given.dwFillAttribute);
    expect_number(told->dwFlags, given.dwFlags);
    expect_number(told->wShowWindow, given.wShowWindow);
    expect_number(told->cb, sizeof(*told));
}

static DWORD ask_in_a_thread(void *argument)
{
    GetStartupInfoW(argument);
    return 0;
}

enum who { FIRST_TIME, SECOND_TIME, OTHER_THREAD, AFTER_CHANGES, ANSI };

PEER(is_told)
{
    STARTUPINFOW told = {0};
    switch ((enum who)peer_number(0)) {
    case SECOND_TIME:
        GetStartupInfoW(&told);
        memset(&told, 0xEE, sizeof(told));
        GetStartupInfoW(&told);
        break;
    case OTHER_THREAD:
        thread_join(thread_start(ask_in_a_thread, &told));
        break;
    case AFTER_CHANGES:
        require(SetStdHandle(STD_OUTPUT_HANDLE, NULL));
        memset(&told, 0xEE, sizeof(told));
        GetStartupInfoW(&told);
        break;
    default:
        GetStartupInfoW(&told);
    }
    expect_what_is_given(&told);
    expect_text(told.lpTitle, TITLE);
}

static const struct time {
    struct row row;
    enum who who;
} times[] = {
    {{"first_time", "inherit.startup_info.told"}, FIRST_TIME},
    {{"second_time", "inherit.startup_info.again"}, SECOND_TIME},
    {{"in_another_thread", "inherit.startup_info.again"}, OTHER_THREAD},
    {{"after_other_changes", "inherit.startup_info.again"}, AFTER_CHANGES},
};

START_TEST(child_is_told)
{
    struct peer *child = peer_prepare(is_told, given_number(times[_i].who));
    STARTUPINFOW startup = what_is_given();

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS_ROWS(child_is_told, times);

PEER(is_told_in_ansi)
{
    STARTUPINFOA told = {0};
    GetStartupInfoA(&told);
    expect_number(told.cb, sizeof(told));
    expect_number(told.dwX, 0x123);
    expect_number(told.dwYSize, 0x456);
    expect_number(told.wShowWindow, SW_SHOWNORMAL);
    expect_text_a(told.lpTitle, "a title of words");
}

static const struct twin {
    struct row row;
    bool ansi_call;
} twins[] = {
    {{"unicode_parent", NULL}, false},
    {{"ansi_parent", NULL}, true},
};

START_TEST(ansi_child_is_told)
{
    struct peer *child = peer_prepare(is_told_in_ansi);
    STARTUPINFOW startup = what_is_given();
    char title[] = "a title of words", words[2000];
    STARTUPINFOA startup_a = {.cb = sizeof(startup_a),
                              .lpTitle = title,
                              .dwX = 0x123,
                              .dwYSize = 0x456,
                              .dwFlags = STARTF_USESHOWWINDOW,
                              .wShowWindow = SW_SHOWNORMAL};
    require(
        WideCharToMultiByte(CP_ACP, 0, child->command_line, -1, words, sizeof(words), NULL, NULL));

    BOOL created = twins[_i].ansi_call
                       ? CreateProcessA(NULL, words, NULL, NULL, FALSE, 0, NULL, NULL, &startup_a,
                                        &child->info)
                       : CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, 0, NULL, NULL,
                                        &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS_ROWS(ansi_child_is_told, twins, "inherit.startup_info.ansi");

/* ---- Standard handles, as they are given */

PEER(is_told_of_its_handles)
{
    STARTUPINFOW told = {0};
    GetStartupInfoW(&told);
    expect_true(told.dwFlags & STARTF_USESTDHANDLES);
    expect_pointer(told.hStdInput, peer_handle(0));
    expect_pointer(told.hStdOutput, peer_handle(1));
    expect_pointer(told.hStdError, peer_handle(2));
    require(SetStdHandle(STD_INPUT_HANDLE, NULL));
    GetStartupInfoW(&told);
    record("input after SetStdHandle", "%s",
           told.hStdInput == peer_handle(0) ? "as given"
           : !told.hStdInput                ? "as set"
                                            : "another");
}

START_TEST(handles_are_told)
{
    HANDLE in = event_create(TRUE), out = event_create(TRUE), error = event_create(TRUE);
    struct peer *child = peer_prepare(is_told_of_its_handles, given_handle(in), given_handle(out),
                                      given_handle(error));
    STARTUPINFOW startup = {.cb = sizeof(startup),
                            .dwFlags = STARTF_USESTDHANDLES,
                            .hStdInput = in,
                            .hStdOutput = out,
                            .hStdError = error};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS(handles_are_told, "inherit.startup_info.handles", "inherit.startup_info.handles_set");

/* ---- What the page does not say */

PEER(records_its_title)
{
    STARTUPINFOW told = {0};
    GetStartupInfoW(&told);
    record("title when none is given", "%s",
           !told.lpTitle   ? "NULL"
           : *told.lpTitle ? "text"
                           : "empty");
}

START_TEST(title_when_none_is_given)
{
    struct peer *child = peer_prepare(records_its_title);
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS(title_when_none_is_given, "inherit.startup_info.no_title");
