/* The command `extract`: a case as one C file that needs nothing else, for whoever has a compiler
 * and not this suite; and as many such files as there are cases, for `make bare`. */
#include "commands/extract.h"
#include "records/catalogue.h"
#include "base/memory.h"
#include "commands/needs.h"
#include "commands/results.h"
#include "revision.h"
#include "records/select.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct source *source_of(const struct test_case *test)
{
    const struct source *one = sources;
    char *id = registry_id(test->test);
    while (one->test && strcmp(one->test, id))
        one++;
    free(id);
    return one->test ? one : NULL;
}

/* TEXT in lines that fit into a comment. */
static void comment(FILE *to, const char *text)
{
    for (size_t used = 0; *text;) {
        size_t size = strcspn(text, " ");
        used += size + 1;
        if (used > 94 && used > size + 1) {
            fprintf(to, "\n *  ");
            used = size + 2;
        }
        fprintf(to, " %.*s", (int)size, text);
        text += size + strspn(text + size, " ");
    }
    fputc('\n', to);
}

static void write_head(FILE *to, const struct test_case *test, const struct source *source)
{
    fprintf(to,
            "/*\n * %s, a case of winipc-cts " PACKAGE_VERSION " (" SUITE_REVISION
            ") in one file.\n",
            test->id);
    for (const char **id = test->assertions; *id; id++) {
        const struct assertion *one = catalogue_find(*id);
        if (!one)
            continue;
        fprintf(to, " *\n *");
        char *text = grow(NULL, strlen(one->says) + 40);
        sprintf(text, "Documented (%s): %s", one->level, one->says);
        comment(to, text);
        free(text);
        fprintf(to, " *   %s%s%s @ %s\n", one->page, one->heading ? ", " : "",
                one->heading ? one->heading : "", one->revision ? one->revision : "");
    }
    fprintf(
        to,
        " *\n"
        " *     x86_64-w64-mingw32-gcc FILE.c -o case.exe -lws2_32 -lmswsock -ladvapi32 -lpsapi\n"
        " *\n"
        " * It prints what was expected and what came. Exit code: 0 as documented, 1 not, 2 set-up "
        "that\n"
        " * failed, 77 something optional that is missing.\n"
        " */\n"
        "#define _WIN32_WINNT 0x0A00\n#define WIN32_LEAN_AND_MEAN\n"
        "#include <winsock2.h>\n#include <ws2tcpip.h>\n#include <windows.h>\n\n"
        "#include <stdarg.h>\n#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n");
    for (const char *at = source->includes; *at; at += strspn(at, " ")) {
        size_t size = strcspn(at, " ");
        if (size)
            fprintf(to, "#include <%.*s>\n", (int)size, at);
        at += size;
    }
}

/* With PLACES messages name the lines of the suite's files, otherwise those of this one. */
static void write_source(FILE *to, const struct test_case *test, const struct source *source,
                         bool places)
{
    write_head(to, test, source);
    const char *file = "";
    for (unsigned i = 0; i < source->count; i++) {
        const struct definition *one = &definitions[source_definitions[source->first + i]];
        if (strcmp(file, source_files[one->file])) {
            file = source_files[one->file];
            fprintf(to, "\n/* ---- %s */\n", file);
        }
        if (places && one->line)
            fprintf(to, "#line %u \"%s\"\n", one->line, file);
        else
            fputc('\n', to);
        fwrite(source_text + one->start, 1, one[1].start - one->start, to);
    }
    fprintf(
        to, "\nint main(void)\n{\n    case_begins(\"%s\");\n    %s(%d);\n%s    case_passed();\n}\n",
        test->id, test->test->name, test->index, source->threads ? "    threads_finish();\n" : "");
}

/* Why a case cannot stand alone; NULL: it can. */
static const char *obstacle(const struct test_case *test, const struct source *source)
{
    if (!source)
        return "its source is not in this program";
    const struct needs *needs = needs_of(test);
    return needs && needs->peers
               ? "it starts a second process, which is another part of this program"
               : NULL;
}

static bool write_file(const char *folder, const struct test_case *test,
                       const struct source *source)
{
    char name[400];
    snprintf(name, sizeof(name), "%s/%s.c", folder, test->id);
    FILE *file = fopen(name, "wb");
    bool done = file != NULL;
    if (done) {
        write_source(file, test, source, true);
        done = fflush(file) == 0 && !ferror(file);
        fclose(file);
    }
    if (!done)
        fprintf(stderr, "winipc-cts: cannot write %s: %s\n", name, strerror(errno));
    return done;
}

int command_extract(const struct options *options)
{
    size_t count;
    const struct test_case **selected;
    int exit_code = begin_selection(options, &selected, &count);
    if (exit_code)
        return exit_code;
    if (count > 1 && !options->into) {
        fprintf(stderr, "winipc-cts: %u cases match; --into FOLDER takes more than one\n",
                (unsigned)count);
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < count; i++) {
        const struct source *source = source_of(selected[i]);
        const char *why = obstacle(selected[i], source);
        if (why && !options->into) {
            fprintf(stderr, "winipc-cts: %s cannot be extracted: %s\n", selected[i]->id, why);
            return EXIT_NOTHING;
        }
        if (!why && !options->into)
            write_source(stdout, selected[i], source, false);
        else if (!why && !write_file(options->into, selected[i], source))
            return EXIT_USAGE;
    }
    return EXIT_AS_EXPECTED;
}
