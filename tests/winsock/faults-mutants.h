/* faults-mutants.h - what the mutants share that take memory which is not there for something else.
 */
#ifndef FAULTS_MUTANTS_H
#define FAULTS_MUTANTS_H

#include "winsock-mutants.h"

/* Memory that is neither NULL nor readable. */
static inline bool is_nowhere(const void *address)
{
    MEMORY_BASIC_INFORMATION info;
    DWORD error = GetLastError();
    bool reserved =
        address && real(VirtualQuery)(address, &info, sizeof(info)) && info.State != MEM_COMMIT;
    SetLastError(error);
    return reserved;
}

#endif
