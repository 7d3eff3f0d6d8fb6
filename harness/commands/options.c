/* The command line: one table that getopt_long and --help are made from. No Win32. */
#include "commands/options.h"
#include "base/memory.h"
#include "base/text.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum command {
    LIST = 1,
    RUN = 2,
    SHOW = 4,
    DOCTOR = 8,
    MUTANTS = 16,
    COMPARE = 32,
    GATE = 64,
    MATRIX = 128,
    MERGE = 256,
    PROPOSE = 512,
    EXTRACT = 1024
};

/* What else an option goes with: --no-isolation, --ladder. */
enum { IN_PROCESS = 1 << 20, CLIMBING = 1 << 21 };

enum { ANY_NUMBER = -1, SOME = -2 };

static const struct {
    const char *name;
    enum command bit;
    const char *arguments, *does;
    int words;         /* how many arguments it takes */
    const char *takes; /* that, in words */
} COMMANDS[] = {
    {"run", RUN, "[PATTERN...]", "runs cases and compares their verdicts with what is expected",
     ANY_NUMBER, NULL},
    {"list", LIST, "[PATTERN...]", "lists cases, or the assertions they check", ANY_NUMBER, NULL},
    {"show", SHOW, "ID", "explains a case, a table of cases, an assertion, a function or a page", 1,
     "one id of a case or an assertion, or a function or page"},
    {"compare", COMPARE, "OLD NEW", "compares two records that run --json wrote", 2,
     "two records that run --json wrote, the older one first"},
    {"gate", GATE, "RECORD", "derives the exit code of a run again, from its record alone", 1,
     "one record that run --json wrote"},
    {"matrix", MATRIX, "RECORD...",
     "shows one or more records side by side, as a page for a browser", SOME,
     "the records that run --json wrote"},
    {"merge", MERGE, "RECORD...", "makes one record of those of the parts of a run", SOME,
     "the records that run --json wrote"},
    {"expect", PROPOSE, "RECORD", "proposes what a record would change in the expectations", 1,
     "one record that run --json wrote"},
    {"extract", EXTRACT, "CASE", "writes a case as one C file that needs nothing else", ANY_NUMBER,
     NULL},
    {"doctor", DOCTOR, "", "finds out what this implementation can be trusted with", 0, NULL},
    {"mutants", MUTANTS, "[PATTERN...]", "proves the cases by planting wrong behaviours",
     ANY_NUMBER, NULL},
};

/* Options without a letter are known by numbers above the letters. */
enum {
    TAP = 256,
    JSON,
    JUNIT,
    HTML,
    EXCLUDE,
    SHUFFLE,
    REPEAT,
    SHARD,
    SCALE,
    SAMPLE,
    BASELINE,
    NO_ISOLATION,
    FAST,
    LEAKS,
    ISOLATED,
    TRACE,
    EXPECT,
    RESUME,
    FAILED,
    MUTANT,
    ASSERTIONS,
    NONCE,
    API,
    STUBS,
    NEEDS,
    EXPECTATIONS,
    CSV,
    UPDATE,
    LADDER,
    INTO,
    LABEL,
    HELP
};

