/*
 * bare.c - what cts.h stands on, once more, for a program that holds one case and nothing else: no
 * libcheck, no runner, no C runtime. `extract` and `make bare` put the parts of it that a test
 * needs into one C file, with those of cts.h, expect.c, names.c, support.c and thread.c. It is no
 * program and no header by itself.
 *
 * The verdict goes to standard output as TAP. The exit code is 0 for PASS, 1 for FAIL, 2 for
 * UNRESOLVED, 77 for UNSUPPORTED.
 */
#include "case/process.h"

#include <stdarg.h>

/* The function itself: nothing is interposed. */
#define real(function) function

/* Whoever starts the program can tell by it that what it reads comes from this program's end. */
#ifndef NONCE
#define NONCE "-"
#endif

/* ---- Text, without a C runtime */

struct text {
    char *to;
    size_t size, used;
};

static void put_char(struct text *text, char c)
{
    if (text->used + 1 < text->size)
        text->to[text->used] = c;
    text->used++;
}

static void put_number(struct text *text, uint64_t number, unsigned base, bool capitals, int width,
                       char fill)
{
    char digits[24];
    int count = 0;
    do {
        unsigned digit = (unsigned)(number % base);
        digits[count++] = (char)(digit < 10 ? '0' + digit : (capitals ? 'A' : 'a') + digit - 10);
        number /= base;
    } while (number);
    for (; width > count; width--)
        put_char(text, fill);
    while (count)
        put_char(text, digits[--count]);
}

/* What is no ASCII is shown by its number. */
static void put_wide(struct text *text, const WCHAR *wide)
{
    for (; *wide; wide++) {
        if (*wide < 0x80) {
            put_char(text, (char)*wide);
        } else {
            put_char(text, '\\');
            put_char(text, 'u');
            put_number(text, *wide, 16, false, 4, '0');
        }
    }
}

/* vsnprintf, as far as expectations and tests need it. */
static int format_list(char *to, size_t size, const char *format, va_list arguments)
{
    struct text text = {to, size, 0};
    for (; *format; format++) {
        int width = 0, longs = 0, precision = -1;
        char fill = ' ';
        if (*format != '%') {
            put_char(&text, *format);
            continue;
        }
        format++;
        if (*format == '0')
            fill = '0';
        for (; *format >= '0' && *format <= '9'; format++)
            width = 10 * width + *format - '0';
        if (*format == '.' && format[1] == '*') {
            precision = va_arg(arguments, int);
            format += 2;
        }
        for (; *format == 'l' || *format == 'z' || *format == 'h'; format++)
            longs += *format == 'l' ? 1 : *format == 'z' ? (int)sizeof(size_t) / 4 : 0;
        if (*format == 's' && longs) {
            put_wide(&text, va_arg(arguments, const WCHAR *));
        } else if (*format == 's') {
            const char *word = va_arg(arguments, const char *);
            for (; *word && precision != 0; word++, precision--)
                put_char(&text, *word);
        } else if (*format == 'c') {
            put_char(&text, (char)va_arg(arguments, int));
        } else if (*format == '%') {
            put_char(&text, '%');
        } else if (*format == 'p') {
            put_number(&text, va_arg(arguments, UINT_PTR), 16, true, 2 * (int)sizeof(void *), '0');
        } else if (*format == 'd' || *format == 'i') {
            int64_t number = longs > 1 ? va_arg(arguments, int64_t) : va_arg(arguments, int32_t);
            if (number < 0)
                put_char(&text, '-');
            put_number(&text, number < 0 ? -(uint64_t)number : (uint64_t)number, 10, false, width,
                       fill);
        } else {
            uint64_t number = longs > 1 ? va_arg(arguments, uint64_t) : va_arg(arguments, uint32_t);
            put_number(&text, number, *format == 'u' ? 10 : 16, *format == 'X', width, fill);
        }
    }
    if (size)
        to[text.used < size ? text.used : size - 1] = '\0';
    return (int)text.used;
}
#define vsnprintf format_list

static int format_words(char *to, size_t size, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int used = format_list(to, size, format, arguments);
    va_end(arguments);
    return used;
}
#define snprintf format_words

/* ---- Telling the verdict */

static HANDLE output; /* standard output as it was at first: a test may change it */
static const char *case_id;

static void print(const char *text)
{
    DWORD size = 0, written;
    while (text[size])
        size++;
    WriteFile(output, text, size, &written, NULL);
}

/* One line of TAP's comments, whatever the text holds. */
static void record_line(const char *key, const char *format, ...)
{
    char text[2000], line[2100];
    va_list arguments;
    va_start(arguments, format);
    format_list(text, sizeof(text), format, arguments);
    va_end(arguments);
    for (char *c = text; *c; c++)
        if ((unsigned char)*c < ' ')
            *c = ' ';
    format_words(line, sizeof(line), "# %s: %s\n", key, text);
    print(line);
}

/* What scratch_path has left to be removed. */
static void (*clean)(void);

static void leave(UINT code) CTS_NORETURN;
static void leave(UINT code)
{
    if (clean)
        clean();
    print("# finished " NONCE "\n");
    ExitProcess(code);
}

static void case_begins(const char *id)
{
    output = GetStdHandle(STD_OUTPUT_HANDLE);
    case_id = id;
    print("1..1\n");
    SetLastError(LAST_ERROR_UNSET);
}

static void case_passed(void) CTS_NORETURN;
static void case_passed(void)
{
    char line[300];
    format_words(line, sizeof(line), "ok 1 - %s\n", case_id);
    print(line);
    leave(0);
}

