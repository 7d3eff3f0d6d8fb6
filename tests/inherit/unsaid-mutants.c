/* Wrong behaviours, for the tests of unsaid.c: the default security descriptors of a new process.
 */
#include "inherit-mutants.h"

#include <sddl.h>

/* Every right for everybody, whatever the token says. */
static SECURITY_ATTRIBUTES *everybody(SECURITY_ATTRIBUTES *attributes)
{
    *attributes = (SECURITY_ATTRIBUTES){.nLength = sizeof(*attributes)};
    ConvertStringSecurityDescriptorToSecurityDescriptorW(L"D:(A;;GA;;;WD)", SDDL_REVISION_1,
                                                         &attributes->lpSecurityDescriptor, NULL);
    return attributes;
}

static BOOL WINAPI process_for_everybody(CREATE_PROCESS_PARAMETERS)
{
    SECURITY_ATTRIBUTES attributes;
    if (!of_process)
        of_process = everybody(&attributes);
    return CREATE_PROCESS(inherit, flags, startup);
}
MUTANT(create_process_takes_no_default_list,
       "The default list of a new process is not that of its creator's token",
       PATCH(CreateProcessW, process_for_everybody));

static BOOL WINAPI thread_for_everybody(CREATE_PROCESS_PARAMETERS)
{
    SECURITY_ATTRIBUTES attributes;
    if (!of_thread)
        of_thread = everybody(&attributes);
    return CREATE_PROCESS(inherit, flags, startup);
}
MUTANT(create_process_takes_no_default_list_for_the_thread,
       "The default list of the thread of a new process is not that of its creator's token",
       PATCH(CreateProcessW, thread_for_everybody));
