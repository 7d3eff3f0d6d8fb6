/* Verdict records that are not what this suite's own process wrote: none of them is a pass. */
#include "case/record.h"
#include "case/process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Closes the record behind the harness's back, as a stray CloseHandle in a test would. */
static void close_record(const WCHAR *file)
{
    WCHAR path[600];
    size_t length = wcslen(file);
    for (UINT_PTR value = 4; value < 0x1000; value += 4) {
        HANDLE handle = (HANDLE)value;
        if (GetFileType(handle) != FILE_TYPE_DISK)
            continue;
        DWORD size = GetFinalPathNameByHandleW(handle, path, 600, 0);
        if (size > length && size < 600 && !wcscmp(path + size - length, file)) {
            require(CloseHandle(handle));
            return;
        }
    }
    unresolved("no handle of the record was found");
}

/* Ends the process with this text as its record. NONCE stands for this launch's nonce, '|' for a
 * zero byte. */
static void leave_record(const char *number, const char *text)
{
    char whole[2000];
    size_t size = 0;
    WCHAR file[100];
    for (; *text && size < sizeof(whole) - 100; text++) {
        if (!strncmp(text, "NONCE", 5)) {
            size += (size_t)snprintf(whole + size, 100, "%s", process.nonce);
            text += 4;
        } else {
            whole[size++] = *text == '|' ? '\0' : *text;
        }
    }
    swprintf(file, 100, L"@%hs.rec", number);
    close_record(file);
    HANDLE record = CreateFileW(process_file(number, L"rec"), GENERIC_WRITE, 0, NULL, CREATE_ALWAYS,
                                FILE_ATTRIBUTE_NORMAL, NULL);
    require(record != INVALID_HANDLE_VALUE);
    require(WriteFile(record, whole, (DWORD)size, &(DWORD){0}, NULL));
    ExitProcess(0);
}

#define HEAD "winipc-cts 1 NONCE harness.forged.record\nstarted\n"

static const struct forged_row {
    struct row row;
    const char *text;
} forged_rows[] = {
    {{"right", NULL}, HEAD "verdict PASS -\nfinished NONCE\n"},
    {{"empty", NULL}, ""},
    {{"garbage", NULL}, "\x01\x02\xFF\xFE\nPASS\n\n\x7F ELF"},
    {{"first_line_only", NULL}, "winipc-cts 1 NONCE harness.forged.record\n"},
    {{"first_line_cut_short", NULL}, "winipc-cts 1 NON"},
    {{"first_line_of_another_launch", NULL},
     "winipc-cts 1 0123456789abcdef harness.forged.record\nstarted\n"
     "verdict PASS -\nfinished NONCE\n"},
    {{"first_line_of_another_version", NULL},
     "winipc-cts 2 NONCE harness.forged.record\nstarted\nverdict PASS -\nfinished NONCE\n"},
    {{"never_started", NULL},
     "winipc-cts 1 NONCE harness.forged.record\nverdict PASS -\nfinished NONCE\n"},
    {{"no_verdict", NULL}, HEAD "finished NONCE\n"},
    {{"not_finished", NULL}, HEAD "verdict PASS -\n"},
    {{"verdict_cut_short", NULL}, HEAD "verdict PA"},
    {{"end_cut_short", NULL}, HEAD "verdict PASS -\nfinished NONCE"},
    {{"end_of_another_launch", NULL}, HEAD "verdict PASS -\nfinished 0123456789abcdef\n"},
    {{"end_without_nonce", NULL}, HEAD "verdict PASS -\nfinished\n"},
    {{"two_verdicts", NULL}, HEAD "verdict PASS -\nverdict PASS -\nfinished NONCE\n"},
    {{"fail_and_pass", NULL}, HEAD "verdict FAIL assertion\nverdict PASS -\nfinished NONCE\n"},
    {{"unknown_verdict", NULL}, HEAD "verdict SPLENDID -\nfinished NONCE\n"},
    {{"unknown_line", NULL}, HEAD "verdict PASS -\nhooray\nfinished NONCE\n"},
    {{"ends_twice", NULL}, HEAD "verdict PASS -\nfinished NONCE\nfinished NONCE\n"},
    {{"whole_record_twice", NULL},
     HEAD "verdict PASS -\nfinished NONCE\n" HEAD "verdict PASS -\nfinished NONCE\n"},
    {{"hidden_behind_a_zero_byte", NULL}, HEAD "verdict PASS -\nfinished NONCE\n|verdict FAIL -\n"},
    {{"fail_not_finished", NULL}, HEAD "message by another hand\nverdict FAIL assertion\n"},
};

START_TEST(record_is)
{
    leave_record("0", forged_rows[_i].text);
}
END_TEST
COVERS_ROWS(record_is, forged_rows);

START_TEST(record_is_gone)
{
    close_record(L"@0.rec");
    require(DeleteFileW(scratch_path(L"@0.rec")));
    ExitProcess(0);
}
END_TEST
COVERS(record_is_gone);

/* By its name alone a test cannot get at the record. */
START_TEST(record_cannot_be_opened)
{
    HANDLE record = CreateFileW(scratch_path(L"@0.rec"), GENERIC_WRITE,
                                FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    expect_invalid_handle(record, ERROR_SHARING_VIOLATION);
}
END_TEST
COVERS(record_cannot_be_opened);

PEER(leaves_a_record)
{
    char *text = NULL;
    size_t size = wcslen(peer_text(0)) + 1;
    text = calloc(size, 1);
    snprintf(text, size, "%ls", peer_text(0));
    leave_record(process.number, text);
}

static const struct peer_record_row {
    struct row row;
    const WCHAR *text;
} peer_record_rows[] = {
    {{"right", NULL}, L"winipc-cts 1 NONCE x\nstarted\nverdict PASS -\nfinished NONCE\n"},
    {{"wrong_nonce", NULL}, L"winipc-cts 1 NONCE x\nstarted\nverdict PASS -\nfinished 0123\n"},
    {{"not_finished", NULL}, L"winipc-cts 1 NONCE x\nstarted\nverdict PASS -\n"},
    {{"two_verdicts", NULL},
     L"winipc-cts 1 NONCE x\nstarted\nverdict FAIL -\nverdict PASS -\nfinished NONCE\n"},
};

START_TEST(peer_record_is)
{
    peer_join(peer_start(leaves_a_record, given_text(peer_record_rows[_i].text)));
}
END_TEST
COVERS_ROWS(peer_record_is, peer_record_rows);

/* A peer that has forged its record is found when nobody joins it, too. */
START_TEST(peer_record_of_a_case_that_does_not_wait)
{
    struct peer *peer = peer_start(leaves_a_record, given_text(peer_record_rows[1].text));
    expect_signaled(peer->info.hProcess);
    peer_passed();
    ExitProcess(0);
}
END_TEST
COVERS(peer_record_of_a_case_that_does_not_wait);
