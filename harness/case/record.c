/* The verdict record as a file: written by a case's processes, read by whoever started them. */
#include "case/record.h"
#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Writing */

static HANDLE file = INVALID_HANDLE_VALUE;
static bool finished; /* a crash after that line changes no verdict */

void record_close(void)
{
    if (file != INVALID_HANDLE_VALUE)
        real(CloseHandle)(file);
    file = INVALID_HANDLE_VALUE;
    finished = false;
}

bool record_open(const WCHAR *path, const char *nonce, const char *who)
{
    record_close();
    file = real(CreateFileW)(path, FILE_APPEND_DATA, FILE_SHARE_READ, NULL, CREATE_NEW,
                             FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return false;
    char head[512];
    int size = snprintf(head, sizeof(head), "winipc-cts 1 %s %s\nstarted\n", nonce, who);
    DWORD written;
    return real(WriteFile)(file, head, (DWORD)size, &written, NULL) && written == (DWORD)size;
}

/* One WriteFile a line to a file opened for appending: lines of several threads never mix. */
void record_line(const char *key, const char *format, ...)
{
    char text[3072], line[6300];
    va_list arguments;
    if (finished && !strcmp(key, "crash"))
        return;
    finished |= !strcmp(key, "finished");
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);

    size_t used = (size_t)snprintf(line, 64, "%s ", key);
    for (const char *c = text; *c; c++) {
        if (*c == '\n' || *c == '\r' || *c == '\\') {
            line[used++] = '\\';
            line[used++] = *c == '\n' ? 'n' : *c == '\r' ? 'r' : '\\';
        } else {
            line[used++] = *c;
        }
    }
    line[used++] = '\n';
    if (file != INVALID_HANDLE_VALUE)
        real(WriteFile)(file, line, (DWORD)used, &(DWORD){0}, NULL);
}

void record_crash(const char *line)
{
    DWORD written;
    if (!finished && file != INVALID_HANDLE_VALUE)
        real(WriteFile)(file, line, (DWORD)strlen(line), &written, NULL);
}

/* ---- Reading */

/* Until the end or LIMIT: a device or a pipe has no size. */
static size_t read_up_to(HANDLE handle, char **text, size_t limit, bool *failed)
{
    size_t used = 0, room = 4096;
    *text = grow(NULL, room + 1);
    for (DWORD got = 1; got && used < limit; used += got) {
        if (used == room)
            *text = grow(*text, (room *= 2) + 1);
        size_t wanted = room < limit ? room : limit;
        if (!real(ReadFile)(handle, *text + used, (DWORD)(wanted - used), &got, NULL)) {
            *failed = GetLastError() != ERROR_BROKEN_PIPE && GetLastError() != ERROR_HANDLE_EOF;
            got = 0;
        }
    }
    (*text)[used] = '\0';
    return used;
}

char *file_read(const WCHAR *path, size_t limit, uint64_t *size)
{
    HANDLE handle = real(CreateFileW)(path, GENERIC_READ,
                                      FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                                      OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    if (handle == INVALID_HANDLE_VALUE)
        return NULL;
    LARGE_INTEGER whole = {.QuadPart = 0};
    char *text;
    bool failed = false;
    size_t got = read_up_to(handle, &text, limit, &failed);
    if (!real(GetFileSizeEx)(handle, &whole) || whole.QuadPart < (LONGLONG)limit)
        whole.QuadPart = (LONGLONG)got;
    if (size)
        *size = (uint64_t)whole.QuadPart;
    real(CloseHandle)(handle);
    if (failed) {
        free(text);
        return NULL;
    }
    return text;
}

struct record record_read(const WCHAR *path, const char *nonce)
{
    uint64_t size;
    char *text = file_read(path, 1 << 20, &size);
    if (!text)
        return (struct record){.verdict = VERDICT_NONE};
    struct record record = record_parse(text, size, nonce);
    free(text);
    return record;
}
