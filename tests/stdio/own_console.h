/* Set-up of tests whose children have consoles of their own. */
#ifndef OWN_CONSOLE_H
#define OWN_CONSOLE_H

#include "pipe/pipe.h"

#include <tlhelp32.h>

/* Ends what the system runs for the console of a process that has ended: it would go on for a time
 * of its own, and a case must leave nothing running. */
static inline void end_console(const struct peer *peer)
{
    DWORD family[32] = {peer->info.dwProcessId}, known = 1, running = 1;
    for (DWORD tries = 20; running && tries; tries--) {
        PROCESSENTRY32W process = {.dwSize = sizeof(process)};
        HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
        running = 0;
        for (BOOL more = Process32FirstW(all, &process); more; more = Process32NextW(all, &process))
            for (DWORD i = 0; i < known && known < 32; i++)
                if (process.th32ParentProcessID == family[i]) {
                    HANDLE handle =
                        OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, process.th32ProcessID);
                    TerminateProcess(handle, 0);
                    WaitForSingleObject(handle, step_limit());
                    CloseHandle(handle);
                    family[known++] = process.th32ProcessID;
                    running++;
                }
        CloseHandle(all);
    }
}

#endif
