/* Standard handles of a file that can be appended to and not written otherwise. */
#include "pipe/pipe.h"

#define WORD 5

static const char *const words[] = {"start", "first", "other", "again"};

static void write_word(HANDLE file, unsigned which)
{
    DWORD written = 0;
    BOOL wrote = WriteFile(file, words[which], WORD, &written, NULL);
    expect_succeeded(wrote);
    expect_number(written, WORD);
}

PEER(writes_to_its_output)
{
    write_word(GetStdHandle(STD_OUTPUT_HANDLE), (unsigned)peer_number(0));
}

static HANDLE open_log(DWORD access, DWORD creation)
{
    HANDLE file = CreateFileW(scratch_path(L"log"), access, FILE_SHARE_READ | FILE_SHARE_WRITE,
                              NULL, creation, 0, NULL);
    require(file != INVALID_HANDLE_VALUE);
    return file;
}

/* An inheritable handle to append by, or a duplicate of one that is closed. */
static HANDLE handle_to_append(bool duplicated)
{
    HANDLE file = open_log(FILE_APPEND_DATA | SYNCHRONIZE, OPEN_EXISTING),
           own = GetCurrentProcess(), other;
    if (!duplicated)
        return inheritable(file);
    require(DuplicateHandle(own, file, own, &other, 0, TRUE, DUPLICATE_SAME_ACCESS));
    close_handle(&file);
    return other;
}

static const struct origin {
    struct row row;
    bool duplicated;
} origins[] = {
    {{"opened", "stdio.append.opened"}, false},
    {{"duplicated", "stdio.append.duplicated"}, true},
};

static void let_write(HANDLE output, unsigned which)
{
    struct peer *child =
        peer_prepare(writes_to_its_output, given_handle(output), given_number(which));
    STARTUPINFOW startup = {
        .cb = sizeof(startup), .dwFlags = STARTF_USESTDHANDLES, .hStdOutput = output};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}

START_TEST(children_write_to_what_was)
{
    HANDLE log = open_log(GENERIC_READ | GENERIC_WRITE, CREATE_NEW);
    write_word(log, 0);
    HANDLE first = handle_to_append(origins[_i].duplicated);
    HANDLE other = handle_to_append(origins[_i].duplicated);
    char text[5 * WORD];
    DWORD got = 0;

    HANDLE outputs[] = {NULL, first, other, first};
    for (unsigned i = 1; i < 4; i++) {
        HANDLE idle = outputs[i] == first ? other : first;
        require(SetHandleInformation(outputs[i], HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT));
        require(SetHandleInformation(idle, HANDLE_FLAG_INHERIT, 0));
        let_write(outputs[i], i);
    }

    require(SetFilePointer(log, 0, NULL, FILE_BEGIN) == 0);
    expect_succeeded(ReadFile(log, text, sizeof(text), &got, NULL));
    expect_number(got, 4 * WORD);
    for (unsigned i = 0; i < 4; i++)
        expect_bytes(text + i * WORD, words[i], WORD);
}
END_TEST
COVERS_ROWS(children_write_to_what_was, origins);
