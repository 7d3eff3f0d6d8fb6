/* Expectations: each says what was expected, what came, and where. */
#include "case/process.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

/* Every expectation that holds leaves this behind, so that the next one cannot find an old error.
 */
static void expectation_held(void)
{
    SetLastError(LAST_ERROR_UNSET);
}

#define failed(...) test_end(here, FAIL, CAUSE_ASSERTION, __VA_ARGS__)

/* "ERROR_NO_DATA (232) or ERROR_BROKEN_PIPE (109)" */
static char *list_errors(const DWORD *errors, char *buffer, size_t size)
{
    size_t used = 0;
    buffer[0] = '\0';
    for (; *errors != LAST_ERROR_UNSET && used < size; errors++) {
        char one[80];
        used += (size_t)snprintf(buffer + used, size - used, "%s%s", used ? " or " : "",
                                 error_text(*errors, one, sizeof(one)));
    }
    return buffer;
}

static bool among(DWORD error, const DWORD *errors)
{
    for (; *errors != LAST_ERROR_UNSET; errors++)
        if (*errors == error)
            return true;
    return false;
}

void cts_unresolved(struct here here, DWORD error, const char *condition)
{
    char name[80];
    test_end(here, UNRESOLVED, CAUSE_NONE, "set-up did not get there: require(%s), last error %s",
             condition, error_text(error, name, sizeof(name)));
}

