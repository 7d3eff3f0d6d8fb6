/* Questions about hosts, services and protocols that are answered by a message: what comes, and
 * into which room. */
#include "answers.h"

/* ---- What an answer holds */

static void expect_telnet(void)
{
    expect_text_a(room.service.s_name, "telnet");
    expect_text_a(room.service.s_proto, "tcp");
    expect_number(room.service.s_port, htons(23));
}

static void expect_udp(void)
{
    expect_text_a(room.protocol.p_name, "udp");
    expect_number(room.protocol.p_proto, IPPROTO_UDP);
    expect_text_a(room.protocol.p_aliases[0], "UDP");
}

static void expect_own_address(void)
{
    expect_number(room.host.h_addrtype, AF_INET);
    expect_number(room.host.h_length, 4);
    expect_bytes(room.host.h_addr_list[0], own_address, 4);
    expect_true(room.host.h_addr_list[1] == NULL);
}

static void expect_host_of_the_name(void)
{
    expect_text_a(room.host.h_name, "127.0.0.1");
    expect_own_address();
}

static void expect_host_of_the_address(void)
{
    const struct hostent *host = gethostbyaddr(own_address, 4, AF_INET);
    require(host != NULL);
    expect_text_a(room.host.h_name, host->h_name);
    expect_own_address();
}

static const struct question questions[] = {
    {{"service_by_name", "winsock.answers.service_by_name"}, service_by_name, expect_telnet, false},
    {{"service_by_port", "winsock.answers.service_by_port"}, service_by_port, expect_telnet, false},
    {{"protocol_by_name", "winsock.answers.protocol_by_name"}, protocol_by_name, expect_udp, false},
    {{"protocol_by_number", "winsock.answers.protocol_by_number"},
     protocol_by_number,
     expect_udp,
     false},
    {{"host_by_name", "winsock.answers.host_by_name"},
     host_by_name,
     expect_host_of_the_name,
     false},
    {{"host_by_address", "winsock.answers.host_by_address"},
     host_by_address,
     expect_host_of_the_address,
     false},
};

START_TEST(answer_to)
{
    const struct question *question = &questions[_i];
    HWND window = window_for(question);

    HANDLE request = question->ask(window, room.bytes, MAXGETHOSTSTRUCT);

    expect_answer(window, request, 0);
    question->expect();
}
END_TEST
COVERS_ROWS(answer_to, questions);

/* ---- The room */

static void expect_inside(const void *place, size_t size)
{
    const char *begin = place;
    expect_true(begin >= room.bytes && begin + size <= room.bytes + MAXGETHOSTSTRUCT);
}

static void expect_text_inside(const char *text)
{
    expect_inside(text, 1);
    expect_inside(text, strlen(text) + 1);
}

static void expect_list_inside(char **list, size_t size)
{
    expect_inside(list, sizeof(*list));
    for (; *list; list++) {
        expect_inside(list + 1, sizeof(*list));
        if (size)
            expect_inside(*list, size);
        else
            expect_text_inside(*list);
    }
}

static void service_inside(void)
{
    expect_text_inside(room.service.s_name);
    expect_text_inside(room.service.s_proto);
    expect_list_inside(room.service.s_aliases, 0);
}

static void protocol_inside(void)
{
    expect_text_inside(room.protocol.p_name);
    expect_list_inside(room.protocol.p_aliases, 0);
}

static void host_inside(void)
{
    expect_text_inside(room.host.h_name);
    expect_list_inside(room.host.h_aliases, 0);
    expect_list_inside(room.host.h_addr_list, 4);
}

static const struct question rooms[] = {
    {{"service_by_name", NULL}, service_by_name, service_inside, false},
    {{"service_by_port", NULL}, service_by_port, service_inside, false},
    {{"protocol_by_name", NULL}, protocol_by_name, protocol_inside, false},
    {{"protocol_by_number", NULL}, protocol_by_number, protocol_inside, false},
    {{"host_by_name", NULL}, host_by_name, host_inside, false},
    {{"host_by_address", NULL}, host_by_address, host_inside, false},
};

START_TEST(all_of_it_is_in_the_room)
{
    const struct question *question = &rooms[_i];
    HWND window = window_for(question);

    HANDLE request = question->ask(window, room.bytes, MAXGETHOSTSTRUCT);

    expect_answer(window, request, 0);
    question->expect();
    expect_number(room.bytes[MAXGETHOSTSTRUCT], MARK);
}
END_TEST
COVERS_ROWS(all_of_it_is_in_the_room, rooms, "winsock.answers.room");

START_TEST(too_little_room_for)
{
    const struct question *question = &rooms[_i];
    HWND window = window_for(question);

    HANDLE request = question->ask(window, room.bytes, 1);

    int needed = expect_answer(window, request, WSAENOBUFS);
    expect_true(needed > 1 && needed <= MAXGETHOSTSTRUCT);
    expect_filled(room.bytes + 1, MARK, MAXGETHOSTSTRUCT);
}
END_TEST
COVERS_ROWS(too_little_room_for, rooms, "winsock.answers.too_little_room");

