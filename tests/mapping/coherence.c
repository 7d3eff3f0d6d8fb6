/* What views show of each other's writes, from one process to another. */
#include "mapping.h"

PEER(write_what_is_asked_for)
{
    char *view = map_view(peer_handle(0), READ_WRITE);
    strcpy(view + 100, "written by another");
}

START_TEST(view_for_reading_follows_another_process)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *view = map_view(mapping, FILE_MAP_READ);

    peer_join(peer_start(write_what_is_asked_for, given_handle(mapping)));

    expect_bytes(view + 100, "written by another", 19);
    expect_filled(view, 0, 100);
}
END_TEST
COVERS(view_for_reading_follows_another_process, "mapping.coherence.ro_view_sees_writes");

START_TEST(view_of_a_file_follows_another_process)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    char *view = map_view(mapping, FILE_MAP_READ);

    peer_join(peer_start(write_what_is_asked_for, given_handle(mapping)));

    expect_bytes(view + 100, "written by another", 19);
    expect_pattern(view, 100, 0);
}
END_TEST
COVERS(view_of_a_file_follows_another_process, "mapping.coherence.file_two_processes");

PEER(map_the_file_itself)
{
    HANDLE file = open_file(peer_text(0), GENERIC_READ | GENERIC_WRITE);
    char *view = map_view(file_mapping(file, PAGE_READWRITE), READ_WRITE);
    expect_bytes(view, "first", 5);
    memcpy(view + 5, "second", 6);
}

START_TEST(two_processes_with_objects_of_their_own)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, page_size());
    char *view = map_view(file_mapping(file, PAGE_READWRITE), READ_WRITE);
    memcpy(view, "first", 5);

    peer_join(peer_start(map_the_file_itself, given_text(path)));

    expect_bytes(view, "firstsecond", 11);
}
END_TEST
COVERS(two_processes_with_objects_of_their_own, "mapping.coherence.separate_objects_two_processes");

/* A structure that refers to its parts by offset is the same wherever it is mapped. */
struct chain {
    uint32_t next; /* an offset, or 0 */
    uint32_t value;
};

PEER(follow_offsets)
{
    require(VirtualAlloc(NULL, 0x10000, MEM_RESERVE, PAGE_NOACCESS)); /* another layout */
    char *view = map_view(peer_handle(0), READ_WRITE);
    struct chain *link = (struct chain *)view;
    uint32_t sum = link->value;
    while (link->next != 0) {
        link = (struct chain *)(view + link->next);
        sum += link->value;
    }
    expect_number(sum, 321);
}

START_TEST(offsets_hold_at_any_address)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *view = map_view(mapping, READ_WRITE);
    *(struct chain *)view = (struct chain){.next = 512, .value = 1};
    *(struct chain *)(view + 512) = (struct chain){.next = 64, .value = 20};
    *(struct chain *)(view + 64) = (struct chain){.next = 0, .value = 300};
    char *second = map_view(mapping, FILE_MAP_READ);

    peer_join(peer_start(follow_offsets, given_handle(mapping)));

    expect_true(second != view);
    expect_bytes(second, view, page_size());
}
END_TEST
COVERS(offsets_hold_at_any_address, "mapping.coherence.addresses_vary");

#define ADDENDS 20000

PEER(count_up)
{
    struct {
        volatile LONG ready, count;
    } *shared = map_view(peer_handle(0), READ_WRITE);
    InterlockedIncrement(&shared->ready);
    for (int i = 0; i < ADDENDS; i++)
        InterlockedIncrement(&shared->count);
}

START_TEST(interlocked_additions_of_processes_add_up)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    volatile LONG *shared = map_view(mapping, READ_WRITE);
    struct peer *peers[3];
    for (int i = 0; i < 3; i++)
        peers[i] = peer_start(count_up, given_handle(mapping));

    for (int i = 0; i < ADDENDS; i++)
        InterlockedIncrement(&shared[1]);

    for (int i = 0; i < 3; i++)
        peer_join(peers[i]);
    expect_number(shared[0], 3);
    expect_number(shared[1], 4 * ADDENDS);
}
END_TEST
COVERS(interlocked_additions_of_processes_add_up, "mapping.coherence.interlocked");

