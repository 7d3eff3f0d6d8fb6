/* Ends with several handles, in several processes, and what one end keeps when the other changes.
 */
#include "pipe.h"

#include <stdlib.h>

static HANDLE duplicate_of(HANDLE handle)
{
    HANDLE duplicate = NULL;
    require(DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &duplicate, 0, FALSE,
                            DUPLICATE_SAME_ACCESS));
    return duplicate;
}

PEER(reads_two)
{
    char bytes[2];
    DWORD count = 0;
    expect_succeeded(ReadFile(peer_handle(0), bytes, 2, &count, NULL));
    expect_number(count, 2);
    expect_bytes(bytes, "34", 2);
}

START_TEST(readers_take_turns)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE second = duplicate_of(pipe.read);
    char bytes[2];
    DWORD count = 0;
    pipe_put(pipe.write, "123456");
    expect_succeeded(ReadFile(pipe.read, bytes, 2, &count, NULL));
    expect_bytes(bytes, "12", 2);
    peer_join(peer_start(reads_two, given_handle(pipe.read)));

    BOOL read = ReadFile(second, bytes, 2, &count, NULL);

    expect_succeeded(read);
    expect_number(count, 2);
    expect_bytes(bytes, "56", 2);
    DWORD available = 99;
    expect_succeeded(PeekNamedPipe(pipe.read, NULL, 0, NULL, &available, NULL));
    expect_number(available, 0);
}
END_TEST
COVERS(readers_take_turns, "pipe.several.readers");

/* ---- Processes that are killed */

PEER(says_last_words)
{
    expect_written(peer_handle(0), "last words");
    checkpoint_reach("said");
    checkpoint_wait("never");
}

START_TEST(writer_is_killed_with_bytes_unread)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *writer = peer_start(says_last_words, given_handle(pipe.write));
    close_handle(&pipe.write);
    checkpoint_wait("said");

    peer_kill(writer);

    char first[4];
    DWORD count = 0;
    expect_succeeded(ReadFile(pipe.read, first, 4, &count, NULL));
    expect_bytes(first, "last", 4);
    expect_arrives(pipe.read, " words");
    expect_failed(ReadFile(pipe.read, first, 1, &count, NULL), ERROR_BROKEN_PIPE);
}
END_TEST
COVERS(writer_is_killed_with_bytes_unread, "pipe.several.killed_writer");

PEER(holds_a_reader)
{
    checkpoint_wait("never");
}

static const struct readers {
    struct row row;
    bool another; /* reader, in this process */
} readers[] = {
    {{"last_reader", "pipe.several.killed_reader"}, false},
    {{"one_of_two_readers", "pipe.write.no_reader.other_process"}, true},
};

static DWORD write_much(void *write_end)
{
    char *bytes = malloc(MORE_THAN_A_PIPE_HOLDS);
    DWORD count = 0;
    pattern_fill(bytes, MORE_THAN_A_PIPE_HOLDS, 0);
    BOOL wrote = WriteFile(write_end, bytes, MORE_THAN_A_PIPE_HOLDS, &count, NULL);
    free(bytes);
    return wrote ? count : 0;
}

START_TEST(process_is_killed_with)
{
    bool another = readers[_i].another;
    struct pipe_ends pipe = pipe_create();
    struct peer *peer = peer_start(holds_a_reader, given_handle(pipe.read));
    struct thread *writer = thread_start(write_much, pipe.write);
    char *bytes = malloc(MORE_THAN_A_PIPE_HOLDS);
    DWORD count = 0;
    /* The write is under way. */
    require(ReadFile(pipe.read, bytes, 1, &count, NULL) && count == 1);
    if (!another)
        close_handle(&pipe.read);

    peer_kill(peer);

    for (DWORD total = 1; another && total < MORE_THAN_A_PIPE_HOLDS; total += count)
        expect_succeeded(
            ReadFile(pipe.read, bytes + total, MORE_THAN_A_PIPE_HOLDS - total, &count, NULL));
    expect_number(thread_join(writer), another ? MORE_THAN_A_PIPE_HOLDS : 0);
    if (another)
        expect_pattern(bytes, MORE_THAN_A_PIPE_HOLDS, 0);
}
END_TEST
COVERS_ROWS(process_is_killed_with, readers);

/* ---- Peeking after a part was read */

START_TEST(peek_after_part_was_read)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE second = duplicate_of(pipe.read);
    char bytes[32];
    DWORD count = 0, copied = 99, available = 99;
    pipe_put(pipe.write, "one,");
    pipe_put(pipe.write, "two");
    require(ReadFile(pipe.read, bytes, 2, &count, NULL) && count == 2);

    BOOL peeked = PeekNamedPipe(second, bytes, sizeof(bytes), &copied, &available, NULL);

    expect_succeeded(peeked);
    expect_number(copied, 5);
    expect_number(available, 5);
    expect_bytes(bytes, "e,two", 5);
}
END_TEST
COVERS(peek_after_part_was_read, "pipe.several.peek_after_part");

