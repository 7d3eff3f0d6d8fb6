/* Wrong behaviours, for the tests of allocated.c: AllocConsole, and what FreeConsole leaves. */
#include "stdio-mutants.h"

static bool has_console(void)
{
    DWORD error = GetLastError(), processes[1];
    bool has = real(GetConsoleProcessList)(processes, 1) != 0;
    SetLastError(error);
    return has;
}

static BOOL WINAPI takes_another(void)
{
    if (has_console())
        real(FreeConsole)();
    return real(AllocConsole)();
}
MUTANT(alloc_console_takes_another,
       "AllocConsole gives a process that has a console another one in its place",
       PATCH(AllocConsole, takes_another));

static BOOL WINAPI is_content(void)
{
    return has_console() ? TRUE : real(AllocConsole)();
}
MUTANT(alloc_console_again_succeeds,
       "AllocConsole returns TRUE in a process that has a console, and does nothing",
       PATCH(AllocConsole, is_content));

static bool allocated;

static BOOL WINAPI works_once(void)
{
    if (allocated)
        return failed(ERROR_ACCESS_DENIED);
    return allocated = real(AllocConsole)();
}
MUTANT(alloc_console_works_once, "AllocConsole works once in a process, also after FreeConsole",
       PATCH(AllocConsole, works_once));

static BOOL WINAPI notes(void)
{
    return allocated = real(AllocConsole)();
}

CREATES_AFTER(gives_none, if (allocated && !flags) flags = DETACHED_PROCESS)
MUTANT(create_process_gives_no_allocated_console,
       "A child has no console when its parent has made its own by AllocConsole",
       PATCH(AllocConsole, notes), PATCH(CreateProcessW, gives_none));

/* A process finds itself without a console when it is the last one of it. */
static DWORD WINAPI loses_it(DWORD *list, DWORD room)
{
    static DWORD most;
    DWORD count = real(GetConsoleProcessList)(list, room);
    if (count > most)
        most = count;
    return count == 1 && most > 1 && real(FreeConsole)() ? 0 : count;
}
MUTANT(free_console_takes_it_from_others,
       "A console ends when one of two processes that have it calls FreeConsole",
       PATCH(GetConsoleProcessList, loses_it));

static bool has_freed;

static BOOL WINAPI frees(void)
{
    has_freed = true;
    return real(FreeConsole)();
}

static HANDLE WINAPI opens_all_the_same(LPCWSTR name, DWORD access, DWORD share,
                                        LPSECURITY_ATTRIBUTES attributes, DWORD disposition,
                                        DWORD flags, HANDLE model)
{
    if (has_freed && name && !wcscmp(name, L"CONOUT$") && !has_console())
        name = L"NUL";
    return real(CreateFileW)(name, access, share, attributes, disposition, flags, model);
}
MUTANT(console_opens_by_name_after_free_console,
       "The names of the console still open something after FreeConsole", PATCH(FreeConsole, frees),
       PATCH(CreateFileW, opens_all_the_same));
