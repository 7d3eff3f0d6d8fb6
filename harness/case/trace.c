/* The API trace of one process. */
#include "case/trace.h"
#include "case/process.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Past this the names of functions are still written, once each call, without arguments. */
#define TRACE_LIMIT (256 * 1024)

static HANDLE file = INVALID_HANDLE_VALUE;
static LONG calls;

/* Every line has a place of its own: two threads that append at once overwrite each other where
 * an implementation looks for the end and writes in two steps, and a lock would stay taken when a
 * test ends a thread. */
static LONG written_bytes;

void trace_close(void)
{
    if (file != INVALID_HANDLE_VALUE)
        real(CloseHandle)(file);
    file = INVALID_HANDLE_VALUE;
}

bool trace_open(const WCHAR *path)
{
    calls = written_bytes = 0;
    file = real(CreateFileW)(path, GENERIC_WRITE, FILE_SHARE_READ, NULL, CREATE_NEW,
                             FILE_ATTRIBUTE_NORMAL, NULL);
    return file != INVALID_HANDLE_VALUE;
}

static void add(struct trace_call *call, const char *format, ...) CTS_PRINTF(2, 3);
static void add(struct trace_call *call, const char *format, ...)
{
    size_t room = sizeof(call->text) - 8 - call->used;
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(call->text + call->used, room, format, arguments);
    va_end(arguments);
    if (size > 0)
        call->used += (size_t)size < room ? (size_t)size : room - 1;
}

static void write_line(struct trace_call *call)
{
    call->text[call->used++] = '\n';
    LONG place = InterlockedExchangeAdd(&written_bytes, (LONG)call->used);
    OVERLAPPED at = {.Offset = (DWORD)place};
    real(WriteFile)(file, call->text, (DWORD)call->used, &(DWORD){0}, &at);
    call->used = 0;
}

void trace_begin(struct trace_call *call, const char *function)
{
    call->error = GetLastError();
    call->used = 0;
    call->failed = false;
    call->number = (unsigned)InterlockedIncrement(&calls);
    add(call, "%u %s(", call->number, function);
}

static void name_it(struct trace_call *call, const char *name)
{
    if (call->used && call->text[call->used - 1] != '(')
        add(call, ", ");
    add(call, "%s=", name);
}

void trace_number(struct trace_call *call, const char *name, uint64_t value)
{
    name_it(call, name);
    add(call, value < 10 ? "%llu" : value <= 0xFFFF ? "%llu" : "0x%llX", (unsigned long long)value);
}

void trace_large(struct trace_call *call, const char *name, LARGE_INTEGER value)
{
    name_it(call, name);
    add(call, "%lld", (long long)value.QuadPart);
}

void trace_in_addr(struct trace_call *call, const char *name, struct in_addr address)
{
    const BYTE *byte = (const BYTE *)&address;
    name_it(call, name);
    add(call, "%u.%u.%u.%u", byte[0], byte[1], byte[2], byte[3]);
}

void trace_bool(struct trace_call *call, const char *name, BOOL value)
{
    name_it(call, name);
    add(call, value == TRUE ? "TRUE" : value == FALSE ? "FALSE" : "%d", value);
}

static void add_handle(struct trace_call *call, UINT_PTR value)
{
    if (value == (UINT_PTR)-1)
        add(call, "-1");
    else
        add(call, value ? "0x%llx" : "NULL", (unsigned long long)value);
}

void trace_handle(struct trace_call *call, const char *name, UINT_PTR value)
{
    name_it(call, name);
    add_handle(call, value);
}

void trace_pointer(struct trace_call *call, const char *name, const void *value)
{
    name_it(call, name);
    add(call, value ? "0x%llx" : "NULL", (unsigned long long)(UINT_PTR)value);
}

/* Tests pass bad pointers on purpose; the trace must not fault where the API would not. */
static bool readable(const void *from, size_t size)
{
    MEMORY_BASIC_INFORMATION page;
    return from && real(VirtualQuery)(from, &page, sizeof(page)) && page.State == MEM_COMMIT &&
           !(page.Protect & (PAGE_NOACCESS | PAGE_GUARD)) &&
           (const char *)page.BaseAddress + page.RegionSize >= (const char *)from + size;
}

