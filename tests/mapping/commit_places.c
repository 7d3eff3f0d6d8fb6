/* Which pages of a SEC_RESERVE object are committed, seen through views at other offsets, later
 * ones, those of other processes. */
#include "mapping.h"

#define WINDOWS 3 /* of an allocation granularity each */

static HANDLE reserved_object(void)
{
    return page_file_mapping(PAGE_READWRITE | SEC_RESERVE, WINDOWS * granularity());
}

static char *window(HANDLE mapping, DWORD number, SIZE_T size)
{
    char *view = MapViewOfFile(mapping, FILE_MAP_WRITE, 0, number * granularity(), size);
    require(view != NULL);
    return view;
}

static void commit(char *page)
{
    require(VirtualAlloc(page, page_size(), MEM_COMMIT, PAGE_READWRITE) == page);
}

START_TEST(commit_through_a_view_at_an_offset)
{
    HANDLE mapping = reserved_object();
    char *whole = window(mapping, 0, 0), *part = window(mapping, 1, 0);
    char *page = part + page_size();

    void *committed = VirtualAlloc(page, page_size(), MEM_COMMIT, PAGE_READWRITE);

    expect_not_null(committed);
    expect_fault(try_write(page, 'x'), 0);
    char *same = whole + granularity() + page_size();
    expect_flags(region_at(same).State, MEM_COMMIT, MEM_NAMES);
    expect_fault(try_read(same), 0);
    expect_number(*same, 'x');
    expect_flags(region_at(whole + page_size()).State, MEM_RESERVE, MEM_NAMES);
    expect_flags(region_at(same + page_size()).State, MEM_RESERVE, MEM_NAMES);
}
END_TEST
COVERS(commit_through_a_view_at_an_offset, "mapping.reserve.commit_at_an_offset");

START_TEST(commit_seen_by_a_view_at_an_offset)
{
    HANDLE mapping = reserved_object();
    char *whole = window(mapping, 0, 0), *part = window(mapping, 2, 0);
    char *page = whole + 2 * granularity();

    void *committed = VirtualAlloc(page, page_size(), MEM_COMMIT, PAGE_READWRITE);

    expect_not_null(committed);
    expect_fault(try_write(page, 'x'), 0);
    expect_fault(try_read(part), 0);
    expect_number(*part, 'x');
    expect_flags(region_at(part + page_size()).State, MEM_RESERVE, MEM_NAMES);
}
END_TEST
COVERS(commit_seen_by_a_view_at_an_offset, "mapping.reserve.commit_at_an_offset");

START_TEST(view_that_is_mapped_later)
{
    HANDLE mapping = reserved_object();
    char *view = window(mapping, 1, 0);
    commit(view + page_size());
    view[page_size()] = 'x';

    char *later = window(mapping, 0, 0) + granularity();

    expect_flags(region_at(later).State, MEM_RESERVE, MEM_NAMES);
    expect_flags(region_at(later + page_size()).State, MEM_COMMIT, MEM_NAMES);
    expect_fault(try_read(later + page_size()), 0);
    expect_number(later[page_size()], 'x');
    expect_flags(region_at(later + 2 * page_size()).State, MEM_RESERVE, MEM_NAMES);
}
END_TEST
COVERS(view_that_is_mapped_later, "mapping.reserve.commit_before_the_view");

static const struct neighbour {
    struct row row;
    int pages; /* behind the one that is committed */
} neighbours[] = {
    {{"before", NULL}, -1},
    {{"behind", NULL}, 1},
};

START_TEST(page_that_a_later_view_cannot_touch)
{
    HANDLE mapping = reserved_object();
    commit(window(mapping, 1, 0) + page_size());

    char *later = window(mapping, 0, 0) + granularity() + page_size();

    struct fault fault = try_read(later + neighbours[_i].pages * (int)page_size());
    expect_fault(fault, EXCEPTION_ACCESS_VIOLATION);
    expect_fault(try_read(later), 0);
}
END_TEST
COVERS_ROWS(page_that_a_later_view_cannot_touch, neighbours,
            "mapping.reserve.reserved_beside_earlier");

