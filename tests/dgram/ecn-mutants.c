/* Wrong behaviours, for the tests of ecn.c. */
#include "control-mutants.h"

#include "../winsock/option-mutants.h"

enum { ECN = 50 };

static int *codepoint_of(LPWSAMSG message)
{
    int *codepoint = control_of(message, IPPROTO_IP, ECN);
    return codepoint ? codepoint : control_of(message, IPPROTO_IPV6, ECN);
}

static INT WSAAPI marks_nothing(SEND_PARAMETERS)
{
    const int *codepoint = codepoint_of(message);
    if (!codepoint || *codepoint == 3)
        return SEND;
    WSAMSG bare = without_control(message);
    message = &bare;
    return SEND;
}

SENDS(send_1, marks_nothing)

MUTANT(wsasendmsg_marks_nothing, "WSASendMsg ignores IP_ECN and IPV6_ECN", PATCH(WSAIoctl, send_1));

static INT WSAAPI sends_congestion(SEND_PARAMETERS)
{
    const int *codepoint = codepoint_of(message);
    if (!codepoint || *codepoint != 3)
        return SEND;
    WSAMSG bare = without_control(message);
    message = &bare;
    return SEND;
}

SENDS(send_2, sends_congestion)

MUTANT(wsasendmsg_sends_congestion, "WSASendMsg with the codepoint CE succeeds",
       PATCH(WSAIoctl, send_2));

SET_SUCCEEDS(no_codepoint, option == OPT_RECVECN && is_dual(s))
MUTANT(dual_stack_is_told_no_codepoint,
       "IP_RECVECN and IPV6_RECVECN of a dual-stack socket change nothing",
       PATCH(setsockopt, set_no_codepoint));