void trace_wide(struct trace_call *call, const char *name, const WCHAR *value)
{
    if (!readable(value, sizeof(*value))) {
        trace_pointer(call, name, value);
        return;
    }
    name_it(call, name);
    add(call, "L\"");
    for (int i = 0; i < 200 && value[i]; i++)
        add(call, value[i] < 0x7F && value[i] >= ' ' ? "%c" : "\\x%04x", value[i]);
    add(call, "\"");
}

void trace_text(struct trace_call *call, const char *name, const char *value)
{
    if (!readable(value, 1)) {
        trace_pointer(call, name, value);
        return;
    }
    name_it(call, name);
    add(call, "\"");
    for (int i = 0; i < 200 && value[i]; i++)
        add(call, value[i] < 0x7F && value[i] >= ' ' ? "%c" : "\\x%02x", (unsigned char)value[i]);
    add(call, "\"");
}

void trace_flags(struct trace_call *call, const char *name, DWORD value,
                 const struct flag_name *set)
{
    char text[400];
    name_it(call, name);
    add(call, "%s", flags_text(value, set, text, sizeof(text)));
}

void trace_security(struct trace_call *call, const char *name, const SECURITY_ATTRIBUTES *value)
{
    if (!readable(value, sizeof(*value))) {
        trace_pointer(call, name, value);
        return;
    }
    name_it(call, name);
    add(call, "{%s, inherit=%s}", value->lpSecurityDescriptor ? "descriptor" : "NULL",
        value->bInheritHandle ? "TRUE" : "FALSE");
}

void trace_sockaddr(struct trace_call *call, const char *name, const struct sockaddr *value)
{
    const struct sockaddr_in *in = (const struct sockaddr_in *)value;
    if (!readable(value, sizeof(*in)) || in->sin_family != AF_INET) {
        trace_pointer(call, name, value);
        return;
    }
    const uint8_t *ip = (const uint8_t *)&in->sin_addr;
    const uint8_t *port = (const uint8_t *)&in->sin_port;
    name_it(call, name);
    add(call, "%u.%u.%u.%u:%u", ip[0], ip[1], ip[2], ip[3], port[0] << 8 | port[1]);
}

void trace_calling(struct trace_call *call)
{
    if (written_bytes > TRACE_LIMIT) {
        char *open = strchr(call->text, '(');
        call->used = (size_t)(open - call->text) + 1;
        add(call, "...");
    }
    add(call, ")");
    write_line(call);
    SetLastError(call->error);
}

void trace_returned(struct trace_call *call)
{
    call->error = GetLastError();
    add(call, "%u = ", call->number);
}

void trace_result_bool(struct trace_call *call, BOOL value)
{
    call->failed = !value;
    add(call, value == TRUE ? "TRUE" : value == FALSE ? "FALSE" : "%d", value);
}

void trace_result_handle(struct trace_call *call, UINT_PTR value)
{
    call->failed = value == 0 || value == (UINT_PTR)-1;
    add_handle(call, value);
}

void trace_result_pointer(struct trace_call *call, const void *value)
{
    call->failed = !value;
    add(call, value ? "0x%llx" : "NULL", (unsigned long long)(UINT_PTR)value);
}

void trace_result_number(struct trace_call *call, uint64_t value)
{
    add(call, value <= 0xFFFF ? "%llu" : "0x%llX", (unsigned long long)value);
}

void trace_result_int(struct trace_call *call, int value)
{
    call->failed = value == -1;
    add(call, "%d", value);
}

void trace_dword_at(struct trace_call *call, const char *name, const void *at)
{
    if (!call->failed && readable(at, sizeof(DWORD)))
        add(call, ", *%s=%lu", name, *(const DWORD *)at);
}

void trace_handle_at(struct trace_call *call, const char *name, const HANDLE *at)
{
    if (!call->failed && readable(at, sizeof(*at))) {
        add(call, ", *%s=", name);
        add_handle(call, (UINT_PTR)*at);
    }
}

void trace_end(struct trace_call *call)
{
    char name[80];
    if (call->failed)
        add(call, ", %s", error_text(call->error, name, sizeof(name)));
    if (written_bytes <= TRACE_LIMIT)
        write_line(call);
    SetLastError(call->error);
}
