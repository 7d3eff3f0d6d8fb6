/* Names for numbers. */
#include "cts.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
#define N(name) {(DWORD)(name), #name}
/* clang-format on */

static const struct flag_name ERROR_NAMES[] = {N(ERROR_SUCCESS),
                                               N(ERROR_INVALID_FUNCTION),
                                               N(ERROR_FILE_NOT_FOUND),
                                               N(ERROR_PATH_NOT_FOUND),
                                               N(ERROR_TOO_MANY_OPEN_FILES),
                                               N(ERROR_ACCESS_DENIED),
                                               N(ERROR_INVALID_HANDLE),
                                               N(ERROR_NOT_ENOUGH_MEMORY),
                                               N(ERROR_BAD_FORMAT),
                                               N(ERROR_INVALID_ACCESS),
                                               N(ERROR_INVALID_DATA),
                                               N(ERROR_OUTOFMEMORY),
                                               N(ERROR_NOT_SAME_DEVICE),
                                               N(ERROR_WRITE_PROTECT),
                                               N(ERROR_NOT_READY),
                                               N(ERROR_BAD_COMMAND),
                                               N(ERROR_BAD_LENGTH),
                                               N(ERROR_SEEK),
                                               N(ERROR_WRITE_FAULT),
                                               N(ERROR_READ_FAULT),
                                               N(ERROR_GEN_FAILURE),
                                               N(ERROR_SHARING_VIOLATION),
                                               N(ERROR_LOCK_VIOLATION),
                                               N(ERROR_HANDLE_EOF),
                                               N(ERROR_HANDLE_DISK_FULL),
                                               N(ERROR_NOT_SUPPORTED),
                                               N(ERROR_BAD_NETPATH),
                                               N(ERROR_BAD_NET_NAME),
                                               N(ERROR_FILE_EXISTS),
                                               N(ERROR_INVALID_PASSWORD),
                                               N(ERROR_INVALID_PARAMETER),
                                               N(ERROR_BROKEN_PIPE),
                                               N(ERROR_OPEN_FAILED),
                                               N(ERROR_BUFFER_OVERFLOW),
                                               N(ERROR_DISK_FULL),
                                               N(ERROR_INVALID_TARGET_HANDLE),
                                               N(ERROR_CALL_NOT_IMPLEMENTED),
                                               N(ERROR_SEM_TIMEOUT),
                                               N(ERROR_INSUFFICIENT_BUFFER),
                                               N(ERROR_INVALID_NAME),
                                               N(ERROR_INVALID_LEVEL),
                                               N(ERROR_MOD_NOT_FOUND),
                                               N(ERROR_PROC_NOT_FOUND),
                                               N(ERROR_WAIT_NO_CHILDREN),
                                               N(ERROR_NEGATIVE_SEEK),
                                               N(ERROR_DIR_NOT_EMPTY),
                                               N(ERROR_NOT_LOCKED),
                                               N(ERROR_BAD_PATHNAME),
                                               N(ERROR_LOCK_FAILED),
                                               N(ERROR_BUSY),
                                               N(ERROR_INVALID_ORDINAL),
                                               N(ERROR_ALREADY_EXISTS),
                                               N(ERROR_INVALID_FLAG_NUMBER),
                                               N(ERROR_SEM_NOT_FOUND),
                                               N(ERROR_BAD_EXE_FORMAT),
                                               N(ERROR_FILENAME_EXCED_RANGE),
                                               N(ERROR_LOCKED),
                                               N(ERROR_BAD_PIPE),
                                               N(ERROR_PIPE_BUSY),
                                               N(ERROR_NO_DATA),
                                               N(ERROR_PIPE_NOT_CONNECTED),
                                               N(ERROR_MORE_DATA),
                                               N(WAIT_TIMEOUT),
                                               N(ERROR_NO_MORE_ITEMS),
                                               N(ERROR_DIRECTORY),
                                               N(ERROR_NOT_OWNER),
                                               N(ERROR_PARTIAL_COPY),
                                               N(ERROR_INVALID_ADDRESS),
                                               N(ERROR_PIPE_CONNECTED),
                                               N(ERROR_PIPE_LISTENING),
                                               N(ERROR_ABANDONED_WAIT_0),
                                               N(ERROR_OPERATION_ABORTED),
                                               N(ERROR_IO_INCOMPLETE),
                                               N(ERROR_IO_PENDING),
                                               N(ERROR_NOACCESS),
                                               N(ERROR_SWAPERROR),
                                               N(ERROR_STACK_OVERFLOW),
                                               N(ERROR_FILE_INVALID),
                                               N(ERROR_INVALID_FLAGS),
                                               N(ERROR_NO_TOKEN),
                                               N(ERROR_USER_MAPPED_FILE),
                                               N(ERROR_MAPPED_ALIGNMENT),
                                               N(ERROR_COMMITMENT_LIMIT),
                                               N(ERROR_PRIVILEGE_NOT_HELD),
                                               N(ERROR_NONE_MAPPED),
                                               N(ERROR_CANNOT_IMPERSONATE),
                                               N(ERROR_INVALID_SECURITY_DESCR),
                                               N(ERROR_BAD_IMPERSONATION_LEVEL),
                                               N(ERROR_NO_SYSTEM_RESOURCES),
                                               N(ERROR_NONPAGED_SYSTEM_RESOURCES),
                                               N(ERROR_PAGED_SYSTEM_RESOURCES),
                                               N(ERROR_WORKING_SET_QUOTA),
                                               N(ERROR_PAGEFILE_QUOTA),
                                               N(ERROR_TIMEOUT),
                                               N(ERROR_INVALID_USER_BUFFER),
                                               N(ERROR_NOT_FOUND),
                                               N(ERROR_NOT_SAME_OBJECT),
                                               N(ERROR_OBJECT_NAME_EXISTS),
                                               N(ERROR_CONNECTION_REFUSED),
                                               N(ERROR_CONNECTION_ABORTED),
                                               N(ERROR_NETNAME_DELETED),
                                               N(ERROR_PORT_UNREACHABLE),
                                               N(ERROR_DELETE_PENDING),
                                               N(ERROR_CANT_ACCESS_FILE),
                                               N(ERROR_INVALID_OPERATION),
                                               N(ERROR_INTERNAL_ERROR),
                                               N(WSAEINTR),
                                               N(WSAEBADF),
                                               N(WSAEACCES),
                                               N(WSAEFAULT),
                                               N(WSAEINVAL),
                                               N(WSAEMFILE),
                                               N(WSAEWOULDBLOCK),
                                               N(WSAEINPROGRESS),
                                               N(WSAEALREADY),
                                               N(WSAENOTSOCK),
                                               N(WSAEDESTADDRREQ),
                                               N(WSAEMSGSIZE),
                                               N(WSAEPROTOTYPE),
                                               N(WSAENOPROTOOPT),
                                               N(WSAEPROTONOSUPPORT),
                                               N(WSAESOCKTNOSUPPORT),
                                               N(WSAEOPNOTSUPP),
                                               N(WSAEPFNOSUPPORT),
                                               N(WSAEAFNOSUPPORT),
                                               N(WSAEADDRINUSE),
                                               N(WSAEADDRNOTAVAIL),
                                               N(WSAENETDOWN),
                                               N(WSAENETUNREACH),
                                               N(WSAENETRESET),
                                               N(WSAECONNABORTED),
                                               N(WSAECONNRESET),
                                               N(WSAENOBUFS),
                                               N(WSAEISCONN),
                                               N(WSAENOTCONN),
                                               N(WSAESHUTDOWN),
                                               N(WSAETOOMANYREFS),
                                               N(WSAETIMEDOUT),
                                               N(WSAECONNREFUSED),
                                               N(WSAELOOP),
                                               N(WSAENAMETOOLONG),
                                               N(WSAEHOSTDOWN),
                                               N(WSAEHOSTUNREACH),
                                               N(WSAENOTEMPTY),
                                               N(WSAEPROCLIM),
                                               N(WSASYSNOTREADY),
                                               N(WSAVERNOTSUPPORTED),
                                               N(WSANOTINITIALISED),
                                               N(WSAEDISCON),
                                               N(WSAENOMORE),
                                               N(WSAECANCELLED),
                                               N(WSAEINVALIDPROCTABLE),
                                               N(WSAEINVALIDPROVIDER),
                                               N(WSAEPROVIDERFAILEDINIT),
                                               N(WSASYSCALLFAILURE),
                                               N(WSASERVICE_NOT_FOUND),
                                               N(WSATYPE_NOT_FOUND),
                                               N(WSA_E_NO_MORE),
                                               N(WSA_E_CANCELLED),
                                               N(WSAEREFUSED),
                                               N(WSAHOST_NOT_FOUND),
                                               N(WSATRY_AGAIN),
                                               N(WSANO_RECOVERY),
                                               N(WSANO_DATA),
                                               {0, NULL}};

