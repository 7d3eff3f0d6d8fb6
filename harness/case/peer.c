/* Peers: starting further processes of this program, telling them things, and taking their verdict;
 * checkpoints between them; and what handles a process of a case starts with. */
#include "case/path.h"
#include "case/process.h"
#include "case/registry.h"
#include "case/late.h"
#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct peer_private {
    struct peer *next;
    char number[64];
    char *name;
    bool ended;
};

static struct peer *peers; /* those that this process started, newest first */
static unsigned peer_count;

static struct given *received; /* what this process was given, up to GIVEN_END */
static HANDLE *arrived;        /* the inheritable handles that this process was started with */
static size_t arrived_count;
/* What the case's process had inheritable before its test ran; in a peer: met again there. */
static struct foreign {
    char *what;
    bool met;
} * foreign;
static size_t foreign_count;

#define HERE_IN_HARNESS ((struct here){NULL, 0})

/* ---- Giving and receiving */

static void append(char **text, size_t *used, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    *text = grow(*text, *used + (size_t)size + 1);
    va_start(arguments, format);
    vsnprintf(*text + *used, (size_t)size + 1, format, arguments);
    va_end(arguments);
    *used += (size_t)size;
}

/* One line each; text as the hexadecimal values of its UTF-16 units, so that any text survives. */
static bool write_given(const char *number, const struct given *given)
{
    char *text = NULL;
    size_t used = 0;
    append(&text, &used, "%s", "");
    for (size_t i = 0; i < foreign_count; i++)
        append(&text, &used, "foreign %s\n", foreign[i].what);
    for (; given->kind != GIVEN_END; given++) {
        if (given->kind == GIVEN_HANDLE)
            append(&text, &used, "handle %llx\n", (unsigned long long)(UINT_PTR)given->handle);
        if (given->kind == GIVEN_NUMBER)
            append(&text, &used, "number %llx\n", (unsigned long long)given->number);
        if (given->kind == GIVEN_TEXT) {
            append(&text, &used, "text ");
            for (const WCHAR *c = given->text; *c; c++)
                append(&text, &used, "%04x", (unsigned)*c);
            append(&text, &used, "\n");
        }
    }
    HANDLE file = real(CreateFileW)(process_file(number, L"given"), GENERIC_WRITE, FILE_SHARE_READ,
                                    NULL, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
    DWORD written = 0;
    bool done = file != INVALID_HANDLE_VALUE &&
                real(WriteFile)(file, text, (DWORD)used, &written, NULL) && written == used;
    if (file != INVALID_HANDLE_VALUE)
        real(CloseHandle)(file);
    free(text);
    return done;
}

static WCHAR *read_text(const char *hex)
{
    size_t length = strspn(hex, "0123456789abcdef") / 4;
    WCHAR *text = zeroed(length + 1, sizeof(*text));
    for (size_t i = 0; i < length; i++) {
        char unit[5] = {hex[4 * i], hex[4 * i + 1], hex[4 * i + 2], hex[4 * i + 3], '\0'};
        text[i] = (WCHAR)strtoul(unit, NULL, 16);
    }
    return text;
}

static void add_foreign(const char *what, size_t size)
{
    foreign = grow_list(foreign, foreign_count + 1, sizeof(*foreign));
    foreign[foreign_count] = (struct foreign){.what = grow(NULL, size + 1)};
    snprintf(foreign[foreign_count++].what, size + 1, "%.*s", (int)size, what);
}

static struct given *read_given(const char *text)
{
    size_t count = 0;
    struct given *list = grow(NULL, sizeof(*list));
    for (const char *line = text; line && *line; line = strchr(line, '\n') + 1) {
        if (!strncmp(line, "foreign ", 8)) {
            add_foreign(line + 8, strcspn(line + 8, "\n"));
            continue;
        }
        list = grow_list(list, count + 2, sizeof(*list));
        struct given one = {.kind = GIVEN_NOTHING};
        if (!strncmp(line, "handle ", 7))
            one = given_handle((UINT_PTR)strtoull(line + 7, NULL, 16));
        else if (!strncmp(line, "number ", 7))
            one = given_number(strtoull(line + 7, NULL, 16));
        else
            one = given_text(read_text(line + 5));
        list[count++] = one;
    }
    list[count] = (struct given){.kind = GIVEN_END};
    return list;
}

static const struct given *nth_given(int kind, const char *word, unsigned n)
{
    unsigned seen = 0;
    for (const struct given *one = received; one && one->kind != GIVEN_END; one++)
        if ((int)one->kind == kind && seen++ == n)
            return one;
    test_end(HERE_IN_HARNESS, UNRESOLVED, CAUSE_NONE, "%s was given %u %ss and asks for number %u",
             process.id, seen, word, n);
}

HANDLE peer_handle(unsigned n)
{
    return nth_given(GIVEN_HANDLE, "handle", n)->handle;
}

const WCHAR *peer_text(unsigned n)
{
    return nth_given(GIVEN_TEXT, "text", n)->text;
}

uint64_t peer_number(unsigned n)
{
    return nth_given(GIVEN_NUMBER, "number", n)->number;
}

/* ---- Handles that a process starts with */

/* Handles are given out from the lowest value up, so none is expected beyond a gap as wide as this.
 * Where the implementation counts a process's handles (Wine 8.0 does not), the count ends the
 * search; the wide gap does when handles were closed in the meantime. */
#define HANDLE_GAP 48
#define HANDLE_GAP_COUNTED 0x4000

/* Calls VISIT, unless NULL, for each inheritable handle of this process. How many handles of any
 * kind there are, as far as can be told. */
static DWORD each_inheritable(void (*visit)(HANDLE))
{
    DWORD flags, count = 0, seen = 0;
    if (!api_exists(GetHandleInformation))
        return 0;
    if (late_has("GetProcessHandleCount"))
        GetProcessHandleCount(GetCurrentProcess(), &count);
    UINT_PTR last = 0, gap = 4 * (count ? HANDLE_GAP_COUNTED : HANDLE_GAP);
    for (UINT_PTR value = 4; (!count || seen < count) && value <= last + gap; value += 4) {
        if (!real(GetHandleInformation)((HANDLE)value, &flags))
            continue;
        seen++;
        last = value;
        if (visit && (flags & HANDLE_FLAG_INHERIT))
            visit((HANDLE)value);
    }
    return seen;
}

DWORD handles_count(void)
{
    return each_inheritable(NULL);
}

typedef LONG(WINAPI *query_object)(HANDLE, int, void *, ULONG, ULONG *);

/* Appends what ntdll's query number INFORMATION says: it begins with a UNICODE_STRING. */
static void append_query(char *text, size_t size, HANDLE handle, int information)
{
    union {
        struct {
            USHORT bytes, room;
            const WCHAR *text;
        } string;
        char room[4096];
    } found = {.string = {0}};
    query_object query =
        (query_object)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtQueryObject");
    ULONG used;
    if (!query || query(handle, information, &found, sizeof(found), &used) < 0)
        return;
    size_t old = strlen(text);
    int added = WideCharToMultiByte(CP_UTF8, 0, found.string.text, found.string.bytes / 2,
                                    text + old, (int)(size - old - 1), NULL, NULL);
    text[old + (size_t)added] = '\0';
}

/* "Event", "File (disk) \Device\...": the object's type and name. The name of a pipe is not asked
 * for: that can wait for whoever reads from it. */
static const char *describe(char *text, size_t size, HANDLE handle)
{
    static const char *const KINDS[] = {"unknown", "disk", "character", "pipe"};
    const int NAME = 1, TYPE = 2;
    text[0] = '\0';
    append_query(text, size, handle, TYPE);
    DWORD kind = api_exists(GetFileType) ? real(GetFileType)(handle) : FILE_TYPE_UNKNOWN;
    if (!strcmp(text, "File"))
        snprintf(text, size, "File (%s)", kind <= FILE_TYPE_PIPE ? KINDS[kind] : "?");
    if (kind != FILE_TYPE_PIPE && strlen(text) + 2 < size) {
        strcat(text, " ");
        append_query(text, size, handle, NAME);
    }
    size_t length = strlen(text);
    if (length && text[length - 1] == ' ')
        text[length - 1] = '\0';
    return text;
}

static void note_arrived(HANDLE handle)
{
    arrived = grow_list(arrived, arrived_count + 1, sizeof(*arrived));
    arrived[arrived_count++] = handle;
}

/* A process started without STARTF_USESTDHANDLES has either duplicates made by the system or the
 * numbers of its starter's standard handles. Where the harness has sealed those, nothing that is
 * inherited can have their number. */
static bool is_standard(HANDLE handle)
{
    return handle == real(GetStdHandle)(STD_INPUT_HANDLE) ||
           handle == real(GetStdHandle)(STD_OUTPUT_HANDLE) ||
           handle == real(GetStdHandle)(STD_ERROR_HANDLE);
}

static bool was_given(HANDLE handle)
{
    for (const struct given *one = received; one->kind != GIVEN_END; one++)
        if (one->kind == GIVEN_HANDLE && one->handle == handle)
            return true;
    return is_standard(handle);
}

/* One for each that the case's process has. */
static bool is_foreign(const char *what)
{
    for (size_t i = 0; i < foreign_count; i++)
        if (!foreign[i].met && !strcmp(foreign[i].what, what))
            return foreign[i].met = true;
    return false;
}

/* What the system, or a library that somebody puts into every process, leaves inheritable in the
 * case's process it leaves in peers, too: no test is to blame for that. */
static void note_foreign(HANDLE handle)
{
    char text[600];
    if (is_standard(handle))
        return;
    describe(text, sizeof(text), handle);
    add_foreign(text, strlen(text));
}

void handles_begin(void)
{
    each_inheritable(note_foreign);
}

void peers_receive(void)
{
    const WCHAR *path = process_file(process.number, L"given");
    char what[600];
    char *text = file_read(path, 1 << 24, NULL);
    if (!text)
        test_end(HERE_IN_HARNESS, UNRESOLVED, CAUSE_NONE, "cannot read %s", utf8_of(path));
    received = read_given(text);
    free(text);
    each_inheritable(note_arrived);
    size_t count = arrived_count;
    arrived_count = 0;
    for (size_t i = 0; i < count; i++)
        if (was_given(arrived[i]))
            arrived[arrived_count++] = arrived[i];
        else if (!is_foreign(describe(what, sizeof(what), arrived[i])))
            test_end(
                HERE_IN_HARNESS, FAIL, CAUSE_LEAK,
                "peer %s started with the inheritable handle 0x%llx (%s), which nobody gave it",
                process.id, (unsigned long long)(UINT_PTR)arrived[i], what);
}

static void seal(HANDLE handle)
{
    for (size_t i = 0; i < arrived_count; i++)
        if (arrived[i] == handle)
            return;
    if (api_exists(SetHandleInformation))
        real(SetHandleInformation)(handle, HANDLE_FLAG_INHERIT, 0);
}

void handles_seal(void)
{
    each_inheritable(seal);
}

/* ---- Starting */

static struct peer *make_peer(const struct cts_peer *which)
{
    if (real(GetEnvironmentVariableW)(L"CTS_LACKS", NULL, 0)) /* calibrate.c has found that out */
        test_end((struct here){0}, UNSUPPORTED, CAUSE_NONE, "needs a second process");
    struct peer *peer = zeroed(1, sizeof(*peer));
    peer->private = zeroed(1, sizeof(*peer->private));
    peer->private->name = registry_id(which->test);
    if (strcmp(process.number, "0"))
        snprintf(peer->private->number, sizeof(peer->private->number), "%.50s-%u", process.number,
                 ++peer_count);
    else
        snprintf(peer->private->number, sizeof(peer->private->number), "%u", ++peer_count);
    peer->command_line = wide_print(L"\"%ls\" " PROCESS_WORDS, program_name(), L"@peer",
                                    peer->private->name, process.dir, process.nonce, process.scale,
                                    process.mutant, (int)process.trace, peer->private->number);
    peer->private->next = peers;
    peers = peer;
    return peer;
}

struct peer *cts_peer_prepare(struct cts_peer *which, const struct given *given)
{
    struct peer *peer = make_peer(which);
    if (!write_given(peer->private->number, given))
        test_end(HERE_IN_HARNESS, UNRESOLVED, CAUSE_NONE, "cannot write what peer %s is given",
                 peer->private->name);
    SetLastError(LAST_ERROR_UNSET);
    return peer;
}

static void give_duplicates(struct peer *peer, const struct given *given)
{
    struct given copy[64];
    size_t count = 0;
    for (; given->kind != GIVEN_END && count < 63; given++) {
        copy[count] = *given;
        if (given->kind == GIVEN_HANDLE &&
            !real(DuplicateHandle)(GetCurrentProcess(), given->handle, peer->info.hProcess,
                                   &copy[count].handle, 0, FALSE, DUPLICATE_SAME_ACCESS))
            test_end(HERE_IN_HARNESS, UNRESOLVED, CAUSE_NONE,
                     "cannot duplicate handle 0x%llx into peer %s: error %lu",
                     (unsigned long long)(UINT_PTR)given->handle, peer->private->name,
                     GetLastError());
        count++;
    }
    copy[count].kind = GIVEN_END;
    if (!write_given(peer->private->number, copy))
        test_end(HERE_IN_HARNESS, UNRESOLVED, CAUSE_NONE, "cannot write what peer %s is given",
                 peer->private->name);
}

struct peer *cts_peer_start(struct cts_peer *which, const struct given *given)
{
    struct peer *peer = make_peer(which);
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    if (!start_process(peer->command_line, FALSE, 0, &startup, &peer->info)) {
        char error[80];
        test_end(HERE_IN_HARNESS, UNRESOLVED, CAUSE_NONE, "cannot start peer %s: %s",
                 peer->private->name, error_text(GetLastError(), error, sizeof(error)));
    }
    give_duplicates(peer, given);
    real(ResumeThread)(peer->info.hThread);
    SetLastError(LAST_ERROR_UNSET);
    return peer;
}

/* ---- Ending */

static bool gone(const struct peer *peer)
{
    return !peer->info.hProcess ||
           real(WaitForSingleObject)(peer->info.hProcess, 0) == WAIT_OBJECT_0;
}

static struct record record_of(const struct peer *peer)
{
    return record_read(process_file(peer->private->number, L"rec"), process.nonce);
}

/* Ends this test as the peer's record says, unless it says PASS. */
static void take_verdict(const struct peer *peer)
{
    struct record record = record_of(peer);
    const char *name = peer->private->name;
    DWORD code = 0;
    real(GetExitCodeProcess)(peer->info.hProcess, &code);
    if (record.untrusted)
        test_end(HERE_IN_HARNESS, UNRESOLVED, CAUSE_NONE,
                 "peer %s left a record not to be "
                 "trusted: %s",
                 name, record.untrusted);
    if (record.verdict == PASS && record.finished) {
        record_free(&record);
        return;
    }
    if (record.verdict > PASS)
        test_end(HERE_IN_HARNESS, record.verdict, record.cause, "peer %s: %s (%s)", name,
                 record.message ? record.message : "no message",
                 record.place ? record.place : "no place");
    if (record.crash)
        test_end(HERE_IN_HARNESS, FAIL, CAUSE_CRASH, "peer %s crashed: %s", name, record.crash);
    test_end(HERE_IN_HARNESS, FAIL, CAUSE_CRASH,
             "peer %s ended with exit code 0x%lX and left no verdict", name, code);
}

void peer_join(struct peer *peer)
{
    if (peer->private->ended)
        return;
    if (peer->info.hProcess &&
        real(WaitForSingleObject)(peer->info.hProcess, step_limit()) != WAIT_OBJECT_0) {
        struct record record = record_of(peer);
        test_end(HERE_IN_HARNESS, FAIL, CAUSE_TIMEOUT,
                 "peer %s did not end within %lu ms (last checkpoint: %s)", peer->private->name,
                 step_limit(), record.checkpoint ? record.checkpoint : "none");
    }
    peer->private->ended = true;
    if (peer->info.hProcess)
        take_verdict(peer);
    SetLastError(LAST_ERROR_UNSET);
}

void peer_kill(struct peer *peer)
{
    record_line("excused", "@%s.rec", peer->private->number);
    peer->private->ended = true;
    if (!real(TerminateProcess)(peer->info.hProcess, 1) ||
        real(WaitForSingleObject)(peer->info.hProcess, step_limit()) != WAIT_OBJECT_0)
        test_end(HERE_IN_HARNESS, UNRESOLVED, CAUSE_NONE, "cannot kill peer %s",
                 peer->private->name);
    SetLastError(LAST_ERROR_UNSET);
}

void peers_finish(void)
{
    for (struct peer *peer = peers; peer; peer = peer->private->next)
        peer_join(peer);
}

void peers_forget(void)
{
    peers = NULL;
    peer_count = 0;
}

void peers_kill(void)
{
    for (struct peer *peer = peers; peer; peer = peer->private->next)
        if (!peer->private->ended && !gone(peer))
            real(TerminateProcess)(peer->info.hProcess, 1);
}

/* ---- Checkpoints */

static WCHAR *checkpoint_path(const char *name)
{
    return wide_print(L"%ls\\@at-%hs", process.dir, name);
}

void checkpoint_reach(const char *name)
{
    WCHAR *path = checkpoint_path(name);
    HANDLE file = real(CreateFileW)(path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                                    OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE)
        test_end(HERE_IN_HARNESS, UNRESOLVED, CAUSE_NONE, "cannot write checkpoint '%s'", name);
    real(CloseHandle)(file);
    free(path);
    record_line("at", "%s", name);
    SetLastError(LAST_ERROR_UNSET);
}

/* A peer that has died cannot reach anything: its verdict says more than a time-out would. */
static void check_dead_peers(void)
{
    for (struct peer *peer = peers; peer; peer = peer->private->next)
        if (!peer->private->ended && peer->info.hProcess && gone(peer))
            peer_join(peer);
}

void checkpoint_wait(const char *name)
{
    WCHAR *path = checkpoint_path(name);
    ULONGLONG end = GetTickCount64() + step_limit();
    while (real(GetFileAttributesW)(path) == INVALID_FILE_ATTRIBUTES) {
        check_dead_peers();
        test_end_if_failed();
        if (GetTickCount64() > end)
            test_end(HERE_IN_HARNESS, UNRESOLVED, CAUSE_TIMEOUT,
                     "no process reached checkpoint '%s' within %lu ms", name, step_limit());
        nap();
    }
    free(path);
    SetLastError(LAST_ERROR_UNSET);
}
