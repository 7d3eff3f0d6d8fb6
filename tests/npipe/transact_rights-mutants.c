/* Wrong behaviours, for the tests of transact_rights.c: transactions by handles of one direction.
 */
#include "npipe-mutants.h"

static BOOL WINAPI sends_all_the_same(TRANSACT_PARAMETERS)
{
    DWORD written = 0;
    BOOL transacted = TRANSACT;
    DWORD error = GetLastError();
    if (transacted || error != ERROR_ACCESS_DENIED)
        return transacted;
    if (real(WriteFile)(pipe, request, size, &written, NULL))
        return fail_with(error);
    *count = 0;
    return TRUE;
}
MUTANT(npipe_transact_by_half_a_client,
       "TransactNamedPipe does what a handle for one direction allows",
       PATCH(TransactNamedPipe, sends_all_the_same));
