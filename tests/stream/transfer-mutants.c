/* Wrong behaviours, for the tests of transfer.c: 64 MiB from one process to another, in order
 * and unchanged. */
#include "stream-mutants.h"

static int WINAPI takes_half(SOCKET s, const char *bytes, int size, int flags)
{
    return real(send)(s, bytes, size > 65536 && is_stream(s) ? size / 2 : size, flags);
}
MUTANT(send_takes_half_of_much, "a blocking send takes only half of what does not fit at once",
       PATCH(send, takes_half));