static const struct flag_name EXCEPTION_NAMES[] = {N(EXCEPTION_ACCESS_VIOLATION),
                                                   N(EXCEPTION_GUARD_PAGE),
                                                   N(EXCEPTION_IN_PAGE_ERROR),
                                                   N(EXCEPTION_DATATYPE_MISALIGNMENT),
                                                   N(EXCEPTION_BREAKPOINT),
                                                   N(EXCEPTION_SINGLE_STEP),
                                                   N(EXCEPTION_ARRAY_BOUNDS_EXCEEDED),
                                                   N(EXCEPTION_FLT_DIVIDE_BY_ZERO),
                                                   N(EXCEPTION_INT_DIVIDE_BY_ZERO),
                                                   N(EXCEPTION_INT_OVERFLOW),
                                                   N(EXCEPTION_PRIV_INSTRUCTION),
                                                   N(EXCEPTION_ILLEGAL_INSTRUCTION),
                                                   N(EXCEPTION_NONCONTINUABLE_EXCEPTION),
                                                   N(EXCEPTION_STACK_OVERFLOW),
                                                   N(EXCEPTION_INVALID_HANDLE),
                                                   N(CONTROL_C_EXIT),
                                                   {0, NULL}};

const struct flag_name PAGE_NAMES[] = {N(PAGE_NOACCESS),
                                       N(PAGE_READONLY),
                                       N(PAGE_READWRITE),
                                       N(PAGE_WRITECOPY),
                                       N(PAGE_EXECUTE),
                                       N(PAGE_EXECUTE_READ),
                                       N(PAGE_EXECUTE_READWRITE),
                                       N(PAGE_EXECUTE_WRITECOPY),
                                       N(PAGE_GUARD),
                                       N(PAGE_NOCACHE),
                                       N(PAGE_WRITECOMBINE),
                                       N(SEC_FILE),
                                       N(SEC_IMAGE_NO_EXECUTE),
                                       N(SEC_IMAGE),
                                       N(SEC_RESERVE),
                                       N(SEC_COMMIT),
                                       N(SEC_NOCACHE),
                                       N(SEC_WRITECOMBINE),
                                       N(SEC_LARGE_PAGES),
                                       {0, NULL}};

