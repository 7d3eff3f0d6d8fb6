/* Facts of views on their other sides: at an offset, of a part, in another process, beyond 4 GiB.
 */
#include "mapping.h"

static char *view_at(HANDLE mapping, DWORD access, DWORD offset, SIZE_T size)
{
    char *view = MapViewOfFile(mapping, access, 0, offset, size);
    require(view != NULL);
    return view;
}

PEER(shares_at_an_offset)
{
    char *view = view_at(peer_handle(0), FILE_MAP_WRITE, granularity(), 0);
    expect_number(view[0], 'x');
    view[1] = 'y';
}

START_TEST(view_at_an_offset_in_another_process)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 3 * granularity());
    char *whole = view_at(mapping, FILE_MAP_WRITE, 0, 0);
    whole[granularity()] = 'x';

    peer_join(peer_start(shares_at_an_offset, given_handle(mapping)));

    expect_number(whole[granularity() + 1], 'y');
    expect_number(whole[1], 0);
}
END_TEST
COVERS(view_at_an_offset_in_another_process, "mapping.coherence.offset_two_processes");

static const struct copy {
    struct row row;
    bool offset, part;
} copies[] = {
    {{"at_an_offset", "mapping.copy_on_write.at_an_offset"}, true, false},
    {{"of_a_part", "mapping.copy_on_write.of_a_part"}, false, true},
};

START_TEST(copy_is_private)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 3 * granularity());
    DWORD offset = copies[_i].offset ? granularity() : 0;
    char *shared = view_at(mapping, FILE_MAP_WRITE, offset, 0);
    shared[0] = 's';
    char *copy = view_at(mapping, FILE_MAP_COPY, offset, copies[_i].part ? page_size() : 0);
    expect_number(copy[0], 's');

    struct fault fault = try_write(copy, 'c');

    expect_fault(fault, 0);
    expect_number(copy[0], 'c');
    expect_number(shared[0], 's');
}
END_TEST
COVERS_ROWS(copy_is_private, copies);

START_TEST(new_object_is_zero_to_its_end)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 5 * granularity());

    char *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);

    expect_not_null(view);
    expect_filled(view, 0, 5 * granularity());
}
END_TEST
COVERS(new_object_is_zero_to_its_end, "mapping.create.zeroed_all");

START_TEST(named_object_is_reserved)
{
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | SEC_RESERVE, 0,
                                        granularity(), unique_name(L"Local\\"));

    expect_not_null(mapping);
    char *view = view_at(mapping, FILE_MAP_WRITE, 0, 0);
    expect_flags(region_at(view).State, MEM_RESERVE, MEM_NAMES);
}
END_TEST
COVERS(named_object_is_reserved, "mapping.create.sec.reserve_named");

START_TEST(high_half_of_the_size_in_ansi)
{
    HANDLE mapping = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | SEC_RESERVE, 1,
                                        granularity(), NULL);

    expect_not_null(mapping);
    void *view = MapViewOfFile(mapping, FILE_MAP_WRITE, 1, 0, granularity());
    expect_not_null(view);
    void *beyond = MapViewOfFile(mapping, FILE_MAP_WRITE, 1, granularity(), 1);
    expect_pointer(beyond, NULL);
}
END_TEST
COVERS(high_half_of_the_size_in_ansi, "mapping.create.ansi_high_half");

static const struct variant {
    struct row row;
    bool numa;
} variants[] = {
    {{"map_view_of_file_ex", "mapping.view_ex.high_half"}, false},
    {{"map_view_of_file_ex_numa", "mapping.view_numa.high_half"}, true},
};

START_TEST(high_half_of_the_offset_of)
{
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | SEC_RESERVE, 1,
                                        2 * granularity(), NULL);
    require(mapping != NULL);
    char *first = MapViewOfFile(mapping, FILE_MAP_WRITE, 1, granularity(), 0);
    require(first && VirtualAlloc(first, page_size(), MEM_COMMIT, PAGE_READWRITE));
    *first = 'x';

    char *view = variants[_i].numa ? MapViewOfFileExNuma(mapping, FILE_MAP_WRITE, 1, granularity(),
                                                         page_size(), NULL, NUMA_NO_PREFERRED_NODE)
                                   : MapViewOfFileEx(mapping, FILE_MAP_WRITE, 1, granularity(),
                                                     page_size(), NULL);

    expect_not_null(view);
    expect_fault(try_read(view), 0);
    expect_number(*view, 'x');
}
END_TEST
COVERS_ROWS(high_half_of_the_offset_of, variants);