PEER(look_without_mapping)
{
    MEMORY_BASIC_INFORMATION region = region_at((void *)(UINT_PTR)peer_number(0));
    char bytes[5] = "";
    if (region.Type == MEM_MAPPED && region.State == MEM_COMMIT && region.Protect == PAGE_READWRITE)
        memcpy(bytes, (void *)(UINT_PTR)peer_number(0), 5);
    expect_true(memcmp(bytes, "there", 5) != 0);

    /* With a view of its own the process sees them. */
    expect_bytes(map_view(peer_handle(0), FILE_MAP_READ), "there", 5);
}

START_TEST(process_without_a_view_has_no_access)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *view = map_view(mapping, READ_WRITE);
    memcpy(view, "there", 5);

    peer_join(
        peer_start(look_without_mapping, given_handle(mapping), given_number((UINT_PTR)view)));
}
END_TEST
COVERS(process_without_a_view_has_no_access, "mapping.coherence.unmapped_process_no_access");

#define LOCKED 16

PEER(write_under_a_lock)
{
    uint8_t *view = map_view(peer_handle(0), READ_WRITE), was = view[0];

    struct fault fault = try_write(view, (uint8_t)~was);

    record("write to a locked range through a view", "%s",
           fault.code == 0                         ? "went through"
           : fault.code == EXCEPTION_IN_PAGE_ERROR ? "in-page error"
                                                   : "another exception");
    expect_number(view[0], fault.code == 0 ? (uint8_t)~was : was);
    expect_fault(try_write(view + LOCKED, 'y'), 0); /* this byte is not locked */
}

/* One page says that byte-range locks and mapped files do not go together, another one that a write
 * to a locked range may raise an exception. */
START_TEST(locked_range_of_a_mapped_file)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    OVERLAPPED range = {0};
    DWORD written;
    BOOL locked =
        LockFileEx(file, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, LOCKED, 0, &range);
    record("lock of a mapped file", "%s", locked ? "granted" : "refused");
    BOOL wrote = WriteFile(open_file(path, GENERIC_WRITE), "x", 1, &written, NULL);
    record("write to a locked range through a file handle", "%s",
           wrote ? "went through" : "refused");

    peer_join(peer_start(write_under_a_lock, given_handle(mapping)));

    expect_number(*((char *)map_view(mapping, FILE_MAP_READ) + LOCKED), 'y');
}
END_TEST
COVERS(locked_range_of_a_mapped_file, "mapping.coherence.bytelocks_ignored");

static BOOL lock_range(HANDLE file)
{
    OVERLAPPED range = {0};
    return LockFileEx(file, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, LOCKED, 0,
                      &range);
}

PEER(lock_the_file)
{
    require(lock_range(open_file(peer_text(0), GENERIC_READ | GENERIC_WRITE)));
    checkpoint_reach("locked");
    checkpoint_wait("read");
}

static const struct locker {
    struct row row;
    bool other_process;
} lockers[] = {
    {{"another_process", NULL}, true},
    {{"another_handle", NULL}, false},
};

START_TEST(locked_range_is_read)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, page_size());
    HANDLE mapping = file_mapping(file, PAGE_READONLY);
    const char *before = map_view(mapping, FILE_MAP_READ);
    struct peer *peer = NULL;
    if (lockers[_i].other_process) {
        peer = peer_start(lock_the_file, given_text(path));
        checkpoint_wait("locked");
    } else {
        require(lock_range(open_file(path, GENERIC_READ | GENERIC_WRITE)));
    }
    expect_failed(lock_range(file), ERROR_LOCK_VIOLATION); /* it is locked */

    struct fault fault = try_read(before);

    expect_fault(fault, 0);
    expect_pattern(before, page_size(), 0);
    const char *after = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);
    expect_not_null(after);
    expect_fault(try_read(after), 0);
    expect_pattern(after, page_size(), 0);
    checkpoint_reach("read");
    if (peer)
        peer_join(peer);
}
END_TEST
COVERS_ROWS(locked_range_is_read, lockers, "mapping.coherence.lock_leaves_reading");
