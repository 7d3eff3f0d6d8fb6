/* Wrong behaviours, for the tests of same.c: what an inherited handle is in the child: the same
 * object, with the same access. */
#include "inherit-mutants.h"

static HANDLE events[32];
static unsigned event_count;

static HANDLE WINAPI notes_event(LPSECURITY_ATTRIBUTES attributes, BOOL manual, BOOL set,
                                 LPCWSTR name)
{
    HANDLE event = real(CreateEventW)(attributes, manual, set, name);
    if (event && event_count < 32)
        events[event_count++] = event;
    return event;
}

static BOOL WINAPI copies_events(CREATE_PROCESS_PARAMETERS)
{
    if (!create_suspended(program, words, of_process, of_thread, inherit, flags, environment,
                          directory, startup, info))
        return FALSE;
    for (unsigned i = 0; inherit && i < event_count; i++) {
        HANDLE copy, theirs;
        DWORD event_flags = 0;
        real(GetHandleInformation)(events[i], &event_flags);
        if (!(event_flags & HANDLE_FLAG_INHERIT) || !close_in(info->hProcess, events[i]))
            continue;
        bool set = real(WaitForSingleObject)(events[i], 0) == WAIT_OBJECT_0;
        copy = real(CreateEventW)(NULL, TRUE, set, NULL);
        real(DuplicateHandle)(GetCurrentProcess(), copy, info->hProcess, &theirs, 0, TRUE,
                              DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE);
    }
    run_unless_suspended(flags, info);
    return TRUE;
}
MUTANT(inherited_events_are_copies,
       "An inherited event is another object than the parent's, in the same state",
       PATCH(CreateEventW, notes_event), PATCH(CreateProcessW, copies_events));
