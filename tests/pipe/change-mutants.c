/* Wrong behaviours, for the tests of change.c: the right to change the list of an anonymous pipe.
 */
#include "pipe-mutants.h"

#include <stdio.h>

/* An anonymous pipe whose handles have WRITE_DAC, too. */
static BOOL WINAPI with_write_dac(PHANDLE read_end, PHANDLE write_end,
                                  LPSECURITY_ATTRIBUTES attributes, DWORD size)
{
    static LONG count;
    WCHAR name[80];
    DWORD error = GetLastError();
    swprintf(name, 80, L"\\\\.\\pipe\\mutant-%lx-%lx", GetCurrentProcessId(),
             InterlockedIncrement(&count));
    *read_end = real(CreateNamedPipeW)(name, PIPE_ACCESS_INBOUND | WRITE_DAC, 0, 1, size, size, 0,
                                       attributes);
    *write_end = real(CreateFileW)(name, GENERIC_WRITE | FILE_READ_ATTRIBUTES | WRITE_DAC, 0,
                                   attributes, OPEN_EXISTING, 0, NULL);
    SetLastError(error);
    return *write_end != INVALID_HANDLE_VALUE;
}
MUTANT(create_pipe_gives_write_dac, "The handles of an anonymous pipe have WRITE_DAC",
       PATCH(CreatePipe, with_write_dac));