static const struct {
    int key;
    const char *name, *argument; /* an argument in [] may be left out, after '=' */
    int goes_with;               /* commands, IN_PROCESS, CLIMBING */
    const char *help;
} OPTIONS[] = {
    {'j', "jobs", "N", RUN | MUTANTS | DOCTOR,
     "runs N cases at a time (default: one per processor)"},
    {EXCLUDE, "exclude", "PATTERN", RUN | IN_PROCESS | LIST | MUTANTS | EXTRACT,
     "leaves out the cases that match; may be repeated"},
    {TAP, "tap", "[FILE]", RUN | MUTANTS, "writes TAP to FILE, or to standard output"},
    {JSON, "json", "FILE", RUN | MERGE, "writes the results to FILE as JSON"},
    {JSON, "json", "", LIST | COMPARE | MUTANTS | DOCTOR, "prints JSON (doctor: with --api)"},
    {JUNIT, "junit", "FILE", RUN, "writes JUnit's XML to FILE"},
    {HTML, "html", "FILE", RUN | MATRIX, "writes a page for a browser to FILE"},
    {LABEL, "label", "TEXT", RUN, "says in the results what is special about this run"},
    {RESUME, "resume", NULL, RUN, "goes on with the run that --json FILE has a journal of"},
    {FAILED, "failed", NULL, RUN,
     "runs again what --json FILE has as unexpected, and writes FILE.failed"},
    {SHUFFLE, "shuffle", "[SEED]", RUN, "runs in random order; the seed is printed"},
    {REPEAT, "repeat", "N", RUN, "runs every case N times"},
    {SHARD, "shard", "K/N", RUN, "runs the Kth of N parts of the cases"},
    {SAMPLE, "sample", "N", MUTANTS,
     "runs a mutant under the cases that name it and only N of its other callers"},
    {BASELINE, "baseline", "FILE", MUTANTS,
     "takes how cases end without a mutant from FILE, of run --trace --json"},
    {SCALE, "timeout-scale", "F", RUN | IN_PROCESS | CLIMBING | MUTANTS | DOCTOR,
     "multiplies every limit and settle time by F"},
    {FAST, "fast", NULL, RUN,
     "runs many cases in one process, and again alone what does not pass there"},
    {LEAKS, "leaks", NULL, RUN,
     "with --fast: runs each case twice in its process, and lists what the second run left there"},
    {ISOLATED, "isolated", NULL, MUTANTS, "runs each case in a process of its own"},
    {NO_ISOLATION, "no-isolation", NULL, RUN | IN_PROCESS,
     "runs one case in this process, for a debugger"},
    {LADDER, "ladder", NULL, RUN | CLIMBING,
     "runs a few cases in the order in which an implementation grows, up to the first that fails"},
    {TRACE, "trace", NULL, RUN | IN_PROCESS, "traces the API calls of every case"},
    {MUTANT, "mutant", "NAME", RUN | IN_PROCESS | CLIMBING | MUTANTS,
     "plants a wrong behaviour (mutants: only this one)"},
    {UPDATE, "update", NULL, PROPOSE, "prints new, narrower and dropped records"},
    {EXPECT, "expect", "FILE", RUN | MUTANTS | PROPOSE,
     "reads further expectations from FILE; may be repeated"},
    {ASSERTIONS, "assertions", NULL, LIST, "lists assertions instead of cases"},
    {NEEDS, "needs", NULL, LIST, "lists which functions each case needs, and what else"},
    {EXPECTATIONS, "expectations", NULL, LIST,
     "lists expectations, of FILE... in place of PATTERN... or of the program"},
    {CSV, "csv", NULL, LIST, "prints expectations as CSV, a column for each implementation"},
    {INTO, "into", "FOLDER", EXTRACT,
     "writes a file in FOLDER for each case that matches, but for those with a second process"},
    {API, "api", NULL, DOCTOR, "lists which functions are there, and runs nothing"},
    {STUBS, "stubs", NULL, DOCTOR,
     "with --api: calls each function with nothing but zeros, in a process of its own"},
    {NONCE, "nonce", "WORD", DOCTOR, "repeats WORD in its answer"},
    {'q', "quiet", NULL, RUN, "prints only what is unexpected"},
    {'v', "verbose", NULL, RUN | MUTANTS, "prints every case, or every mutant"},
    {HELP, "help", NULL, ~0, "prints this"},
};
#define OPTION_COUNT (sizeof(OPTIONS) / sizeof(OPTIONS[0]))
#define COMMAND_COUNT (sizeof(COMMANDS) / sizeof(COMMANDS[0]))

