/* GetHostNameW: how much room it needs. */
#include "winsock.h"

#include <wchar.h>

START_TEST(just_enough_room)
{
    optional_api(GetHostNameW);
    winsock_start();
    WCHAR expected[300], name[300];
    require(GetHostNameW(expected, 300) == 0);
    int length = (int)wcslen(expected);
    memset(name, 0x55, sizeof(name));

    int result = GetHostNameW(name, length + 1);

    expect_socket_succeeded(result);
    expect_text(name, expected);
    expect_number(name[length + 1], 0x5555);
}
END_TEST
COVERS(just_enough_room, "winsock.gethostnamew.enough");
