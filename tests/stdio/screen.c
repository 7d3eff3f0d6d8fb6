/* Reading and writing of a console by its standard handles, and AttachConsole. The consoles have no
 * window, as one needs a desktop. */
#include "own_console.h"

#define CELLS 4

/* Of the console of this process. */
static COORD cursor(void)
{
    HANDLE screen = CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE,
                                FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    CONSOLE_SCREEN_BUFFER_INFO info;
    require(GetConsoleScreenBufferInfo(screen, &info));
    return info.dwCursorPosition;
}

/* What stands on the screen from a cell on. */
static const WCHAR *text_at(HANDLE screen, COORD at)
{
    static WCHAR text[CELLS + 1];
    DWORD count = 0;
    BOOL read = ReadConsoleOutputCharacterW(screen, text, CELLS, at, &count);
    expect_succeeded(read);
    expect_number(count, CELLS);
    return text;
}

static void start_with(struct peer *child, DWORD console)
{
    STARTUPINFOW startup = {
        .cb = sizeof(startup), .dwFlags = STARTF_USESHOWWINDOW, .wShowWindow = SW_HIDE};
    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, console, NULL, NULL,
                                  &startup, &child->info);
    expect_succeeded(created);
}

/* ---- Written and read ---- */

static const struct device {
    struct row row;
    DWORD which;
} outputs[] = {
    {{"output", NULL}, STD_OUTPUT_HANDLE},
    {{"error", NULL}, STD_ERROR_HANDLE},
};

PEER(write_on_the_screen)
{
    HANDLE screen = GetStdHandle((DWORD)peer_number(0));
    COORD at = cursor();
    DWORD written = 0;

    BOOL wrote = WriteFile(screen, "seen", CELLS, &written, NULL);

    expect_succeeded(wrote);
    expect_number(written, CELLS);
    expect_text(text_at(screen, at), L"seen");
    expect_number(cursor().X, at.X + CELLS);
}

START_TEST(write_to_the_standard)
{
    struct peer *child = peer_prepare(write_on_the_screen, given_number(outputs[_i].which));

    start_with(child, CREATE_NO_WINDOW);

    peer_join(child);
    end_console(child);
}
END_TEST
COVERS_ROWS(write_to_the_standard, outputs, "stdio.console.written", "stdio.get.reads_and_writes");
TAKES(write_to_the_standard, 30);

static void type(HANDLE keyboard, WCHAR character)
{
    DWORD count = 0;
    INPUT_RECORD key = {.EventType = KEY_EVENT,
                        .Event.KeyEvent = {.bKeyDown = TRUE,
                                           .wRepeatCount = 1,
                                           .wVirtualKeyCode = character == L'\r' ? VK_RETURN : 0,
                                           .uChar.UnicodeChar = character}};
    require(WriteConsoleInputW(keyboard, &key, 1, &count) && count == 1);
}

PEER(read_what_is_typed)
{
    HANDLE keyboard = GetStdHandle(STD_INPUT_HANDLE);
    for (const WCHAR *next = L"ok\rno\r"; *next; next++)
        type(keyboard, *next);
    char line[16];
    DWORD count = 0;

    BOOL read = ReadFile(keyboard, line, sizeof(line), &count, NULL);

    expect_succeeded(read);
    expect_number(count, 4);
    expect_bytes(line, "ok\r\n", 4);
    expect_succeeded(ReadFile(keyboard, line, sizeof(line), &count, NULL));
    expect_number(count, 4);
    expect_bytes(line, "no\r\n", 4);
}

START_TEST(read_of_the_standard_input)
{
    struct peer *child = peer_prepare(read_what_is_typed);

    start_with(child, CREATE_NO_WINDOW);

    peer_join(child);
    end_console(child);
}
END_TEST
COVERS(read_of_the_standard_input, "stdio.console.read");
TAKES(read_of_the_standard_input, 30);

/* ---- Whose screen ---- */

static void write_word(const char *word)
{
    DWORD written = 0;
    require(WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), word, CELLS, &written, NULL));
}

PEER(has_a_screen_with_a_word)
{
    write_word("here");
    checkpoint_reach("written");
    checkpoint_wait("seen");
}

PEER(attach_to_that_console)
{
    DWORD processes[4];
    expect_number(GetConsoleProcessList(processes, 4), 0);

    BOOL attached = AttachConsole((DWORD)peer_number(0));

    expect_succeeded(attached);
    expect_number(GetConsoleProcessList(processes, 4), 2);
    HANDLE screen = CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE,
                                FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    expect_handle(screen);
    COORD at = cursor();
    at.X -= CELLS;
    expect_text(text_at(screen, at), L"here");
}

START_TEST(console_of_another_process)
{
    struct peer *owner = peer_prepare(has_a_screen_with_a_word);
    start_with(owner, CREATE_NO_WINDOW);
    checkpoint_wait("written");
    struct peer *other =
        peer_prepare(attach_to_that_console, given_number(owner->info.dwProcessId));

    start_with(other, DETACHED_PROCESS);

    peer_join(other);
    checkpoint_reach("seen");
    peer_join(owner);
    end_console(owner);
}
END_TEST
COVERS(console_of_another_process, "stdio.console.attached");
TAKES(console_of_another_process, 30);
