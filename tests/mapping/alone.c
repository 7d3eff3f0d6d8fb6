/* A view when every handle to its object, and to the file, is closed: all that can be done to a
 * view can be done to it. */
#include "mapping.h"

#define PAGES 3

/* A view of a new object of that many pages, with nothing but the view left. */
static char *view_alone(HANDLE file, DWORD object, DWORD access)
{
    HANDLE mapping = CreateFileMappingW(file ? file : INVALID_HANDLE_VALUE, NULL, object, 0,
                                        PAGES * page_size(), NULL);
    require(mapping != NULL);
    char *view = map_view(mapping, access);
    close_handle(&mapping);
    if (file)
        close_handle(&file);
    return view;
}

static HANDLE new_file(bool wanted)
{
    return wanted ? create_file(scratch_path(L"data"), PAGES * page_size()) : NULL;
}

static const struct kind {
    struct row row;
    bool file;
} kinds[] = {{{"of_a_file", NULL}, true}, {{"of_the_page_file", NULL}, false}};

START_TEST(query)
{
    char *view = view_alone(new_file(kinds[_i].file), PAGE_READWRITE, READ_WRITE);

    MEMORY_BASIC_INFORMATION region;
    SIZE_T got = VirtualQuery(view + page_size(), &region, sizeof(region));

    expect_number(got, sizeof(region));
    expect_pointer(region.AllocationBase, view);
    expect_number(region.RegionSize, (PAGES - 1) * page_size());
    expect_flags(region.State, MEM_COMMIT, MEM_NAMES);
    expect_flags(region.Type, MEM_MAPPED, MEM_NAMES);
    expect_flags(region.Protect, PAGE_READWRITE, PAGE_NAMES);
}
END_TEST
COVERS_ROWS(query, kinds, "mapping.lifetime.alone.query");

START_TEST(protection)
{
    char *view = view_alone(new_file(kinds[_i].file), PAGE_READWRITE, READ_WRITE);
    char *page = view + page_size();
    *page = 'x';
    DWORD old = 0;

    BOOL set = VirtualProtect(page, page_size(), PAGE_READONLY, &old);

    expect_succeeded(set);
    expect_flags(old, PAGE_READWRITE, PAGE_NAMES);
    expect_fault(try_write(page, 'y'), EXCEPTION_ACCESS_VIOLATION);
    expect_fault(try_write(page - 1, 'y'), 0);
    set = VirtualProtect(page, page_size(), PAGE_READWRITE, &old);
    expect_succeeded(set);
    expect_number(*page, 'x');
    expect_fault(try_write(page, 'z'), 0);
}
END_TEST
COVERS_ROWS(protection, kinds, "mapping.lifetime.alone.protect");

START_TEST(flush)
{
    char *view = view_alone(new_file(true), PAGE_READWRITE, READ_WRITE), bytes[7];
    memcpy(view + 2 * page_size() - 3, "flushed", 7);

    BOOL flushed = FlushViewOfFile(view + 2 * page_size() - 3, 7);

    expect_succeeded(flushed);
    read_file(open_file(scratch_path(L"data"), GENERIC_READ), 2 * page_size() - 3, bytes, 7);
    expect_bytes(bytes, "flushed", 7);
}
END_TEST
COVERS(flush, "mapping.lifetime.alone.flush");

START_TEST(copy)
{
    HANDLE file = new_file(true);
    HANDLE other = open_file(scratch_path(L"data"), GENERIC_READ);
    uint8_t *shared = map_view(file_mapping(other, PAGE_READONLY), FILE_MAP_READ);
    uint8_t *view = (uint8_t *)view_alone(file, PAGE_READWRITE, FILE_MAP_COPY);
    uint8_t *page = view + page_size(), byte;

    expect_fault(try_write(page, (uint8_t) ~*page), 0);

    expect_pattern(shared, PAGES * page_size(), 0);
    expect_true(*page != shared[page_size()]);
    read_file(other, page_size(), &byte, 1);
    expect_number(byte, shared[page_size()]);
}
END_TEST
COVERS(copy, "mapping.lifetime.alone.copy");

START_TEST(commitment)
{
    char *view = view_alone(NULL, PAGE_READWRITE | SEC_RESERVE, READ_WRITE);
    char *page = view + page_size();

    void *committed = VirtualAlloc(page, page_size(), MEM_COMMIT, PAGE_READWRITE);

    expect_pointer(committed, page);
    expect_fault(try_write(page, 'x'), 0);
    expect_flags(region_at(view).State, MEM_RESERVE, MEM_NAMES);
    expect_flags(region_at(page).State, MEM_COMMIT, MEM_NAMES);
    expect_number(region_at(page).RegionSize, page_size());
}
END_TEST
COVERS(commitment, "mapping.lifetime.alone.commit");

PEER(write_when_alone)
{
    HANDLE mapping = peer_handle(0);
    char *view = map_view(mapping, READ_WRITE);
    close_handle(&mapping);
    checkpoint_reach("alone");
    checkpoint_wait("asked");
    expect_bytes(view, "question", 8);
    memcpy(view + 2 * page_size(), "answer", 6);
}

/* Two processes, each with a view, and no handle anywhere. */
START_TEST(sharing)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, PAGES * page_size());
    char *view = map_view(mapping, READ_WRITE);
    struct peer *other = peer_start(write_when_alone, given_handle(mapping));
    checkpoint_wait("alone");

    BOOL closed = CloseHandle(mapping);

    expect_succeeded(closed);
    memcpy(view, "question", 8);
    checkpoint_reach("asked");
    peer_join(other);
    expect_bytes(view + 2 * page_size(), "answer", 6);
}
END_TEST
COVERS(sharing, "mapping.lifetime.alone.share");