static void help_all(void)
{
    puts("winipc-cts COMMAND: a conformance test suite for Win32 inter-process communication\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        printf("  %-8s %-13s %s\n", COMMANDS[i].name, COMMANDS[i].arguments, COMMANDS[i].does);
    puts("\nwinipc-cts COMMAND --help lists a command's options.\n\n"
         "PATTERN  a glob over case ids (npipe.connect.*), assertion:GLOB, api:GLOB (the\n"
         "         function that an assertion's page is about), level:NAME (required, conflict, "
         "open)\n"
         "exit     0 all as expected, 1 an unexpected verdict, 2 usage, 77 nothing to run,\n"
         "         99 the launcher or the harness is not trustworthy");
}

static void help_command(size_t command)
{
    printf("winipc-cts %s%s%s: %s\n\n", COMMANDS[command].name,
           *COMMANDS[command].arguments ? " " : "", COMMANDS[command].arguments,
           COMMANDS[command].does);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        char left[60] = "      ";
        const char *argument = OPTIONS[i].argument;
        if (!(OPTIONS[i].goes_with & (int)COMMANDS[command].bit))
            continue;
        if (OPTIONS[i].key < 256)
            snprintf(left, sizeof(left), "  -%c, ", OPTIONS[i].key);
        snprintf(left + 6, sizeof(left) - 6, "--%s%s%s", OPTIONS[i].name,
                 argument && *argument ? argument[0] == '[' ? "[=" : "=" : "",
                 argument && argument[0] == '[' ? argument + 1
                 : argument                     ? argument
                                                : "");
        printf("%-28s %s\n", left, OPTIONS[i].help);
    }
}

static bool complain(int *exit_code, const char *format, const char *a)
{
    char *shown = printable(a);
    fprintf(stderr, "winipc-cts: ");
    fprintf(stderr, format, shown);
    fputc('\n', stderr);
    free(shown);
    *exit_code = EXIT_USAGE;
    return false;
}

static const char **add_word(const char **list, const char *word)
{
    size_t count = 0;
    while (list && list[count])
        count++;
    list = grow_list(list, count + 2, sizeof(*list));
    list[count] = word;
    list[count + 1] = NULL;
    return list;
}

bool shard_read(const char *text, unsigned *number, unsigned *of)
{
    char part[8];
    unsigned long k, n;
    size_t size = strcspn(text, "/");
    if (size >= sizeof(part) || !text[size])
        return false;
    memcpy(part, text, size);
    part[size] = '\0';
    if (!read_whole(text + size + 1, 1, 1000, &n) || !read_whole(part, 1, n, &k))
        return false;
    *number = (unsigned)k;
    *of = (unsigned)n;
    return true;
}

/* `--tap FILE`: the word is a file when it is "-" or ends in .tap, as no case id does. */
static const char *tap_word(int argc, char **argv)
{
    if (optarg)
        return optarg;
    size_t size = optind < argc ? strlen(argv[optind]) : 0;
    if (size == 0 ||
        (strcmp(argv[optind], "-") && (size < 4 || strcmp(argv[optind] + size - 4, ".tap"))))
        return "-";
    return argv[optind++];
}

