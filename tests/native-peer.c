/*
 * native-peer - the other side across an emulator's boundary: a program of the system that the
 * emulator runs on, which talks to the tests over the loopback interface.
 *
 *   native-peer PID
 *
 * Prints the port of 127.0.0.1 that it serves, goes into the background, and ends when the process
 * PID has ended. Who connects sends a line, a command; all else is between the two:
 *
 *   echo                sends back what comes, and ends when that has ended
 *   count               receives until the end, then says how much and its checksum, "N HEX\n"
 *   send N              sends the first N bytes of the pattern, and ends
 *   reset               closes hard
 *   urgent C            sends the byte C urgently, and goes on until the end
 *   connect PORT        connects to PORT of 127.0.0.1 and sends "native" to it
 *   datagrams           says the port of a datagram socket, "N\n", which sends datagrams back to
 *                       where they came from until this connection has ended
 *   datagram PORT SIZE  sends SIZE bytes of the pattern as one datagram to PORT, and ends
 *
 * It is no part of the Windows program: POSIX, C11, the compiler of the build machine.
 */
#define _POSIX_C_SOURCE 200809L

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LONGEST = 120 }; /* seconds that a command may take: what is forgotten ends */

static char room[1 << 17];

/* Byte number INDEX of pattern_fill in harness/case/support.c. */
static char pattern_byte(uint64_t index)
{
    uint32_t word = (uint32_t)(index / 4) * 2654435761u;
    return (char)((word ^ word >> 15) >> 8 * (index % 4));
}

static size_t pattern(size_t size, uint64_t offset)
{
    if (size > sizeof(room))
        size = sizeof(room);
    for (size_t i = 0; i < size; i++)
        room[i] = pattern_byte(offset + i);
    return size;
}

static struct sockaddr_in loopback(unsigned port)
{
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return name;
}

static int bound(int type)
{
    struct sockaddr_in name = loopback(0);
    int s = socket(AF_INET, type, 0);
    if (s < 0 || bind(s, (struct sockaddr *)&name, sizeof(name)) != 0)
        exit(1);
    return s;
}

static unsigned port_of(int s)
{
    struct sockaddr_in name = {0};
    socklen_t length = sizeof(name);
    if (getsockname(s, (struct sockaddr *)&name, &length) != 0)
        exit(1);
    return ntohs(name.sin_port);
}

static void send_all(int s, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(s, bytes, size, 0);
        if (sent <= 0)
            exit(1);
        bytes += sent;
        size -= (size_t)sent;
    }
}

static void say(int s, const char *text)
{
    send_all(s, text, strlen(text));
}

static void wait_for_end(int s)
{
    while (recv(s, room, sizeof(room), 0) > 0)
        ;
}

static void echo(int s)
{
    for (ssize_t got; (got = recv(s, room, sizeof(room), 0)) > 0;)
        send_all(s, room, (size_t)got);
}

/* FNV-1a of 64 bits, as checksum() of the tests. */
static void count(int s)
{
    uint64_t total = 0, sum = 0xcbf29ce484222325u;
    for (ssize_t got; (got = recv(s, room, sizeof(room), 0)) != 0; total += (uint64_t)got) {
        if (got < 0)
            exit(1);
        for (ssize_t i = 0; i < got; i++)
            sum = (sum ^ (uint8_t)room[i]) * 0x100000001b3u;
    }
    snprintf(room, sizeof(room), "%" PRIu64 " %016" PRIx64 "\n", total, sum);
    say(s, room);
}

static void send_pattern(int s, uint64_t size)
{
    for (uint64_t done = 0; done < size;) {
        size_t part = pattern((size_t)(size - done), done);
        send_all(s, room, part);
        done += part;
    }
}

static void reset(int s)
{
    struct linger hard = {.l_onoff = 1, .l_linger = 0};
    setsockopt(s, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
    close(s);
    exit(0);
}

static void connect_back(unsigned port)
{
    struct sockaddr_in name = loopback(port);
    int s = bound(SOCK_STREAM);
    if (connect(s, (struct sockaddr *)&name, sizeof(name)) != 0)
        exit(1);
    say(s, "native");
    wait_for_end(s);
}

static void datagrams(int control)
{
    int s = bound(SOCK_DGRAM);
    struct pollfd both[] = {{.fd = control, .events = POLLIN}, {.fd = s, .events = POLLIN}};
    snprintf(room, sizeof(room), "%u\n", port_of(s));
    say(control, room);
    while (poll(both, 2, -1) > 0 && !both[0].revents) {
        struct sockaddr_in from;
        socklen_t length = sizeof(from);
        ssize_t got = recvfrom(s, room, sizeof(room), 0, (struct sockaddr *)&from, &length);
        if (got >= 0)
            sendto(s, room, (size_t)got, 0, (struct sockaddr *)&from, length);
    }
    close(s); /* before the connection is: whoever sees that end knows */
}

static void datagram(unsigned port, size_t size)
{
    struct sockaddr_in name = loopback(port);
    size = pattern(size, 0);
    sendto(bound(SOCK_DGRAM), room, size, 0, (struct sockaddr *)&name, sizeof(name));
}

/* The line is read a byte at a time: what follows it is the command's. */
static void serve(int s)
{
    char line[80], word[16];
    size_t length = 0;
    unsigned long long first = 0, second = 0;
    while (length < sizeof(line) - 1 && recv(s, &line[length], 1, 0) == 1 && line[length] != '\n')
        length++;
    line[length] = 0;
    if (sscanf(line, "urgent %c", word) == 1) {
        send(s, word, 1, MSG_OOB);
        wait_for_end(s);
        return;
    }
    if (sscanf(line, "%15s %llu %llu", word, &first, &second) < 1)
        return;
    if (!strcmp(word, "echo"))
        echo(s);
    else if (!strcmp(word, "count"))
        count(s);
    else if (!strcmp(word, "send"))
        send_pattern(s, first);
    else if (!strcmp(word, "reset"))
        reset(s);
    else if (!strcmp(word, "connect"))
        connect_back((unsigned)first);
    else if (!strcmp(word, "datagrams"))
        datagrams(s);
    else if (!strcmp(word, "datagram"))
        datagram((unsigned)first, (size_t)second);
}

int main(int argc, char **argv)
{
    pid_t master = argc == 2 ? (pid_t)atoi(argv[1]) : 0;
    if (master <= 0) {
        fputs("usage: native-peer PID\n", stderr);
        return 2;
    }
    int listener = bound(SOCK_STREAM);
    if (listen(listener, SOMAXCONN) != 0)
        return 1;
    printf("%u\n", port_of(listener));
    if (fflush(stdout) != 0)
        return 1;
    pid_t child = fork();
    if (child != 0)
        return child < 0;

    /* Whoever reads the output of whoever started this is not to wait for this process. */
    for (int fd = 0; fd < 256; fd++)
        if (fd != listener)
            close(fd);
    open("/dev/null", O_RDWR); /* descriptors 0 to 2 are no sockets */
    if (dup(0) < 0 || dup(0) < 0)
        return 1;
    setsid();
    signal(SIGCHLD, SIG_IGN); /* which leaves no zombies */
    signal(SIGPIPE, SIG_IGN);
    struct pollfd wanted = {.fd = listener, .events = POLLIN};
    while (kill(master, 0) == 0 || errno == EPERM) {
        if (poll(&wanted, 1, 250) <= 0)
            continue;
        int s = accept(listener, NULL, NULL);
        if (s >= 0 && fork() == 0) {
            close(listener);
            alarm(LONGEST);
            serve(s);
            return 0;
        }
        if (s >= 0)
            close(s);
    }
    return 0;
}