enum verdict { VERDICT_NONE, PASS, FAIL, UNRESOLVED, UNSUPPORTED };
enum cause { CAUSE_NONE, CAUSE_ASSERTION, CAUSE_CRASH, CAUSE_TIMEOUT, CAUSE_LEAK };

/* The first verdict of a thread is the program's. */
static void test_end(struct here here, enum verdict verdict, enum cause cause, const char *format,
                     ...) CTS_NORETURN;
static void test_end(struct here here, enum verdict verdict, enum cause cause, const char *format,
                     ...)
{
    char message[1500], line[2000];
    va_list arguments;
    va_start(arguments, format);
    format_list(message, sizeof(message), format, arguments);
    va_end(arguments);
    format_words(line, sizeof(line), "%s 1 - %s%s%s\n", verdict == UNSUPPORTED ? "ok" : "not ok",
                 case_id, verdict == UNSUPPORTED ? " # SKIP " : "",
                 verdict == UNSUPPORTED ? message : "");
    print(line);
    record_line("verdict", "%s",
                verdict == FAIL          ? "FAIL"
                : verdict == UNSUPPORTED ? "UNSUPPORTED"
                                         : "UNRESOLVED");
    if (cause != CAUSE_NONE)
        record_line("cause", "%s", cause == CAUSE_TIMEOUT ? "timeout" : "assertion");
    record_line("message", "%s", message);
    if (here.file)
        record_line("at", "%s:%d", here.file, here.line);
    leave(verdict == FAIL ? 1 : verdict == UNSUPPORTED ? 77 : 2);
}

/* Any thread that fails has ended the program. */
#define test_end_if_failed() ((void)0)
#define crashes_begin() ((void)0)
#define scaled(milliseconds) ((DWORD)(milliseconds))

/* ---- Set-up */

static void *zeroed(size_t count, size_t size)
{
    void *block = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, count * size);
    if (!block)
        test_end((struct here){0}, UNRESOLVED, CAUSE_NONE, "out of memory");
    return block;
}

/* A name that no other process has. */
static const char *unique_name_a(const char *prefix)
{
    static unsigned made;
    char *name = zeroed(300, 1);
    format_words(name, 300, "%scts-%lx-%lx-%u", prefix, GetCurrentProcessId(), GetTickCount(),
                 ++made);
    SetLastError(LAST_ERROR_UNSET);
    return name;
}

static const WCHAR *unique_name(const WCHAR *prefix)
{
    WCHAR *name = zeroed(600, sizeof(*name)), *to = name;
    while (*prefix)
        *to++ = *prefix++;
    for (const char *rest = unique_name_a(""); *rest; rest++)
        *to++ = (WCHAR)*rest;
    return name;
}

/* A folder in that for temporary files, and what was asked for in it. */
static WCHAR scratch_folder[MAX_PATH + 100];
static const WCHAR *scratch_files[100];
static unsigned scratch_count;

static void remove_scratch(void)
{
    for (unsigned i = 0; i < scratch_count; i++)
        DeleteFileW(scratch_files[i]);
    RemoveDirectoryW(scratch_folder);
}

static const WCHAR *scratch_path(const WCHAR *file)
{
    if (!clean) {
        DWORD size = GetTempPathW(MAX_PATH, scratch_folder);
        const WCHAR *name = unique_name(L"");
        for (WCHAR *to = scratch_folder + size; (*to = *name); to++)
            name++;
        if (!CreateDirectoryW(scratch_folder, NULL))
            test_end((struct here){0}, UNRESOLVED, CAUSE_NONE, "no folder for temporary files");
        clean = remove_scratch;
    }
    WCHAR *path = zeroed(MAX_PATH + 500, sizeof(*path)), *to = path;
    for (const WCHAR *from = scratch_folder; *from; from++)
        *to++ = *from;
    for (*to++ = L'\\'; *file; file++)
        *to++ = *file;
    if (scratch_count < sizeof(scratch_files) / sizeof(scratch_files[0]))
        scratch_files[scratch_count++] = path;
    SetLastError(LAST_ERROR_UNSET);
    return path;
}

/* Of the programs at hand this one is as good as any: its own file. */
static const void *program_bytes(DWORD *size)
{
    WCHAR *name = zeroed(32768, sizeof(*name));
    GetModuleFileNameW(NULL, name, 32768);
    HANDLE file = CreateFileW(name, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    *size = GetFileSize(file, NULL);
    if (*size == INVALID_FILE_SIZE)
        test_end((struct here){0}, UNRESOLVED, CAUSE_NONE, "the program's own file is not there");
    void *bytes = zeroed(*size, 1);
    DWORD got;
    if (!ReadFile(file, bytes, *size, &got, NULL) || got != *size)
        test_end((struct here){0}, UNRESOLVED, CAUSE_NONE, "the program's own file: not read");
    CloseHandle(file);
    SetLastError(LAST_ERROR_UNSET);
    return bytes;
}

/* ---- Functions that may be missing */

/* extract makes API_MapViewOfFile3 of api.txt: its module, its name. */
#define CTS_API_NUMBER(function) API_##function

static FARPROC cts_find_api(const char *module, const char *name)
{
    HMODULE library = GetModuleHandleA(module);
    if (!library)
        library = LoadLibraryA(module);
    FARPROC function = library ? GetProcAddress(library, name) : NULL;
    SetLastError(LAST_ERROR_UNSET);
    return function;
}

static FARPROC cts_lookup(struct here here, const char *module, const char *name)
{
    FARPROC function = cts_find_api(module, name);
    if (!function)
        test_end(here, UNSUPPORTED, CAUSE_NONE, "needs %s", name);
    return function;
}
