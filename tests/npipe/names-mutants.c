/* Functions that take another spelling of a name for another name, or cut it. */
#include "npipe-mutants.h"

/* NAME as a name of its own where it has capital letters, behind \\.\pipe\. */
static const WCHAR *with_case(const WCHAR *name)
{
    static WCHAR other[600];
    if (!is_pipe_name(name) || wcslen(name) >= 600)
        return name;
    wcscpy(other, name);
    for (WCHAR *letter = other + wcslen(PIPE_PREFIX); *letter; letter++)
        if (*letter >= L'A' && *letter <= L'Z')
            *letter += 0x4E00;
    return other;
}

static HANDLE WINAPI creates_with_case(CREATE_PIPE_PARAMETERS)
{
    name = with_case(name);
    return CREATE_PIPE;
}
MUTANT(npipe_create_heeds_case, "CreateNamedPipe makes another pipe of a name in other letter case",
       PATCH(CreateNamedPipeW, creates_with_case));

static BOOL WINAPI waits_with_case(WAIT_PARAMETERS)
{
    name = with_case(name);
    return WAIT;
}
MUTANT(npipe_wait_heeds_case, "WaitNamedPipe finds no pipe whose name is in other letter case",
       PATCH(WaitNamedPipeW, waits_with_case));

static BOOL WINAPI calls_with_case(CALL_PARAMETERS)
{
    name = with_case(name);
    return CALL;
}
MUTANT(npipe_call_heeds_case, "CallNamedPipe finds no pipe whose name is in other letter case",
       PATCH(CallNamedPipeW, calls_with_case));

enum { LONGEST = 256 }; /* characters of a whole name */

static BOOL WINAPI waits_for_short_names(WAIT_PARAMETERS)
{
    return name && wcslen(name) >= LONGEST ? fail_with(ERROR_FILENAME_EXCED_RANGE) : WAIT;
}
MUTANT(npipe_wait_counts_the_terminator,
       "WaitNamedPipe refuses names of 256 characters, as if the terminator counted",
       PATCH(WaitNamedPipeW, waits_for_short_names));

static const WCHAR *cut(const WCHAR *name)
{
    static WCHAR shorter[LONGEST];
    if (!is_pipe_name(name) || wcslen(name) < LONGEST)
        return name;
    wcsncpy(shorter, name, LONGEST - 1);
    return shorter;
}

static HANDLE WINAPI creates_cut(CREATE_PIPE_PARAMETERS)
{
    name = cut(name);
    return CREATE_PIPE;
}

static HANDLE WINAPI opens_cut(OPEN_PARAMETERS)
{
    name = cut(name);
    return OPEN;
}

static BOOL WINAPI waits_cut(WAIT_PARAMETERS)
{
    name = cut(name);
    return WAIT;
}

static BOOL WINAPI calls_cut(CALL_PARAMETERS)
{
    name = cut(name);
    return CALL;
}
MUTANT(npipe_names_are_cut, "The 256th character of a pipe name does not count",
       PATCH(CreateNamedPipeW, creates_cut), PATCH(CreateFileW, opens_cut),
       PATCH(WaitNamedPipeW, waits_cut), PATCH(CallNamedPipeW, calls_cut));
