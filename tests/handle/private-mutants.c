/* Wrong behaviours, for the tests of private.c: private name spaces. */
#include "handle-mutants.h"

#include <wchar.h>

/* What is behind a prefix that is none of the system's. */
static const WCHAR *without_prefix(const WCHAR *name)
{
    const WCHAR *end = name ? wcschr(name, L'\\') : NULL;
    return end && wcsncmp(name, L"Local\\", 6) && wcsncmp(name, L"Global\\", 7) ? end + 1 : name;
}

static HANDLE WINAPI creates_without(LPSECURITY_ATTRIBUTES attributes, BOOL manual, BOOL set,
                                     LPCWSTR name)
{
    return real(CreateEventW)(attributes, manual, set, without_prefix(name));
}

static HANDLE WINAPI opens_without(DWORD access, BOOL inherit, LPCWSTR name)
{
    return real(OpenEventW)(access, inherit, without_prefix(name));
}
MUTANT(create_event_drops_a_private_prefix,
       "Events in a private name space are in the one of the session",
       PATCH(CreateEventW, creates_without), PATCH(OpenEventW, opens_without));

static BOOL WINAPI adds_nobody(HANDLE *boundary, PSID who)
{
    (void)boundary;
    (void)who;
    return TRUE;
}
MUTANT(add_sid_to_boundary_descriptor_does_nothing,
       "Everybody is within a boundary, whatever it requires",
       PATCH(AddSIDToBoundaryDescriptor, adds_nobody));