void cts_unresolved_because(struct here here, const char *format, ...)
{
    char text[2000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    test_end(here, UNRESOLVED, CAUSE_NONE, "%s", text);
}

void cts_unsupported(struct here here, const char *format, ...)
{
    char text[2000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    test_end(here, UNSUPPORTED, CAUSE_NONE, "%s", text);
}

void cts_record(const char *key, const char *format, ...)
{
    char text[2000], word[100];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    snprintf(word, sizeof(word), "%s", key);
    for (char *c = word; *c; c++)
        if (*c == ' ' || *c == '\n')
            *c = '_';
    record_line("saw", "%s %s", word, text);
    expectation_held();
}

void cts_expect_true(struct here here, const char *what, bool value)
{
    if (!value)
        failed("expected %s; it does not hold", what);
    expectation_held();
}

void cts_expect_succeeded(struct here here, const char *what, bool value, DWORD error)
{
    char name[80];
    if (!value)
        failed("expected success; %s failed with %s", what, error_text(error, name, sizeof(name)));
    expectation_held();
}

void cts_expect_failed(struct here here, const char *what, bool value, DWORD error,
                       const DWORD *errors)
{
    char name[80], wanted[400] = "any error";
    if (errors)
        list_errors(errors, wanted, sizeof(wanted));
    if (value)
        failed("expected failure with %s; %s succeeded", wanted, what);
    if (errors && !among(error, errors))
        failed("expected %s to fail with %s; it failed with %s", what, wanted,
               error_text(error, name, sizeof(name)));
    if (!errors)
        cts_record("last_error", "%s: %s", what, error_text(error, name, sizeof(name)));
    expectation_held();
}

void cts_expect_handle(struct here here, const char *what, const void *handle, DWORD error)
{
    char name[80];
    if (handle == NULL || handle == INVALID_HANDLE_VALUE)
        failed("expected a handle; %s is %s, last error %s", what,
               handle ? "INVALID_HANDLE_VALUE" : "NULL", error_text(error, name, sizeof(name)));
    expectation_held();
}

void cts_expect_pointer(struct here here, const char *what, const void *actual,
                        const void *expected, DWORD error, const DWORD *errors)
{
    char name[80], wanted[400];
    const char *value = expected ? "INVALID_HANDLE_VALUE" : "NULL";
    list_errors(errors, wanted, sizeof(wanted));
    if (actual != expected)
        failed("expected %s and %s; %s is %p", value, wanted, what, actual);
    if (!among(error, errors))
        failed("expected %s to fail with %s; it failed with %s", what, wanted,
               error_text(error, name, sizeof(name)));
    expectation_held();
}

void cts_expect_error(struct here here, const char *what, DWORD actual, DWORD expected)
{
    char a[80], e[80];
    if (actual != expected)
        failed("expected %s to be %s; it is %s", what, error_text(expected, e, sizeof(e)),
               error_text(actual, a, sizeof(a)));
    expectation_held();
}

void cts_expect_number(struct here here, const char *what, uint64_t actual, uint64_t expected)
{
    if (actual != expected)
        failed("expected %s to be %lld (0x%llx); it is %lld (0x%llx)", what, (long long)expected,
               (unsigned long long)expected, (long long)actual, (unsigned long long)actual);
    expectation_held();
}

void cts_expect_flags(struct here here, const char *what, DWORD actual, DWORD expected,
                      const struct flag_name *set)
{
    char a[400], e[400];
    if (actual != expected)
        failed("expected %s to be %s (0x%lX); it is %s (0x%lX)", what,
               flags_text(expected, set, e, sizeof(e)), expected,
               flags_text(actual, set, a, sizeof(a)), actual);
    expectation_held();
}

static void expect_byte(struct here here, const char *what, size_t at, uint8_t actual,
                        uint8_t expected)
{
    if (actual != expected)
        failed("expected byte %llu of %s to be 0x%02X; it is 0x%02X", (unsigned long long)at, what,
               expected, actual);
}

void cts_expect_bytes(struct here here, const char *what, const void *actual, const void *expected,
                      size_t size)
{
    for (size_t i = 0; i < size; i++)
        expect_byte(here, what, i, ((const uint8_t *)actual)[i], ((const uint8_t *)expected)[i]);
    expectation_held();
}

void cts_expect_filled(struct here here, const char *what, const void *actual, uint8_t byte,
                       size_t size)
{
    for (size_t i = 0; i < size; i++)
        expect_byte(here, what, i, ((const uint8_t *)actual)[i], byte);
    expectation_held();
}

void cts_expect_pattern(struct here here, const char *what, const void *actual, size_t size,
                        uint64_t offset)
{
    uint8_t expected[4096];
    for (size_t done = 0; done < size; done += sizeof(expected)) {
        size_t part = size - done < sizeof(expected) ? size - done : sizeof(expected);
        pattern_fill(expected, part, offset + done);
        if (!memcmp((const uint8_t *)actual + done, expected, part))
            continue;
        for (size_t i = 0; i < part; i++)
            expect_byte(here, what, done + i, ((const uint8_t *)actual)[done + i], expected[i]);
    }
    expectation_held();
}

enum { SHOWN = 400 }; /* characters of a text; each has three bytes at most */

/* Not utf8_of(): an extracted case takes this file along, and not path.c. */
static const char *utf8_text(const WCHAR *text, char *room)
{
    size_t length = wcslen(text);
    int size = WideCharToMultiByte(CP_UTF8, 0, text, length < SHOWN ? (int)length : SHOWN, room,
                                   3 * SHOWN, NULL, NULL);
    room[size] = 0;
    return room;
}

void cts_expect_text(struct here here, const char *what, const WCHAR *actual, const WCHAR *expected)
{
    char shown[2][3 * SHOWN + 1];
    if (wcscmp(actual, expected))
        failed("expected %s to be \"%s\"; it is \"%s\"", what, utf8_text(expected, shown[0]),
               utf8_text(actual, shown[1]));
    expectation_held();
}

void cts_expect_text_a(struct here here, const char *what, const char *actual, const char *expected)
{
    if (strcmp(actual, expected))
        failed("expected %s to be \"%s\"; it is \"%s\"", what, expected, actual);
    expectation_held();
}

void cts_expect_signaled(struct here here, const char *what, HANDLE handle)
{
    DWORD result = real(WaitForSingleObject)(handle, step_limit());
    char name[80];
    if (result == WAIT_TIMEOUT)
        test_end(here, FAIL, CAUSE_TIMEOUT,
                 "expected %s to become signaled; it did not within "
                 "%lu ms",
                 what, step_limit());
    if (result == WAIT_FAILED)
        failed("expected %s to become signaled; the wait failed with %s", what,
               error_text(GetLastError(), name, sizeof(name)));
    expectation_held();
}

void cts_expect_not_signaled(struct here here, const char *what, HANDLE handle, bool settle)
{
    DWORD time = settle ? scaled(100) : 0;
    char name[80];
    if (settle)
        record_line("wait", "%lu", time);
    DWORD result = real(WaitForSingleObject)(handle, time);
    if (result == WAIT_FAILED)
        failed("expected %s not to be signaled; the wait failed with %s", what,
               error_text(GetLastError(), name, sizeof(name)));
    if (result != WAIT_TIMEOUT)
        failed("expected %s not to be signaled%s; it is", what,
               settle ? " after the settle time" : "");
    expectation_held();
}

bool settles(HANDLE handle)
{
    DWORD error = GetLastError(), time = scaled(100);
    record_line("wait", "%lu", time);
    bool signaled = real(WaitForSingleObject)(handle, time) == WAIT_OBJECT_0;
    SetLastError(error);
    return signaled;
}

void cts_expect_exit_code(struct here here, const char *what, HANDLE ended, DWORD expected)
{
    DWORD code = 0;
    cts_expect_signaled(here, what, ended);
    if (!real(GetExitCodeProcess)(ended, &code) || code != expected)
        failed("expected %s to end with exit code %lu (0x%lX); it ended with %lu (0x%lX)", what,
               expected, expected, code, code);
    expectation_held();
}

void cts_expect_fault(struct here here, const char *what, struct fault fault, DWORD code)
{
    char a[80], e[80];
    if (fault.code == code) {
        expectation_held();
        return;
    }
    if (fault.code == 0)
        failed("expected %s to raise %s; it went through", what,
               exception_text(code, e, sizeof(e)));
    if (code == 0)
        failed("expected %s to go through; it raised %s %s %p", what,
               exception_text(fault.code, a, sizeof(a)), fault.write ? "writing" : "reading",
               fault.address);
    failed("expected %s to raise %s; it raised %s", what, exception_text(code, e, sizeof(e)),
           exception_text(fault.code, a, sizeof(a)));
}