const struct flag_name FILE_MAP_NAMES[] = {
    N(FILE_MAP_ALL_ACCESS), N(FILE_MAP_COPY),        N(FILE_MAP_WRITE),           N(FILE_MAP_READ),
    N(FILE_MAP_EXECUTE),    N(FILE_MAP_LARGE_PAGES), N(FILE_MAP_TARGETS_INVALID), {0, NULL}};

const struct flag_name MEM_NAMES[] = {
    N(MEM_COMMIT),   N(MEM_RESERVE),     N(MEM_DECOMMIT), N(MEM_RELEASE),  N(MEM_FREE),
    N(MEM_PRIVATE),  N(MEM_MAPPED),      N(MEM_RESET),    N(MEM_TOP_DOWN), N(MEM_WRITE_WATCH),
    N(MEM_PHYSICAL), N(MEM_LARGE_PAGES), N(MEM_IMAGE),    {0, NULL}};

const struct flag_name ACCESS_NAMES[] = {
    N(GENERIC_READ), N(GENERIC_WRITE),          N(GENERIC_EXECUTE), N(GENERIC_ALL),
    N(DELETE),       N(READ_CONTROL),           N(WRITE_DAC),       N(WRITE_OWNER),
    N(SYNCHRONIZE),  N(ACCESS_SYSTEM_SECURITY), {0, NULL}};

const struct flag_name SHARE_NAMES[] = {
    N(FILE_SHARE_READ), N(FILE_SHARE_WRITE), N(FILE_SHARE_DELETE), {0, NULL}};

const struct flag_name FILE_FLAG_NAMES[] = {
    N(FILE_FLAG_WRITE_THROUGH),    N(FILE_FLAG_OVERLAPPED),
    N(FILE_FLAG_NO_BUFFERING),     N(FILE_FLAG_RANDOM_ACCESS),
    N(FILE_FLAG_SEQUENTIAL_SCAN),  N(FILE_FLAG_DELETE_ON_CLOSE),
    N(FILE_FLAG_BACKUP_SEMANTICS), N(FILE_FLAG_FIRST_PIPE_INSTANCE),
    N(SECURITY_SQOS_PRESENT),      N(SECURITY_IDENTIFICATION),
    N(SECURITY_IMPERSONATION),     N(FILE_ATTRIBUTE_NORMAL),
    N(FILE_ATTRIBUTE_READONLY),    N(FILE_ATTRIBUTE_HIDDEN),
    N(FILE_ATTRIBUTE_TEMPORARY),   {0, NULL}};