START_TEST(as_much_room_as_was_told_for)
{
    const struct question *question = &rooms[_i];
    HWND window = window_for(question);
    HANDLE first = question->ask(window, room.bytes, 1);
    int needed = expect_answer(window, first, WSAENOBUFS);
    memset(&room, MARK, sizeof(room));

    HANDLE request = question->ask(window, room.bytes, needed);

    expect_answer(window, request, 0);
    question->expect();
    expect_filled(room.bytes + needed, MARK, (size_t)(MAXGETHOSTSTRUCT - needed));
}
END_TEST
COVERS_ROWS(as_much_room_as_was_told_for, rooms, "winsock.answers.room_that_was_told");

/* ---- What nobody knows */

static HANDLE unknown_service(HWND window, char *place, int size)
{
    return WSAAsyncGetServByName(window, MESSAGE, "no such service", NULL, place, size);
}

static HANDLE service_of_port_0(HWND window, char *place, int size)
{
    return WSAAsyncGetServByPort(window, MESSAGE, 0, NULL, place, size);
}

static HANDLE telnet_by_name_over_udp(HWND window, char *place, int size)
{
    return WSAAsyncGetServByName(window, MESSAGE, "telnet", "udp", place, size);
}

static HANDLE telnet_by_port_over_udp(HWND window, char *place, int size)
{
    return WSAAsyncGetServByPort(window, MESSAGE, htons(23), "udp", place, size);
}

static HANDLE unknown_protocol(HWND window, char *place, int size)
{
    return WSAAsyncGetProtoByName(window, MESSAGE, "no such protocol", place, size);
}

static HANDLE protocol_256(HWND window, char *place, int size)
{
    return WSAAsyncGetProtoByNumber(window, MESSAGE, 256, place, size);
}

static const struct question unknowns[] = {
    {{"service", "winsock.answers.unknown"}, unknown_service, NULL, false},
    {{"port", "winsock.answers.unknown"}, service_of_port_0, NULL, false},
    {{"protocol", "winsock.answers.unknown"}, unknown_protocol, NULL, false},
    {{"number", "winsock.answers.unknown"}, protocol_256, NULL, false},
    {{"service_over_udp", "winsock.answers.by_protocol"}, telnet_by_name_over_udp, NULL, true},
    {{"port_over_udp", "winsock.answers.by_protocol"}, telnet_by_port_over_udp, NULL, true},
};

START_TEST(unknown)
{
    const struct question *question = &unknowns[_i];
    HWND window = window_for(question);

    HANDLE request = question->ask(window, room.bytes, MAXGETHOSTSTRUCT);

    expect_not_null(request);
    MSG answer = next_message(window);
    expect_number(answer.message, MESSAGE);
    expect_pointer(answer.wParam, request);
    DWORD error = WSAGETASYNCERROR(answer.lParam);
    if (error != WSANO_DATA)
        expect_error(error, WSAHOST_NOT_FOUND);
}
END_TEST
COVERS_ROWS(unknown, unknowns);

static HANDLE telnet_by_name(HWND window, char *place, int size)
{
    return WSAAsyncGetServByName(window, MESSAGE, "telnet", NULL, place, size);
}

static HANDLE telnet_by_port(HWND window, char *place, int size)
{
    return WSAAsyncGetServByPort(window, MESSAGE, htons(23), NULL, place, size);
}

static const struct question without[] = {
    {{"name", NULL}, telnet_by_name, expect_telnet, true},
    {{"port", NULL}, telnet_by_port, expect_telnet, true},
};

START_TEST(service_without_a_protocol)
{
    const struct question *question = &without[_i];
    HWND window = window_for(question);

    HANDLE request = question->ask(window, room.bytes, MAXGETHOSTSTRUCT);

    expect_answer(window, request, 0);
    question->expect();
}
END_TEST
COVERS_ROWS(service_without_a_protocol, without, "winsock.answers.any_protocol");

/* ---- Several, and none */

START_TEST(two_questions)
{
    static char other_room[MAXGETHOSTSTRUCT];
    HWND window = window_for(&questions[2]);
    HANDLE first = protocol_by_name(window, room.bytes, MAXGETHOSTSTRUCT);
    expect_not_null(first);

    HANDLE second = WSAAsyncGetProtoByName(window, MESSAGE, "tcp", other_room, sizeof(other_room));

    expect_not_null(second);
    expect_true(first != second);
    MSG answers[] = {next_message(window), next_message(window)};
    bool in_order = answers[0].wParam == (UINT_PTR)first;
    expect_number(answers[0].wParam, (UINT_PTR)(in_order ? first : second));
    expect_number(answers[1].wParam, (UINT_PTR)(in_order ? second : first));
    expect_udp();
    expect_text_a(((struct protoent *)other_room)->p_name, "tcp");
}
END_TEST
COVERS(two_questions, "winsock.answers.handles");
