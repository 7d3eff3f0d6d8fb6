/* Wrong behaviours, for the tests of table.c: the handle table of a child is its own; what it
 * has can be inherited again; a thousand handles. */
#include "inherit-mutants.h"

static bool is_beyond_some_hundreds(HANDLE handle, const WCHAR *unused)
{
    (void)unused;
    return (UINT_PTR)handle > 0x400;
}

KEEPS(passes_few, is_beyond_some_hundreds, NULL)

MUTANT(create_process_passes_few, "CreateProcess passes some hundred handles on and no more",
       PATCH(CreateProcessW, passes_few));

static BOOL WINAPI closes_starters(HANDLE handle)
{
    HANDLE process, copy;
    if (is_peer() && real(GetFileType)(handle) == FILE_TYPE_PIPE) {
        process = real(OpenProcess)(PROCESS_DUP_HANDLE, FALSE, starter_id());
        if (real(DuplicateHandle)(process, handle, GetCurrentProcess(), &copy, 0, FALSE,
                                  DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE))
            real(CloseHandle)(copy);
        real(CloseHandle)(process);
    }
    return real(CloseHandle)(handle);
}
MUTANT(close_handle_in_a_child_closes_the_parents,
       "CloseHandle of an inherited pipe end closes the parent's as well",
       PATCH(CloseHandle, closes_starters));

CREATES_AFTER(passes_nothing_again, inherit = inherit && !is_peer())
MUTANT(create_process_inherits_once, "What a child has inherited is not passed on to its children",
       PATCH(CreateProcessW, passes_nothing_again));

CREATES_AFTER(suspended_gets_nothing, inherit = inherit && flags != CREATE_SUSPENDED)
MUTANT(create_process_suspended_has_no_handles,
       "A child that is created suspended has no inherited handles before it runs",
       PATCH(CreateProcessW, suspended_gets_nothing));
