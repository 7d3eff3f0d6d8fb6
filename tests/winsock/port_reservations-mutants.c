/* Wrong behaviours, for the tests of port_reservations.c. */
#include "ioctl-mutants.h"

static int WINAPI one_less(IOCTL_PARAMETERS)
{
    INET_PORT_RANGE less;
    if (code != SIO_ACQUIRE_PORT_RESERVATION || !in || ((INET_PORT_RANGE *)in)->NumberOfPorts < 8)
        return IOCTL;
    less = *(INET_PORT_RANGE *)in;
    less.NumberOfPorts--;
    return real(WSAIoctl)(s, code, &less, in_size, out, out_size, size, overlapped, routine);
}
MUTANT(reservations_are_one_port_short, "SIO_ACQUIRE_PORT_RESERVATION reserves one port less",
       PATCH(WSAIoctl, one_less));

IOCTL_FAILS(short_room, SIO_ACQUIRE_PORT_RESERVATION, true, WSAEINVAL, WSAEFAULT)
MUTANT(short_reservation_is_a_fault,
       "SIO_ACQUIRE_PORT_RESERVATION with too little room fails with WSAEFAULT",
       PATCH(WSAIoctl, short_room));

/* An association that changes nothing. */
static int WINAPI forgets(IOCTL_PARAMETERS)
{
    return code == SIO_ASSOCIATE_PORT_RESERVATION ? 0 : IOCTL;
}
MUTANT(associated_sockets_get_other_ports, "SIO_ASSOCIATE_PORT_RESERVATION changes nothing",
       PATCH(WSAIoctl, forgets));

static SOCKET associated[4];

static bool is_associated(SOCKET s)
{
    for (unsigned i = 0; i < 4; i++) {
        if (associated[i] && associated[i] == s)
            return true;
    }
    return false;
}

static int WINAPI notes_associated(IOCTL_PARAMETERS)
{
    static unsigned count;
    int result = IOCTL;
    if (result == 0 && code == SIO_ASSOCIATE_PORT_RESERVATION)
        associated[count++ % 4] = s;
    return result;
}

static int WINAPI binds_always(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(bind)(s, name, length);
    return is_associated(s) ? 0 : result;
}
MUTANT(exhausted_reservations_give_other_ports, "bind succeeds when no reserved port is left",
       PATCH(WSAIoctl, notes_associated), PATCH(bind, binds_always));

static int WINAPI never_releases(IOCTL_PARAMETERS)
{
    return code == SIO_RELEASE_PORT_RESERVATION ? 0 : IOCTL;
}
MUTANT(released_reservations_stay, "SIO_RELEASE_PORT_RESERVATION changes nothing",
       PATCH(WSAIoctl, never_releases));

static SOCKET holder;

static int WINAPI notes_holder(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == SIO_ACQUIRE_PORT_RESERVATION)
        holder = s;
    return result;
}

static int WINAPI keeps_holder(SOCKET s)
{
    return holder && s == holder ? 0 : real(closesocket)(s);
}
MUTANT(reservations_outlive_their_socket, "A reservation stays when its socket is closed",
       PATCH(WSAIoctl, notes_holder), PATCH(closesocket, keeps_holder));

/* A token that this process has not acquired is taken for one that works. */
static int WINAPI takes_any_token(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    return !holder && code == SIO_ASSOCIATE_PORT_RESERVATION ? 0 : result;
}

static int WINAPI of_all_processes(IOCTL_PARAMETERS)
{
    return code == SIO_ACQUIRE_PORT_RESERVATION
               ? notes_holder(s, code, in, in_size, out, out_size, size, overlapped, routine)
               : takes_any_token(s, code, in, in_size, out, out_size, size, overlapped, routine);
}
MUTANT(other_processes_use_reservations, "Every process can use a reservation",
       PATCH(WSAIoctl, of_all_processes));
