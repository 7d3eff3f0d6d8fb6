/* Pages of a copy-on-write view that are private to another process: ReadProcessMemory and
 * WriteProcessMemory, and how a process takes over what another one has written. */
#include "mapping.h"

/* Where the other process has its view; in an object of its own. */
struct place {
    uint64_t address;
};

#define SIZE (3 * page_size())

/* A copy of the object in which the second page is written to. */
PEER(write_to_a_copy)
{
    struct place *place = map_view(peer_handle(1), READ_WRITE);
    char *view = map_view(peer_handle(0), FILE_MAP_COPY);
    memset(view + page_size(), 'p', page_size());
    place->address = (UINT_PTR)view;
    checkpoint_reach("written");
    checkpoint_wait("looked");
}

struct owner {
    struct peer *peer;
    HANDLE process;
    char *view;
};

static struct owner owner_of_a_copy(HANDLE mapping)
{
    HANDLE report = page_file_mapping(PAGE_READWRITE, sizeof(struct place));
    struct place *place = map_view(report, READ_WRITE);
    struct peer *peer = peer_start(write_to_a_copy, given_handle(mapping), given_handle(report));
    checkpoint_wait("written");
    return (struct owner){peer, peer->info.hProcess, (char *)(UINT_PTR)place->address};
}

static void let_go(struct owner their)
{
    checkpoint_reach("looked");
    peer_join(their.peer);
}

static const struct {
    struct row row;
    bool file;
} kinds[] = {{{"of_the_page_file", NULL}, false}, {{"of_a_file", NULL}, true}};

/* An object that shows 's' everywhere. */
static HANDLE object(bool file)
{
    HANDLE mapping = file ? file_mapping(create_file(scratch_path(L"data"), SIZE), PAGE_READWRITE)
                          : page_file_mapping(PAGE_READWRITE, SIZE);
    memset(map_view(mapping, READ_WRITE), 's', SIZE);
    return mapping;
}

START_TEST(private_bytes_are_read)
{
    HANDLE mapping = object(kinds[_i].file);
    struct owner their = owner_of_a_copy(mapping);
    char bytes[8];
    SIZE_T count = 0;

    BOOL read = ReadProcessMemory(their.process, their.view + page_size() - 4, bytes, 8, &count);

    expect_succeeded(read);
    expect_number(count, 8);
    expect_bytes(bytes, "sssspppp", 8);
    read = ReadProcessMemory(their.process, their.view + 2 * page_size() - 4, bytes, 8, &count);
    expect_succeeded(read);
    expect_bytes(bytes, "ppppssss", 8);
    let_go(their);
}
END_TEST
COVERS_ROWS(private_bytes_are_read, kinds, "mapping.read_process_memory.private_copy");

START_TEST(bytes_written_there_stay_there)
{
    HANDLE mapping = object(kinds[_i].file);
    char *own = map_view(mapping, FILE_MAP_READ), bytes[6];
    struct owner their = owner_of_a_copy(mapping);

    BOOL written = WriteProcessMemory(their.process, their.view, "theirs", 6, NULL);

    expect_succeeded(written);
    require(ReadProcessMemory(their.process, their.view, bytes, 6, NULL));
    expect_bytes(bytes, "theirs", 6);
    expect_filled(own, 's', SIZE);
    expect_filled(map_view(mapping, FILE_MAP_COPY), 's', SIZE);
    let_go(their);
}
END_TEST
COVERS_ROWS(bytes_written_there_stay_there, kinds, "mapping.write_process_memory.copy");

/* As a process does that shall go on where another one is: it maps the object and reads what the
 * other has in its copy into its own. */
START_TEST(copy_is_taken_over)
{
    HANDLE mapping = object(kinds[_i].file);
    char *shared = map_view(mapping, FILE_MAP_READ), *copy = map_view(mapping, FILE_MAP_COPY);
    struct owner their = owner_of_a_copy(mapping);

    BOOL read = ReadProcessMemory(their.process, their.view, copy, SIZE, NULL);

    expect_succeeded(read);
    expect_filled(copy + page_size(), 'p', page_size());
    expect_filled(copy + 2 * page_size(), 's', page_size());
    expect_filled(shared, 's', SIZE);
    let_go(their);
    expect_fault(try_write(copy + page_size(), 'c'), 0);
    expect_number(copy[page_size() + 1], 'p');
    expect_number(shared[page_size()], 's');
}
END_TEST
COVERS_ROWS(copy_is_taken_over, kinds, "mapping.read_process_memory.into_copy");
