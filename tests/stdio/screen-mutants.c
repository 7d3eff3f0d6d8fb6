/* Wrong behaviours, for the tests of screen.c: reading and writing of a console, and
 * AttachConsole. */
#include "stdio-mutants.h"

static bool is_console(HANDLE handle)
{
    DWORD mode, error = GetLastError();
    BOOL console = GetConsoleMode(handle, &mode);
    SetLastError(error);
    return console;
}

static BOOL WINAPI writes_nothing(HANDLE file, LPCVOID bytes, DWORD size, LPDWORD count,
                                  LPOVERLAPPED overlapped)
{
    if (!is_console(file))
        return real(WriteFile)(file, bytes, size, count, overlapped);
    if (count)
        *count = size;
    return TRUE;
}
MUTANT(write_file_shows_nothing_on_a_screen,
       "WriteFile to the screen of a console returns TRUE and shows nothing",
       PATCH(WriteFile, writes_nothing));

/* The end of the line is one character. */
static BOOL WINAPI ends_lines_with_one(HANDLE file, LPVOID bytes, DWORD size, LPDWORD count,
                                       LPOVERLAPPED overlapped)
{
    BOOL read = real(ReadFile)(file, bytes, size, count, overlapped);
    char *end = (char *)bytes + (read && count ? *count : 0);
    if (read && count && *count >= 2 && is_console(file) && end[-1] == '\n' && end[-2] == '\r') {
        end[-2] = '\n';
        --*count;
    }
    return read;
}
MUTANT(read_file_of_a_console_drops_a_byte,
       "ReadFile of the input of a console ends a line with a line feed alone",
       PATCH(ReadFile, ends_lines_with_one));

static HANDLE WINAPI cannot_be_read(DWORD which)
{
    HANDLE handle = real(GetStdHandle)(which);
    if (which == STD_INPUT_HANDLE || !is_console(handle))
        return handle;
    return real(CreateFileW)(L"CONOUT$", GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                             OPEN_EXISTING, 0, NULL);
}
MUTANT(get_std_handle_of_a_screen_cannot_be_read,
       "The standard handles of a screen have GENERIC_WRITE alone",
       PATCH(GetStdHandle, cannot_be_read));

static bool has_written; /* as the owner of a console does here */

static BOOL WINAPI notes_write(HANDLE file, LPCVOID bytes, DWORD size, LPDWORD count,
                               LPOVERLAPPED overlapped)
{
    has_written = true;
    return real(WriteFile)(file, bytes, size, count, overlapped);
}

static DWORD WINAPI tells_the_caller_alone(LPDWORD processes, DWORD size)
{
    DWORD count = real(GetConsoleProcessList)(processes, size);
    if (count < 2 || has_written)
        return count;
    *processes = GetCurrentProcessId();
    return 1;
}
MUTANT(console_that_is_attached_is_one_of_its_own,
       "GetConsoleProcessList knows no other process of the console", PATCH(WriteFile, notes_write),
       PATCH(GetConsoleProcessList, tells_the_caller_alone));