static bool take(int key, int argc, char **argv, struct options *o, int *exit_code)
{
    unsigned long number = 0;
    switch (key) {
    case 'j':
        if (!read_whole(optarg, 1, 60, &number))
            return complain(exit_code, "-j takes a whole number from 1 to 60, not '%s'", optarg);
        o->jobs = (unsigned)number;
        break;
    case REPEAT:
        if (!read_whole(optarg, 1, 1000000, &number))
            return complain(exit_code, "--repeat takes a whole number from 1 to 1000000, not '%s'",
                            optarg);
        o->repeat = (unsigned)number;
        break;
    case LABEL:
        if (!*optarg || strlen(optarg) > 60)
            return complain(exit_code, "--label takes 1 to 60 bytes, not '%s'", optarg);
        o->label = optarg;
        break;
    case SHARD: {
        unsigned part, of;
        if (!shard_read(optarg, &part, &of))
            return complain(exit_code, "--shard takes K/N with K from 1 to N, not '%s'", optarg);
        o->shard = optarg;
        break;
    }
    case SAMPLE:
        if (!read_whole(optarg, 1, 1000000, &number))
            return complain(exit_code, "--sample takes a whole number from 1 to 1000000, not '%s'",
                            optarg);
        o->sample = (unsigned)number;
        break;
    case BASELINE:
        o->baseline = optarg;
        break;
    case SCALE:
        if (!read_decimal(optarg, 0.01, 1000, &o->scale))
            return complain(exit_code, "--timeout-scale takes a factor from 0.01 to 1000, not '%s'",
                            optarg);
        break;
    case SHUFFLE:
        o->shuffle = true;
        if (optarg && !read_whole(optarg, 1, 4294967295, &number))
            return complain(exit_code, "--shuffle takes a seed from 1 to 4294967295, not '%s'",
                            optarg);
        if (optarg)
            o->seed = (unsigned)number;
        o->seed_given = optarg != NULL;
        break;
    case TAP:
        if (o->tap)
            return complain(exit_code, "%s is given twice", "--tap");
        o->tap = tap_word(argc, argv);
        if (!*o->tap)
            return complain(exit_code, "%s takes the name of a file", "--tap=");
        break;
    case JSON:
        if (o->json)
            return complain(exit_code, "%s is given twice", "--json");
        o->json = optarg;
        if (optarg && !*optarg)
            return complain(exit_code, "%s takes the name of a file", "--json");
        o->json_to_stdout = !optarg;
        break;
    case JUNIT:
        if (o->junit)
            return complain(exit_code, "%s is given twice", "--junit");
        o->junit = optarg;
        break;
    case HTML:
        if (o->html)
            return complain(exit_code, "%s is given twice", "--html");
        o->html = optarg;
        break;
    case EXCLUDE:
        o->excludes = add_word(o->excludes, optarg);
        break;
    case EXPECT:
        o->expects = add_word(o->expects, optarg);
        break;
    case MUTANT:
        if (o->mutant)
            return complain(exit_code, "%s is given twice", "--mutant");
        o->mutant = optarg;
        break;
    case NONCE:
        o->nonce = optarg;
        break;
    case LADDER:
        o->ladder = true;
        break;
    case NEEDS:
        o->needs = true;
        break;
    case EXPECTATIONS:
        o->expectations = true;
        break;
    case CSV:
        o->csv = true;
        break;
    case UPDATE:
        o->update = true;
        break;
    case INTO:
        o->into = optarg;
        break;
    case API:
        o->api = true;
        break;
    case STUBS:
        o->stubs = true;
        break;
    case NO_ISOLATION:
        o->no_isolation = true;
        break;
    case FAST:
        o->fast = true;
        break;
    case LEAKS:
        o->leaks = true;
        break;
    case ISOLATED:
        o->isolated = true;
        break;
    case RESUME:
        o->resume = true;
        break;
    case FAILED:
        o->failed = true;
        break;
    case TRACE:
        o->trace = true;
        break;
    case ASSERTIONS:
        o->assertions = true;
        break;
    case 'q':
        o->verbosity = -1;
        break;
    case 'v':
        o->verbosity = 1;
        break;
    }
    return true;
}

/* getopt_long's tables of one command. */
static void make_tables(int bit, char *letters, struct option *longs)
{
    size_t count = 0;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const char *argument = OPTIONS[i].argument;
        if (!(OPTIONS[i].goes_with & bit))
            continue;
        longs[count++] = (struct option){OPTIONS[i].name,
                                         !argument || !*argument ? no_argument
                                         : *argument == '['      ? optional_argument
                                                                 : required_argument,
                                         NULL, OPTIONS[i].key};
        if (OPTIONS[i].key < 256) {
            *letters++ = (char)OPTIONS[i].key;
            if (argument)
                *letters++ = ':';
        }
    }
    *letters = '\0';
    longs[count] = (struct option){0};
}

/* The name of the option KEY when it does not go with MODE, otherwise what is said BEFORE. */
static const char *option_without(int mode, int key, const char *before)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (OPTIONS[i].key == key && !(OPTIONS[i].goes_with & mode))
            return OPTIONS[i].name;
    return before;
}

