/* CloseHandle: the value is no handle afterwards. */
#include "handle.h"

START_TEST(closed_handle_cannot_be_used)
{
    HANDLE event = event_create(FALSE);
    expect_succeeded(SetEvent(event));

    BOOL closed = CloseHandle(event);

    expect_succeeded(closed);
    expect_failed(SetEvent(event), ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(closed_handle_cannot_be_used, "handle.close.return");

START_TEST(second_close_fails)
{
    HANDLE event = event_create(FALSE);
    require(CloseHandle(event));

    BOOL closed = CloseHandle(event);

    expect_failed(closed, ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(second_close_fails, "handle.close.twice");
