/* winipc-cts: the words of the command line, to UTF-8 and to the command they name. */
#include "commands/results.h"
#include "commands/stubs.h"
#include "case/interpose.h"
#include "commands/ladder.h"
#include "case/process.h"
#include "base/memory.h"
#include "case/path.h"
#include "case/worker.h"

#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* The C runtime must not expand the globs that PATTERNs are. */
int _dowildcard = 0;

/* NULL: half a surrogate pair, which no other form of text can hold. */
static char *to_utf8(const WCHAR *text)
{
    int size = WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, text, -1, NULL, 0, NULL, NULL);
    return size > 0 ? utf8_of(text) : NULL;
}

static unsigned processors(void)
{
    SYSTEM_INFO system;
    GetSystemInfo(&system);
    return system.dwNumberOfProcessors < 60 ? system.dwNumberOfProcessors : 60;
}

static int command(int argc, char **words)
{
    struct options options;
    int exit_code;
    if (!options_read(argc, words, &options, &exit_code))
        return exit_code;
    if (!options.jobs)
        options.jobs = processors();

    interpose_init();
    handles_seal(); /* the shell's handles are not for the cases */
    if (options.ladder)
        return command_ladder(&options);
    if (!strcmp(options.command, "run"))
        return command_run(&options, utf8_of(GetCommandLineW()));
    if (!strcmp(options.command, "list"))
        return command_list(&options);
    if (!strcmp(options.command, "show"))
        return command_show(&options);
    if (!strcmp(options.command, "doctor"))
        return command_doctor(&options);
    if (!strcmp(options.command, "compare"))
        return command_compare(&options);
    if (!strcmp(options.command, "extract"))
        return command_extract(&options);
    if (!strcmp(options.command, "gate"))
        return command_gate(&options);
    if (!strcmp(options.command, "expect"))
        return command_expect(&options);
    if (!strcmp(options.command, "merge"))
        return command_merge(&options);
    if (!strcmp(options.command, "matrix"))
        return command_matrix(&options);
    return command_mutants(&options);
}

static int exit_base;

/* CTS_EXIT_BASE (`launch` sets it) is added to the exit code, which tells that this program ended
 * by itself. It is meant for this process alone: a case may start a runner, too. */
static void take_exit_base(void)
{
    const char *base = getenv("CTS_EXIT_BASE");
    exit_base = base ? atoi(base) : 0;
    if (base)
        _wputenv_s(L"CTS_EXIT_BASE", L"");
}

/* `launch` starts a program again that did not begin; one that did has removed this file. */
static void say_begun(void)
{
    const WCHAR *file = _wgetenv(L"CTS_BEGUN");
    if (!file)
        return;
    _wremove(file);
    _wputenv_s(L"CTS_BEGUN", L"");
}

/* Success is worth nothing when what was to be told did not arrive. */
static int ended(int exit_code)
{
    bool told = fflush(stdout) == 0 && !ferror(stdout) && !ferror(stderr);
    if (!told && exit_code < EXIT_USAGE) {
        fprintf(stderr, "winipc-cts: cannot write to standard output or error\n");
        exit_code = EXIT_UNTRUSTED;
    }
    return exit_code + exit_base;
}

int wmain(int argc, wchar_t **argv)
{
    /* Cases and peers first, and nothing else for them: every start is measured. */
    if (argc == 3 && !wcscmp(argv[1], L"@worker"))
        return worker_main(argv[2]);
    if (argc == 3 && !wcscmp(argv[1], L"@stub"))
        return stub_main(argv[2]);
    if (argc > 1 && argv[1][0] == L'@')
        return process_main(argc, argv);

    take_exit_base();
    say_begun();
    /* Lines end in \n alone: TAP and JSON are read by tools that want them so. */
    _setmode(_fileno(stdout), _O_BINARY);
    _setmode(_fileno(stderr), _O_BINARY);

    static char **words; /* they live as long as the program */
    words = zeroed((size_t)argc + 1, sizeof(*words));
    for (int i = 0; i < argc; i++) {
        words[i] = to_utf8(argv[i]);
        if (!words[i]) {
            fprintf(stderr, "winipc-cts: argument %d is no text\n", i);
            return ended(EXIT_USAGE);
        }
    }
    return ended(command(argc, words));
}
