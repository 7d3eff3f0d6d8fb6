/* Events in private name spaces, and who may make such a name space. */
#include "handle.h"

#include <wchar.h>

static HANDLE boundary_of(PSID who)
{
    optional_api(CreateBoundaryDescriptorW);
    optional_api(AddSIDToBoundaryDescriptor);
    HANDLE boundary = CreateBoundaryDescriptorW(unique_name(L""), 0);
    require(boundary != NULL && who != NULL && AddSIDToBoundaryDescriptor(&boundary, who));
    return boundary;
}

/* Everybody. */
static PSID of_all(void)
{
    static BYTE sid[SECURITY_MAX_SID_SIZE];
    DWORD size = sizeof(sid);
    require(CreateWellKnownSid(WinWorldSid, NULL, sid, &size));
    return sid;
}

/* A user of a domain that there is not. */
static PSID of_nobody(void)
{
    SID_IDENTIFIER_AUTHORITY authority = SECURITY_NT_AUTHORITY;
    PSID sid = NULL;
    require(AllocateAndInitializeSid(&authority, 5, SECURITY_NT_NON_UNIQUE, 0x77777777, 0x66666666,
                                     0x55555555, 4444, 0, 0, 0, &sid));
    return sid;
}

START_TEST(event_is_found_by_its_prefix_only)
{
    optional_api(CreatePrivateNamespaceW);
    const WCHAR *prefix = unique_name(L"");
    require(CreatePrivateNamespaceW(NULL, boundary_of(of_all()), prefix) != NULL);
    WCHAR name[300];
    wcscpy(name, prefix);
    wcscat(name, L"\\");
    wcscat(name, prefix);

    HANDLE event = CreateEventW(NULL, TRUE, FALSE, name);

    expect_handle(event);
    HANDLE same = OpenEventW(SYNCHRONIZE | EVENT_MODIFY_STATE, FALSE, name);
    expect_handle(same);
    require(SetEvent(event));
    expect_signaled(same);
    expect_null(OpenEventW(SYNCHRONIZE, FALSE, prefix), ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS(event_is_found_by_its_prefix_only, "handle.private.event");

START_TEST(boundary_that_the_caller_is_not_within)
{
    optional_api(CreatePrivateNamespaceW);
    HANDLE boundary = boundary_of(of_nobody());

    HANDLE space = CreatePrivateNamespaceW(NULL, boundary, unique_name(L""));

    expect_failed_somehow(space);
    expect_not_null(CreatePrivateNamespaceW(NULL, boundary_of(of_all()), unique_name(L"")));
}
END_TEST
COVERS(boundary_that_the_caller_is_not_within, "handle.private.boundary");
