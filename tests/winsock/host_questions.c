/* The machine's own name in a question that a message answers. */
#include "async_select.h"

START_TEST(own_name_is_answered_by_a_message)
{
    static char room[MAXGETHOSTSTRUCT];
    char name[NI_MAXHOST];
    HWND window = window_open();
    require(gethostname(name, sizeof(name)) == 0);

    HANDLE request = WSAAsyncGetHostByName(window, MESSAGE, name, room, sizeof(room));

    expect_not_null(request);
    MSG message = next_message(window);
    expect_number(message.message, MESSAGE);
    expect_pointer(message.wParam, request);
    expect_error(WSAGETASYNCERROR(message.lParam), 0);
    const struct hostent *host = (const struct hostent *)room;
    expect_number(host->h_addrtype, AF_INET);
    expect_number(host->h_length, 4);
    expect_true(host->h_addr_list[0] != NULL);
}
END_TEST
COVERS(own_name_is_answered_by_a_message, "winsock.gethostname.parsed_async");