START_TEST(committed_page_outlives_the_view)
{
    HANDLE mapping = reserved_object();
    char *view = window(mapping, 1, 0);
    commit(view);
    *view = 'x';
    unmap_view(view);

    char *later = window(mapping, 1, page_size());

    expect_flags(region_at(later).State, MEM_COMMIT, MEM_NAMES);
    expect_fault(try_read(later), 0);
    expect_number(*later, 'x');
}
END_TEST
COVERS(committed_page_outlives_the_view, "mapping.reserve.commit_outlives_the_view");

PEER(find_two_pages)
{
    char *view = window(peer_handle(0), 1, 0);
    expect_fault(try_read(view), 0);
    expect_number(*view, 'x');
    expect_flags(region_at(view + page_size()).State, MEM_RESERVE, MEM_NAMES);

    void *committed = VirtualAlloc(view + 2 * page_size(), page_size(), MEM_COMMIT, PAGE_READWRITE);

    expect_not_null(committed);
    view[2 * page_size()] = 'y';
}

START_TEST(view_of_another_process_at_an_offset)
{
    HANDLE mapping = reserved_object();
    char *whole = window(mapping, 0, 0), *page = whole + granularity();
    commit(page);
    *page = 'x';

    peer_join(peer_start(find_two_pages, given_handle(mapping)));

    expect_flags(region_at(page + page_size()).State, MEM_RESERVE, MEM_NAMES);
    expect_fault(try_read(page + 2 * page_size()), 0);
    expect_number(page[2 * page_size()], 'y');
    expect_flags(region_at(whole + 2 * page_size()).State, MEM_RESERVE, MEM_NAMES);
}
END_TEST
COVERS(view_of_another_process_at_an_offset, "mapping.reserve.commit_at_an_offset_there");

/* ---- Ranges that overlap, touch and enclose one another */

enum { RANGED = 4 }; /* pages, and one behind them that is never committed */

static const struct range {
    unsigned first, end;
} ranges[] = {{0, 1}, {0, 2}, {0, 3}, {0, 4}, {1, 2}, {1, 3}, {1, 4}, {2, 3}, {2, 4}, {3, 4}};

static void commit_range(char *view, bool committed[], struct range range)
{
    char *first = view + range.first * page_size();
    SIZE_T size = (range.end - range.first) * page_size();
    require(VirtualAlloc(first, size, MEM_COMMIT, PAGE_READWRITE) == first);
    for (unsigned page = range.first; page < range.end; page++)
        committed[page] = true;
}

START_TEST(all_pages_of_ranges_that_meet)
{
    SIZE_T size = (RANGED + 1) * page_size();
    for (unsigned i = 0; i < ARRAYSIZE(ranges) * ARRAYSIZE(ranges); i++)
        for (unsigned last = 0; last < ARRAYSIZE(ranges); last++) {
            bool committed[RANGED + 1] = {false};
            HANDLE mapping = page_file_mapping(PAGE_READWRITE | SEC_RESERVE, size);
            char *view = window(mapping, 0, 0), *other = window(mapping, 0, 0);

            commit_range(view, committed, ranges[i % ARRAYSIZE(ranges)]);
            commit_range(view, committed, ranges[i / ARRAYSIZE(ranges)]);
            commit_range(view, committed, ranges[last]);

            for (unsigned page = 0; page <= RANGED; page++)
                expect_flags(region_at(other + page * page_size()).State,
                             committed[page] ? MEM_COMMIT : MEM_RESERVE, MEM_NAMES);
            require(UnmapViewOfFile(other) && UnmapViewOfFile(view) && CloseHandle(mapping));
        }
}
END_TEST
COVERS(all_pages_of_ranges_that_meet, "mapping.reserve.commit_other_view");
