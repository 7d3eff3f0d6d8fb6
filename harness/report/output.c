/* Where results go: tried before the first case, and every write is checked. */
#include "commands/results.h"
#include "case/interpose.h"
#include "base/memory.h"
#include "case/path.h"
#include "base/text.h"

#include <io.h>
#include <stdlib.h>
#include <string.h>

static WCHAR *full_path(const char *name)
{
    WCHAR *path = path_of(name);
    DWORD size = GetFullPathNameW(path, 0, NULL, NULL);
    WCHAR *full = zeroed((size_t)size + 1, sizeof(*full));
    GetFullPathNameW(path, size + 1, full, NULL);
    free(path);
    return full;
}

static bool same_file(const char *a, const char *b)
{
    WCHAR *one = full_path(a), *other = full_path(b);
    bool same = !_wcsicmp(one, other);
    free(one);
    free(other);
    return same;
}

/* A folder or a device cannot be replaced by the finished record. */
static bool can_be_replaced(const char *name)
{
    WCHAR *path = path_of(name);
    DWORD attributes = real(GetFileAttributesW)(path);
    bool can = attributes == INVALID_FILE_ATTRIBUTES || !(attributes & FILE_ATTRIBUTE_DIRECTORY);
    HANDLE file = can ? real(CreateFileW)(path, GENERIC_READ,
                                          FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                          NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL)
                      : INVALID_HANDLE_VALUE;
    if (file != INVALID_HANDLE_VALUE) {
        can = real(GetFileType)(file) == FILE_TYPE_DISK;
        real(CloseHandle)(file);
    }
    free(path);
    return can;
}

static bool overlap(const struct options *options, const char *name)
{
    static const char *const SUFFIXES[] = {"", ".new", ".journal"};
    bool same = false;
    for (size_t i = 0; options->json && i < sizeof(SUFFIXES) / sizeof(SUFFIXES[0]); i++) {
        char *written = beside(options->json, SUFFIXES[i]);
        same |= same_file(name, written);
        free(written);
    }
    return same;
}

/* With room for what is written beside it. */
static bool is_name(const char *name)
{
    char *longest = beside(name, ".journal");
    WCHAR *path = *name ? path_of(longest) : NULL;
    free(longest);
    free(path);
    return path != NULL;
}

static int cannot_write(const char *what, const char *name, const char *why)
{
    char *shown = printable(name);
    fprintf(stderr, "winipc-cts: cannot write %s to '%s'%s%s\n", what, shown, why ? ": " : "",
            why ? why : "");
    free(shown);
    return EXIT_USAGE;
}

int begin_apart(const char *record, const char *what, const char *name)
{
    return is_name(name) && same_file(record, name)
               ? cannot_write(what, name, "that is a record it is made of")
               : 0;
}

int begin_output(const struct options *options, FILE **tap, FILE **junit, FILE **html)
{
    const struct {
        const char *what, *name; /* no NAME: not asked for */
        FILE **file;
    } outputs[] = {{"TAP", options->tap, tap},
                   {"JUnit", options->junit, junit},
                   {"HTML", options->html, html}};
    const size_t count = sizeof(outputs) / sizeof(outputs[0]);
    char why[40];
    if (options->json && !is_name(options->json))
        return cannot_write("the results", options->json, "that is no name of a file");
    if (options->json && !can_be_replaced(options->json))
        return cannot_write("the results", options->json, "it is no ordinary file");
    for (size_t i = 0; i < count; i++) {
        snprintf(why, sizeof(why), "%s goes there", outputs[i].what);
        if (!outputs[i].name || !strcmp(outputs[i].name, "-") || !is_name(outputs[i].name))
            continue;
        if (overlap(options, outputs[i].name))
            return cannot_write("the results", options->json, why);
        for (size_t k = 0; k < i; k++)
            if (outputs[k].name && is_name(outputs[k].name) &&
                same_file(outputs[k].name, outputs[i].name))
                return cannot_write(outputs[k].what, outputs[k].name, why);
    }
    for (size_t i = 0; i < count; i++) {
        if (!outputs[i].name)
            continue;
        bool to_stdout = i == 0 && !strcmp(outputs[i].name, "-");
        *outputs[i].file = to_stdout ? stdout : open_utf8(outputs[i].name);
        if (!*outputs[i].file)
            return cannot_write(outputs[i].what, outputs[i].name, NULL);
    }
    return 0;
}

void begin_writing(FILE *file)
{
    if (file && file != stdout)
        _chsize(_fileno(file), 0);
}

void tap_check(FILE *tap)
{
    if (fflush(tap) || ferror(tap))
        schedule_stop("TAP cannot be written: its disk is full, or its reader has gone");
}

bool end_output(FILE *file, const char *what)
{
    bool written = fflush(file) == 0 && !ferror(file);
    if (file != stdout)
        written &= fclose(file) == 0;
    if (!written && !schedule_trouble())
        fprintf(stderr, "winipc-cts: %s could not be written\n", what);
    return written;
}

int end_stopped(void)
{
    const char *trouble = schedule_trouble();
    fprintf(stderr, "winipc-cts: %s\n", trouble ? trouble : "interrupted");
    return trouble ? EXIT_UNTRUSTED : EXIT_UNEXPECTED;
}