/* Whether what was read makes sense together, of so many WORDS besides options. */
static bool is_consistent(size_t command, int words, const struct options *options, int *exit_code)
{
    if (options->ladder && options->patterns)
        return complain(exit_code, "--ladder has its own cases, not '%s'", options->patterns[0]);
    if (options->resume && !options->json)
        return complain(exit_code, "%s goes on with the run of a --json FILE: name it", "--resume");
    if (options->failed && !options->json)
        return complain(exit_code, "%s goes by the record of a --json FILE: name it", "--failed");
    if (options->leaks && (!options->fast || options->mutant))
        return complain(exit_code, "%s goes with --fast, and without --mutant", "--leaks");
    if (COMMANDS[command].words == 0 && options->patterns)
        return complain(exit_code, "doctor takes no '%s'", options->patterns[0]);
    const int takes = COMMANDS[command].words;
    if ((takes > 0 && takes != words) || (takes == SOME && !words)) {
        char format[200];
        snprintf(format, sizeof(format), "%%s takes %s", COMMANDS[command].takes);
        return complain(exit_code, format, options->command);
    }
    if (COMMANDS[command].bit == DOCTOR && options->json_to_stdout && !options->api)
        return complain(exit_code, "doctor %s takes --api, too", "--json");
    if (COMMANDS[command].bit == MATRIX && !options->html)
        return complain(exit_code, "matrix writes its page to an %s FILE: name it", "--html");
    if (COMMANDS[command].bit == MERGE && !options->json)
        return complain(exit_code, "merge writes its record to a %s FILE: name it", "--json");
    if (COMMANDS[command].bit == PROPOSE && !options->update)
        return complain(exit_code, "expect takes %s", "--update");
    if (options->expectations && (options->needs || options->assertions || options->excludes))
        return complain(exit_code, "list %s goes with --json or --csv alone", "--expectations");
    if (options->csv && (!options->expectations || options->json_to_stdout))
        return complain(exit_code, "list %s takes --expectations, and no --json", "--csv");
    if (options->needs && options->assertions)
        return complain(exit_code, "list %s is about cases, --assertions is not", "--needs");
    if (options->stubs && !options->api)
        return complain(exit_code, "doctor %s takes --api, too", "--stubs");
    if (options->api && options->nonce)
        return complain(exit_code, "doctor %s runs nothing that --nonce could be about", "--api");
    return true;
}

bool options_read(int argc, char **argv, struct options *options, int *exit_code)
{
    char letters[60];
    struct option longs[OPTION_COUNT + 1];
    size_t command = 0;
    const char *not_in_process = NULL, *not_climbing = NULL;

    *options = (struct options){.repeat = 1, .scale = 1};
    if (argc < 2)
        return complain(exit_code, "say what to do; %s lists the commands", "--help");
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "help")) {
        help_all();
        *exit_code = EXIT_AS_EXPECTED;
        return false;
    }
    if (!strcmp(argv[1], "--version")) {
        puts("winipc-cts " PACKAGE_VERSION);
        *exit_code = EXIT_AS_EXPECTED;
        return false;
    }
    while (command < COMMAND_COUNT && strcmp(argv[1], COMMANDS[command].name))
        command++;
    if (command == COMMAND_COUNT)
        return complain(exit_code, "there is no command '%s'; --help lists them", argv[1]);
    options->command = COMMANDS[command].name;

    make_tables((int)COMMANDS[command].bit, letters, longs);
    opterr = 0;
    optind = 2;
    for (int key; (key = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        if (key == '?' || key == ':') {
            char format[200];
            snprintf(format, sizeof(format),
                     "'%%s' is no option of '%s', or lacks its argument; "
                     "winipc-cts %s --help lists them",
                     options->command, options->command);
            return complain(exit_code, format, argv[optind - 1]);
        }
        if (key == HELP) {
            help_command(command);
            *exit_code = EXIT_AS_EXPECTED;
            return false;
        }
        if (!take(key, argc, argv, options, exit_code))
            return false;
        not_in_process = option_without(IN_PROCESS, key, not_in_process);
        not_climbing = option_without(CLIMBING, key, not_climbing);
    }
    const int words = argc - optind;
    for (; optind < argc; optind++)
        options->patterns = add_word(options->patterns, argv[optind]);
    if (options->no_isolation && not_in_process)
        return complain(exit_code, "--no-isolation does not go with --%s", not_in_process);
    if (options->ladder && not_climbing)
        return complain(exit_code, "--ladder does not go with --%s", not_climbing);
    return is_consistent(command, words, options, exit_code);
}
