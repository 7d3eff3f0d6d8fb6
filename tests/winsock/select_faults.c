/* select and WSAPoll with sets, times and arrays that are not part of the address space. */
#include "winsock.h"

enum { READS, WRITES, EXCEPTS, TIME };

static const struct {
    struct row row;
    int which;
} faults[] = {
    {{"reads", "winsock.select.fault_reads"}, READS},
    {{"writes", "winsock.select.fault_writes"}, WRITES},
    {{"exceptions", "winsock.select.fault_excepts"}, EXCEPTS},
    {{"time", "winsock.select.fault_time"}, TIME},
};

START_TEST(select_of)
{
    winsock_start();
    fd_set one = {.fd_count = 1, .fd_array = {socket_bound(SOCK_DGRAM)}};
    TIMEVAL none = {0, 0};
    void *sets[] = {&one, NULL, NULL, &none};
    sets[faults[_i].which] = memory_nowhere();

    int count = select(0, sets[READS], sets[WRITES], sets[EXCEPTS], sets[TIME]);

    expect_socket_failed(count, WSAEFAULT);
}
END_TEST
COVERS_ROWS(select_of, faults);

START_TEST(poll_of_an_array)
{
    winsock_start();
    WSAPOLLFD *array = memory_nowhere();

    int count = WSAPoll(array, 1, 0);

    expect_socket_failed(count, WSAEFAULT);
    WSAPOLLFD element = {.fd = socket_bound(SOCK_DGRAM), .events = POLLWRNORM};
    expect_socket_succeeded(WSAPoll(&element, 1, 0));
}
END_TEST
COVERS(poll_of_an_array, "winsock.poll.fault");
