/* Which version WSAStartup agrees on, and how it says that it cannot. */
#include "winsock.h"

static const struct {
    struct row row;
    WORD requested, agreed;
} versions[] = {
    {{"asks_1_0", "stream.startup.negotiate_exact_1_0"}, MAKEWORD(1, 0), MAKEWORD(1, 0)},
    {{"asks_1_1", "stream.startup.negotiate_exact_1_1"}, MAKEWORD(1, 1), MAKEWORD(1, 1)},
    {{"asks_2_0", "stream.startup.negotiate_exact_2_0"}, MAKEWORD(2, 0), MAKEWORD(2, 0)},
    {{"asks_2_1", "stream.startup.negotiate_exact_2_1"}, MAKEWORD(2, 1), MAKEWORD(2, 1)},
    {{"asks_2_2", "stream.startup.negotiate_exact_2_2"}, MAKEWORD(2, 2), MAKEWORD(2, 2)},
    {{"asks_2_3", "stream.startup.negotiate_higher_caps_2_2"}, MAKEWORD(2, 3), MAKEWORD(2, 2)},
    {{"asks_3_0", "stream.startup.negotiate_higher_caps_2_2"}, MAKEWORD(3, 0), MAKEWORD(2, 2)},
};

START_TEST(version_agreed)
{
    WSADATA data = {.wVersion = 0xffff, .wHighVersion = 0xffff};

    int error = WSAStartup(versions[_i].requested, &data);

    expect_error(error, 0);
    expect_number(data.wVersion, versions[_i].agreed);
    expect_number(data.wHighVersion, MAKEWORD(2, 2));
}
END_TEST
COVERS_ROWS(version_agreed, versions, "stream.startup.success_zero",
            "stream.startup.version_byte_order", "stream.startup.whighversion_constant");

START_TEST(version_below_1_0_not_supported)
{
    WSADATA data;

    int error = WSAStartup(MAKEWORD(0, 9), &data);

    DWORD stored = GetLastError();
    expect_error(error, WSAVERNOTSUPPORTED);
    expect_socket_failed(socket(AF_INET, SOCK_STREAM, 0), WSANOTINITIALISED);
    record("last error of the failed WSAStartup", "%#lx", stored);
}
END_TEST
COVERS(version_below_1_0_not_supported, "stream.startup.below_range_vernotsupported",
       "stream.startup.error_in_return_value", "stream.startup.failed_call_not_counted");

START_TEST(no_data_is_a_fault)
{
    int error = WSAStartup(MAKEWORD(2, 2), NULL);

    expect_error(error, WSAEFAULT);
    expect_socket_failed(socket(AF_INET, SOCK_STREAM, 0), WSANOTINITIALISED);
}
END_TEST
COVERS(no_data_is_a_fault, "stream.startup.null_efault", "stream.startup.error_in_return_value",
       "stream.startup.failed_call_not_counted");

START_TEST(data_must_be_in_memory)
{
    WSADATA *nowhere = memory_nowhere();

    int error = WSAStartup(MAKEWORD(2, 2), nowhere);

    expect_error(error, WSAEFAULT);
}
END_TEST
COVERS(data_must_be_in_memory, "stream.startup.bad_pointer_efault");

START_TEST(second_call_may_ask_for_another_version)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSADATA data = {.wVersion = 0xffff};

    int error = WSAStartup(MAKEWORD(1, 1), &data);

    expect_error(error, 0);
    expect_number(data.wVersion, MAKEWORD(1, 1));
    send_all(pair.client, "still", 5);
    expect_receives(pair.server, "still", 5);
}
END_TEST
COVERS(second_call_may_ask_for_another_version, "stream.startup.repeat_different_version");