/* ---- Modes, which each end has of its own */

static const struct end {
    struct row row;
    bool read;
} ends[] = {
    {{"of_the_read_end", NULL}, true},
    {{"of_the_write_end", NULL}, false},
};

static DWORD state_of(HANDLE end)
{
    DWORD state = 0x99;
    expect_succeeded(GetNamedPipeHandleStateW(end, &state, NULL, NULL, NULL, NULL, 0));
    return state;
}

START_TEST(nonblocking_mode)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE end = ends[_i].read ? pipe.read : pipe.write;
    DWORD mode = PIPE_NOWAIT;

    BOOL set = SetNamedPipeHandleState(end, &mode, NULL, NULL);

    expect_succeeded(set);
    expect_flags(state_of(end), PIPE_NOWAIT, PIPE_MODE_NAMES);
    expect_flags(state_of(ends[_i].read ? pipe.write : pipe.read), PIPE_WAIT, PIPE_MODE_NAMES);
    mode = PIPE_WAIT;
    expect_succeeded(SetNamedPipeHandleState(end, &mode, NULL, NULL));
    expect_flags(state_of(end), PIPE_WAIT, PIPE_MODE_NAMES);
}
END_TEST
COVERS_ROWS(nonblocking_mode, ends, "pipe.several.mode_of_one_end");

START_TEST(message_mode)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE end = ends[_i].read ? pipe.read : pipe.write;
    DWORD mode = PIPE_READMODE_MESSAGE;

    BOOL set = SetNamedPipeHandleState(end, &mode, NULL, NULL);

    expect_failed(set, ERROR_INVALID_PARAMETER);
    expect_flags(state_of(end), PIPE_READMODE_BYTE, PIPE_MODE_NAMES);
}
END_TEST
COVERS_ROWS(message_mode, ends, "pipe.several.no_messages");

/* ---- Sizes */

static const struct size {
    struct row row;
    DWORD size;
} sizes[] = {
    {{"a_page", NULL}, 4096},
    {{"not_whole_pages", NULL}, 32768 + 24},
    {{"more_than_64_kibibytes", NULL}, 100000},
};

struct filling {
    HANDLE write;
    DWORD size;
};

static DWORD fill(void *argument)
{
    const struct filling *filling = argument;
    DWORD count = 0;
    char *bytes = malloc(filling->size);
    pattern_fill(bytes, filling->size, 0);
    expect_succeeded(WriteFile(filling->write, bytes, filling->size, &count, NULL));
    free(bytes);
    return count;
}

START_TEST(pipe_holds)
{
    DWORD size = sizes[_i].size, count = 0;
    struct pipe_ends pipe;
    require(CreatePipe(&pipe.read, &pipe.write, NULL, size));

    struct filling filling = {pipe.write, size};
    struct thread *writer = thread_start(fill, &filling);

    expect_number(thread_join(writer), size); /* nobody reads */
    close_handle(&pipe.write);
    char *bytes = malloc(size);
    expect_succeeded(ReadFile(pipe.read, bytes, size, &count, NULL));
    expect_number(count, size);
    expect_pattern(bytes, size, 0);
}
END_TEST
COVERS_ROWS(pipe_holds, sizes, "pipe.several.holds_its_size");

/* ---- A descriptor */

START_TEST(descriptor)
{
    SECURITY_DESCRIPTOR given;
    SECURITY_ATTRIBUTES attributes = {sizeof(attributes), &given, FALSE};
    SID everyone = {SID_REVISION, 1, {SECURITY_WORLD_SID_AUTHORITY}, {SECURITY_WORLD_RID}};
    char list[100], got[1000];
    DWORD needed = 0;
    require(InitializeAcl((ACL *)list, sizeof(list), ACL_REVISION));
    require(AddAccessAllowedAce((ACL *)list, ACL_REVISION, GENERIC_ALL, &everyone));
    require(InitializeSecurityDescriptor(&given, SECURITY_DESCRIPTOR_REVISION));
    require(SetSecurityDescriptorDacl(&given, TRUE, (ACL *)list, FALSE));
    struct pipe_ends pipe;

    BOOL created = CreatePipe(&pipe.read, &pipe.write, &attributes, 0);

    expect_succeeded(created);
    expect_succeeded(GetKernelObjectSecurity(ends[_i].read ? pipe.read : pipe.write,
                                             DACL_SECURITY_INFORMATION, got, sizeof(got), &needed));
    BOOL present = FALSE, defaulted = FALSE;
    ACL *acl = NULL;
    expect_succeeded(GetSecurityDescriptorDacl(got, &present, &acl, &defaulted));
    expect_true(present && acl);
    expect_number(acl->AceCount, 1);
}
END_TEST
COVERS_ROWS(descriptor, ends, "pipe.several.descriptor");
