/* Names of files, from the command line and from the environment to Win32. */
#include "case/path.h"
#include "base/memory.h"
#include "base/rec.h"
#include "case/record.h"

#include <stdarg.h>

#define LONGEST 32000 /* UTF-16 units; NT's names are counted in 16 bits of bytes */
#define ROOM 120      /* below MAX_PATH, for what is appended to the name of a folder */

wchar_t *wide_print(const wchar_t *format, ...)
{
    for (size_t size = 400;; size *= 2) {
        wchar_t *text = zeroed(size, sizeof(*text));
        va_list arguments;
        va_start(arguments, format);
        int length = vswprintf(text, size, format, arguments);
        va_end(arguments);
        if (length >= 0 && (size_t)length < size - 1)
            return text;
        free(text);
    }
}

/* \\?\ in front of a full name lets it be as long as it likes. */
wchar_t *path_long(const wchar_t *name)
{
    DWORD size = GetFullPathNameW(name, 0, NULL, NULL);
    if (size == 0 || size > LONGEST)
        return NULL;
    if (size < MAX_PATH - ROOM || !wcsncmp(name, L"\\\\?\\", 4) || !wcsncmp(name, L"\\\\.\\", 4))
        return wide_print(L"%ls", name);
    wchar_t *full = zeroed(size + 1, sizeof(*full));
    size = GetFullPathNameW(name, size + 1, full, NULL);
    wchar_t *path = !wcsncmp(full, L"\\\\", 2) ? wide_print(L"\\\\?\\UNC%ls", full + 1)
                                               : wide_print(L"\\\\?\\%ls", full);
    free(full);
    return path;
}

wchar_t *path_of(const char *name)
{
    int size = *name ? MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, name, -1, NULL, 0) : 0;
    if (size <= 0)
        return NULL;
    wchar_t *wide = zeroed((size_t)size, sizeof(*wide));
    MultiByteToWideChar(CP_UTF8, 0, name, -1, wide, size);
    wchar_t *path = path_long(wide);
    free(wide);
    return path;
}

char *utf8_of(const wchar_t *text)
{
    int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    char *utf8 = zeroed(size > 0 ? (size_t)size : 1, 1);
    WideCharToMultiByte(CP_UTF8, 0, text, -1, utf8, size, NULL, NULL);
    return utf8;
}

const wchar_t *program_name(void)
{
    static wchar_t *name;
    for (DWORD size = MAX_PATH; !name; size *= 2) {
        name = zeroed(size, sizeof(*name));
        if (GetModuleFileNameW(NULL, name, size) < size)
            break;
        free(name);
        name = NULL;
    }
    return name;
}

const wchar_t *program_file(void)
{
    const wchar_t *file = wcsrchr(program_name(), L'\\');
    return file ? file + 1 : program_name();
}

static wchar_t *variable(const wchar_t *name)
{
    DWORD size = real(GetEnvironmentVariableW)(name, NULL, 0);
    wchar_t *value = size > 1 ? zeroed(size, sizeof(*value)) : NULL;
    if (value)
        real(GetEnvironmentVariableW)(name, value, size);
    return value;
}

/* GetTempPath looks at the same two first, but takes no name as long as MAX_PATH. */
wchar_t *temporary_folder(void)
{
    wchar_t *named = variable(L"TMP"), given[MAX_PATH + 1];
    if (!named)
        named = variable(L"TEMP");
    if (!named && GetTempPathW(MAX_PATH + 1, given))
        named = wide_print(L"%ls", given);
    wchar_t *folder = named ? path_long(named) : NULL;
    free(named);
    if (!folder)
        return NULL;
    size_t length = wcslen(folder);
    bool ends = length && (folder[length - 1] == L'\\' || folder[length - 1] == L'/');
    wchar_t *whole = wide_print(ends ? L"%ls" : L"%ls\\", folder);
    free(folder);
    return whole;
}

char *beside(const char *name, const char *suffix)
{
    char *whole = zeroed(strlen(name) + strlen(suffix) + 1, 1);
    return strcat(strcpy(whole, name), suffix);
}

FILE *open_utf8(const char *name)
{
    wchar_t *path = path_of(name);
    FILE *file = path ? _wfopen(path, L"ab") : NULL;
    free(path);
    return file;
}

char *text_of_file(const char *name, size_t limit, size_t *size, char **problem)
{
    wchar_t *path = path_of(name);
    uint64_t whole = 0;
    char *text = path ? file_read(path, limit + 1, &whole) : NULL;
    free(path);
    if (text && whole <= limit) {
        *size = (size_t)whole;
        return text;
    }
    *problem = text ? rec_problem(name, 0, "larger than %llu bytes", (unsigned long long)limit)
                    : rec_problem(name, 0, "cannot read this file");
    free(text);
    return NULL;
}
