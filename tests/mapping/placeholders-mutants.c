/* Wrong behaviours of VirtualFree, for the tests of placeholders.c. */
#include "mapping-mutants.h"

#ifndef MEM_COALESCE_PLACEHOLDERS
#define MEM_COALESCE_PLACEHOLDERS 0x00000001
#endif
#ifndef MEM_PRESERVE_PLACEHOLDER
#define MEM_PRESERVE_PLACEHOLDER 0x00000002
#endif

#define PARAMETERS void *address, SIZE_T size, DWORD type

static BOOL WINAPI does_not_join(PARAMETERS)
{
    if (type & MEM_COALESCE_PLACEHOLDERS && size == 2 * granularity())
        return TRUE;
    return real(VirtualFree)(address, size, type);
}
MUTANT(virtual_free_does_not_join, "VirtualFree leaves two placeholders apart that it should join",
       PATCH(VirtualFree, does_not_join));

static BOOL WINAPI joins_anything(PARAMETERS)
{
    return real(VirtualFree)(address, size, type) || (type & MEM_COALESCE_PLACEHOLDERS);
}
MUTANT(virtual_free_joins_anything,
       "VirtualFree succeeds with MEM_COALESCE_PLACEHOLDERS whatever the range is",
       PATCH(VirtualFree, joins_anything));

static BOOL WINAPI keeps_released(PARAMETERS)
{
    static bool split;
    split |= (type & MEM_PRESERVE_PLACEHOLDER) != 0;
    if (split && type == MEM_RELEASE && size == 0)
        return TRUE;
    return real(VirtualFree)(address, size, type);
}
MUTANT(virtual_free_keeps_released_placeholders,
       "VirtualFree does not give the addresses of a placeholder back",
       PATCH(VirtualFree, keeps_released));