const struct flag_name FILE_TYPE_NAMES[] = {
    N(FILE_TYPE_DISK), N(FILE_TYPE_CHAR), N(FILE_TYPE_PIPE), N(FILE_TYPE_REMOTE), {0, NULL}};

const struct flag_name DUPLICATE_NAMES[] = {
    N(DUPLICATE_CLOSE_SOURCE), N(DUPLICATE_SAME_ACCESS), {0, NULL}};

const struct flag_name HANDLE_FLAG_NAMES[] = {
    N(HANDLE_FLAG_INHERIT), N(HANDLE_FLAG_PROTECT_FROM_CLOSE), {0, NULL}};

const struct flag_name CREATE_PROCESS_NAMES[] = {
    N(CREATE_SUSPENDED),          N(DETACHED_PROCESS),           N(CREATE_NEW_CONSOLE),
    N(CREATE_NEW_PROCESS_GROUP),  N(CREATE_UNICODE_ENVIRONMENT), N(EXTENDED_STARTUPINFO_PRESENT),
    N(CREATE_BREAKAWAY_FROM_JOB), N(CREATE_NO_WINDOW),           {0, NULL}};

/* The values of zero (PIPE_TYPE_BYTE, PIPE_READMODE_BYTE, PIPE_WAIT) print as "0". */
const struct flag_name PIPE_OPEN_NAMES[] = {N(PIPE_ACCESS_DUPLEX),
                                            N(PIPE_ACCESS_INBOUND),
                                            N(PIPE_ACCESS_OUTBOUND),
                                            N(FILE_FLAG_FIRST_PIPE_INSTANCE),
                                            N(FILE_FLAG_WRITE_THROUGH),
                                            N(FILE_FLAG_OVERLAPPED),
                                            N(WRITE_DAC),
                                            N(WRITE_OWNER),
                                            N(ACCESS_SYSTEM_SECURITY),
                                            {0, NULL}};

const struct flag_name PIPE_MODE_NAMES[] = {N(PIPE_NOWAIT),
                                            N(PIPE_READMODE_MESSAGE),
                                            N(PIPE_TYPE_MESSAGE),
                                            N(PIPE_REJECT_REMOTE_CLIENTS),
                                            {0, NULL}};

const struct flag_name PIPE_INFO_NAMES[] = {N(PIPE_SERVER_END), N(PIPE_TYPE_MESSAGE), {0, NULL}};

const struct flag_name MSG_NAMES[] = {N(MSG_OOB),     N(MSG_PEEK),    N(MSG_DONTROUTE),
                                      N(MSG_WAITALL), N(MSG_PARTIAL), {0, NULL}};

const struct flag_name WSA_FLAG_NAMES[] = {N(WSA_FLAG_OVERLAPPED),
                                           N(WSA_FLAG_MULTIPOINT_C_ROOT),
                                           N(WSA_FLAG_MULTIPOINT_D_ROOT),
                                           {0x80, "WSA_FLAG_NO_HANDLE_INHERIT"},
                                           {0, NULL}};

static const char *find(DWORD value, const struct flag_name *set)
{
    for (; set->name; set++)
        if (set->value == value)
            return set->name;
    return NULL;
}

char *error_text(DWORD error, char *buffer, size_t size)
{
    const char *name = find(error, ERROR_NAMES);
    if (error == LAST_ERROR_UNSET)
        snprintf(buffer, size, "(not set)");
    else if (name)
        snprintf(buffer, size, "%s (%lu)", name, error);
    else
        snprintf(buffer, size, "error %lu", error);
    return buffer;
}

char *exception_text(DWORD code, char *buffer, size_t size)
{
    const char *name = find(code, EXCEPTION_NAMES);
    snprintf(buffer, size, "%s (0x%08lX)", name ? name : "exception", code);
    return buffer;
}

char *flags_text(DWORD flags, const struct flag_name *set, char *buffer, size_t size)
{
    const char *whole = find(flags, set); /* FILE_TYPE_PIPE is no DISK | CHAR */
    size_t used = 0;
    snprintf(buffer, size, "%s", whole ? whole : "");
    if (whole)
        return buffer;
    for (; set->name && used < size; set++) {
        if (set->value == 0 || (flags & set->value) != set->value)
            continue;
        used += (size_t)snprintf(buffer + used, size - used, "%s%s", used ? " | " : "", set->name);
        flags &= ~set->value;
    }
    if ((flags || used == 0) && used < size)
        snprintf(buffer + used, size - used, flags ? "%s0x%lX" : "%s%lu", used ? " | " : "", flags);
    return buffer;
}
