/* lookup_ex-mutants.h - lookup-mutants.h for GetAddrInfoExW. A file of mutants includes it once. */
#define INFO_PARAMETERS                                                                    \
    LPCWSTR node, LPCWSTR service, DWORD space, LPGUID provider, const ADDRINFOEXW *hints, \
        PADDRINFOEXW *found, struct timeval *time, LPOVERLAPPED operation,                 \
        LPLOOKUPSERVICE_COMPLETION_ROUTINE routine, LPHANDLE handle
#define INFO INFO_WITH(hints)
#define INFO_WITH(hints)                                                                         \
    real(GetAddrInfoExW)(node, service, space, provider, hints, found, time, operation, routine, \
                         handle)
#define INFO_TYPE ADDRINFOEXW
#include "lookup-mutants.h"
