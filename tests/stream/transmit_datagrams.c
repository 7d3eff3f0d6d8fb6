/* TransmitPackets: datagrams made of elements, its flags, its completion, and more it refuses. */
#include "transmit.h"

/* By the page this size leaves it to TP_ELEMENT_EOP what each send holds. */
#define AS_ELEMENTS_SAY 0xFFFFFFF

static TRANSMIT_PACKETS_ELEMENT text_element(const char *text, ULONG flags)
{
    return (TRANSMIT_PACKETS_ELEMENT){.dwElFlags = TP_ELEMENT_MEMORY | flags,
                                      .cLength = (ULONG)strlen(text),
                                      .pBuffer = (void *)text};
}

static TRANSMIT_PACKETS_ELEMENT file_element(ULONG length)
{
    return (TRANSMIT_PACKETS_ELEMENT){
        .dwElFlags = TP_ELEMENT_FILE, .cLength = length, .hFile = file_with_content(0, 0)};
}

START_TEST(marked_elements_are_datagrams)
{
    winsock_start();
    SOCKET s = connected_datagram_socket();
    LPFN_TRANSMITPACKETS function = transmit_packets(s);
    TRANSMIT_PACKETS_ELEMENT elements[] = {text_element("one", TP_ELEMENT_EOP),
                                           text_element("three", TP_ELEMENT_EOP)};

    BOOL done = function(s, elements, 2, AS_ELEMENTS_SAY, NULL, 0);

    expect_succeeded(done);
    expect_datagram(s, "one");
    expect_datagram(s, "three");
}
END_TEST
COVERS(marked_elements_are_datagrams, "stream.transmitpackets.eop_separates");

START_TEST(elements_before_a_mark_are_one_datagram)
{
    winsock_start();
    SOCKET s = connected_datagram_socket();
    LPFN_TRANSMITPACKETS function = transmit_packets(s);
    TRANSMIT_PACKETS_ELEMENT elements[] = {text_element("<", 0), file_element(3),
                                           text_element(">", TP_ELEMENT_EOP),
                                           text_element("next", TP_ELEMENT_EOP)};

    BOOL done = function(s, elements, 4, AS_ELEMENTS_SAY, NULL, 0);

    expect_succeeded(done);
    expect_datagram(s, "<012>");
    expect_datagram(s, "next");
}
END_TEST
COVERS(elements_before_a_mark_are_one_datagram, "stream.transmitpackets.elements_combined");

static const struct {
    struct row row;
    DWORD flags;
} workers[] = {
    {{"default_worker", NULL}, TF_USE_DEFAULT_WORKER},
    {{"system_thread", NULL}, TF_USE_SYSTEM_THREAD},
    {{"kernel_apc", NULL}, TF_USE_KERNEL_APC},
};

START_TEST(sends_by)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LPFN_TRANSMITPACKETS function = transmit_packets(pair.client);
    TRANSMIT_PACKETS_ELEMENT elements[] = {text_element("<", 0), file_element(10)};

    BOOL done = function(pair.client, elements, 2, 0, NULL, workers[_i].flags);

    expect_succeeded(done);
    expect_receives(pair.server, "<" CONTENT, 11);
}
END_TEST
COVERS_ROWS(sends_by, workers, "stream.transmitpackets.worker_flags");

START_TEST(tells_a_completion_port)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LPFN_TRANSMITPACKETS function = transmit_packets(pair.client);
    TRANSMIT_PACKETS_ELEMENT elements[] = {text_element("head", 0), file_element(10)};
    HANDLE port = CreateIoCompletionPort((HANDLE)pair.client, NULL, 4711, 0);
    static OVERLAPPED operation;
    OVERLAPPED *told = NULL;
    DWORD count = 0;
    ULONG_PTR key = 0;
    require(port != NULL);

    BOOL done = function(pair.client, elements, 2, 0, &operation, 0);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(GetQueuedCompletionStatus(port, &count, &key, &told, step_limit()));
    expect_number(count, 14);
    expect_number(key, 4711);
    expect_pointer(told, &operation);
    expect_receives(pair.server, "head" CONTENT, 14);
}
END_TEST
COVERS(tells_a_completion_port, "stream.transmitpackets.port");

START_TEST(two_gigabytes_are_too_much)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LPFN_TRANSMITPACKETS function = transmit_packets(pair.client);
    TRANSMIT_PACKETS_ELEMENT element = file_element(0x7FFFFFFF);

    BOOL done = function(pair.client, &element, 1, 0, NULL, 0);

    expect_failed(done, WSAEINVAL);
    element.cLength = 10;
    expect_succeeded(function(pair.client, &element, 1, 0, NULL, 0));
    expect_receives(pair.server, CONTENT, 10);
}
END_TEST
COVERS(two_gigabytes_are_too_much, "stream.transmitpackets.maximum");

START_TEST(connection_was_reset)
{
    winsock_start();
    SOCKET s = reset_socket();
    LPFN_TRANSMITPACKETS function = transmit_packets(s);
    TRANSMIT_PACKETS_ELEMENT element = text_element("x", 0);

    BOOL done = function(s, &element, 1, 0, NULL, 0);

    expect_failed(done, WSAECONNRESET, WSAECONNABORTED);
}
END_TEST
COVERS(connection_was_reset, "stream.transmitpackets.reset");
