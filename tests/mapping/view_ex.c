/* Where MapViewOfFileEx and MapViewOfFileExNuma put a view when they are given an address. */
#include "mapping.h"

START_TEST(view_goes_to_the_address_given)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 2 * granularity());
    char *shared = map_view(mapping, READ_WRITE);
    char *base = free_range(2 * granularity()) + granularity();

    char *view = MapViewOfFileEx(mapping, READ_WRITE, 0, granularity(), page_size(), base);

    expect_not_null(view);
    expect_pointer(view, base);
    expect_pointer(region_at(view).AllocationBase, base);
    expect_number(region_at(view).RegionSize, page_size());
    shared[granularity()] = 'x';
    expect_number(view[0], 'x');
}
END_TEST
COVERS(view_goes_to_the_address_given, "mapping.view_ex.base_given");

START_TEST(without_an_address_the_system_chooses)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    HANDLE mapping = file_mapping(file, PAGE_READONLY);

    void *view = MapViewOfFileEx(mapping, FILE_MAP_READ, 0, 0, 0, NULL);

    expect_not_null(view);
    expect_number((UINT_PTR)view % granularity(), 0);
    expect_pattern(view, page_size(), 0);
    expect_fault(try_write(view, '!'), EXCEPTION_ACCESS_VIOLATION);
}
END_TEST
COVERS(without_an_address_the_system_chooses, "mapping.view_ex.null_base");

static const struct {
    struct row row;
    DWORD excess;
} misaligned_rows[] = {
    {{"one_byte", NULL}, 1},
    {{"one_page", NULL}, 0x1000},
    {{"one_page_less", NULL}, 0xF000},
};

START_TEST(address_must_be_a_multiple_of_the_granularity)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *base = free_range(2 * granularity());

    void *view =
        MapViewOfFileEx(mapping, FILE_MAP_READ, 0, 0, 0, base + misaligned_rows[_i].excess);

    expect_null(view, ERROR_MAPPED_ALIGNMENT);
    expect_flags(region_at(base).State, MEM_FREE, MEM_NAMES);

    /* At a multiple the same call is right. */
    view = MapViewOfFileEx(mapping, FILE_MAP_READ, 0, 0, 0, base);
    expect_pointer(view, base);
}
END_TEST
COVERS_ROWS(address_must_be_a_multiple_of_the_granularity, misaligned_rows,
            "mapping.view_ex.base_unaligned");

/* Something that occupies an address: a view, or memory of one or the other state. */
static void *occupy_by_view(void *base)
{
    return MapViewOfFileEx(page_file_mapping(PAGE_READWRITE, page_size()), FILE_MAP_READ, 0, 0, 0,
                           base);
}

static void *occupy_by_reserved_memory(void *base)
{
    return VirtualAlloc(base, page_size(), MEM_RESERVE, PAGE_NOACCESS);
}

static void *occupy_by_committed_memory(void *base)
{
    return VirtualAlloc(base, page_size(), MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
}

static const struct {
    struct row row;
    void *(*occupy)(void *base);
} occupied_rows[] = {
    {{"by_a_view", NULL}, occupy_by_view},
    {{"by_reserved_memory", NULL}, occupy_by_reserved_memory},
    {{"by_committed_memory", NULL}, occupy_by_committed_memory},
};

START_TEST(address_must_not_be_occupied)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 2 * page_size());
    char *base = free_range(granularity());
    require(occupied_rows[_i].occupy(base) == base);
    MEMORY_BASIC_INFORMATION before = region_at(base);

    void *view = MapViewOfFileEx(mapping, READ_WRITE, 0, 0, 0, base);

    expect_null(view, ERROR_INVALID_ADDRESS);
    expect_flags(region_at(base).State, before.State, MEM_NAMES);
    expect_flags(region_at(base).Type, before.Type, MEM_NAMES);

    /* When it is free the same call is right. */
    if (before.Type == MEM_MAPPED)
        unmap_view(base);
    else
        require(VirtualFree(base, 0, MEM_RELEASE));
    view = MapViewOfFileEx(mapping, READ_WRITE, 0, 0, 0, base);
    expect_pointer(view, base);
}
END_TEST
COVERS_ROWS(address_must_not_be_occupied, occupied_rows, "mapping.view_ex.base_occupied");

START_TEST(view_must_fit_between_its_neighbours)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 3 * granularity());
    char *base = free_range(3 * granularity());
    void *neighbour =
        VirtualAlloc(base + 2 * granularity(), page_size(), MEM_RESERVE, PAGE_NOACCESS);
    require(neighbour != NULL);

    void *view = MapViewOfFileEx(mapping, FILE_MAP_READ, 0, 0, 2 * granularity() + 1, base);

    expect_null(view, ERROR_INVALID_ADDRESS);

    /* Up to the neighbour the same call is right. */
    view = MapViewOfFileEx(mapping, FILE_MAP_READ, 0, 0, 2 * granularity(), base);
    expect_pointer(view, base);
    expect_number(region_at(view).RegionSize, 2 * granularity());
}
END_TEST
COVERS(view_must_fit_between_its_neighbours, "mapping.view_ex.base_not_enough_room");

/* ---- One address in two processes ----------------------------------------------------------- */

#define CANDIDATES 16

/* A list whose links are addresses: it can be followed only where it was built. */
struct list {
    struct list *next;
    uint32_t value;
};

struct meeting {
    void *candidates[CANDIDATES]; /* free in the first process */
    void *chosen;                 /* and the one that was free in the second */
    uint32_t sum;
};

PEER(map_at_an_agreed_address)
{
    HANDLE mapping = peer_handle(0);
    struct meeting *meeting = map_view(peer_handle(1), READ_WRITE);
    struct list *list = NULL;
    for (int i = 0; i < CANDIDATES && list == NULL; i++) {
        void *base = meeting->candidates[i];
        if (base != NULL && region_at(base).State == MEM_FREE)
            list = MapViewOfFileEx(mapping, READ_WRITE, 0, 0, 0, base);
    }
    require(list != NULL);
    meeting->chosen = list;
    checkpoint_reach("chosen");
    checkpoint_wait("written");
    for (; list != NULL; list = list->next)
        meeting->sum += list->value;
}

START_TEST(two_processes_may_use_one_address)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    HANDLE place = page_file_mapping(PAGE_READWRITE, page_size());
    struct meeting *meeting = map_view(place, READ_WRITE);
    for (UINT_PTR i = 0; i < CANDIDATES; i++) {
        void *hint = (void *)(0x20000000 + i * 0x04000000);
        meeting->candidates[i] = region_at(hint).State == MEM_FREE ? hint : NULL;
    }
    struct peer *peer =
        peer_start(map_at_an_agreed_address, given_handle(mapping), given_handle(place));
    checkpoint_wait("chosen");

    struct list *list = MapViewOfFileEx(mapping, READ_WRITE, 0, 0, 0, meeting->chosen);

    expect_not_null(list);
    expect_pointer(list, meeting->chosen);
    list[0] = (struct list){.next = &list[2], .value = 1};
    list[2] = (struct list){.next = &list[1], .value = 20};
    list[1] = (struct list){.next = NULL, .value = 300};
    checkpoint_reach("written");
    peer_join(peer);
    expect_number(meeting->sum, 321);
}
END_TEST
COVERS(two_processes_may_use_one_address, "mapping.view_ex.same_address_two_processes");

/* ---- Everything else is as in MapViewOfFile ------------------------------------------------- */

static const struct {
    struct row row;
    DWORD object, access, offset;
    SIZE_T size;
    DWORD protection; /* of the view, or 0 when it is refused ... */
    DWORD error;      /* ... with this error */
} rows[] = {
    {{"read", NULL}, PAGE_READONLY, FILE_MAP_READ, 0, 0, PAGE_READONLY, 0},
    {{"write", NULL}, PAGE_READWRITE, FILE_MAP_WRITE, 0, 0, PAGE_READWRITE, 0},
    {{"all_access", NULL}, PAGE_READWRITE, FILE_MAP_ALL_ACCESS, 0, 0, PAGE_READWRITE, 0},
    {{"copy", NULL}, PAGE_READWRITE, FILE_MAP_COPY, 0, 0, PAGE_WRITECOPY, 0},
    {{"copy_of_readonly", NULL}, PAGE_READONLY, FILE_MAP_COPY, 0, 0, PAGE_WRITECOPY, 0},
    {{"execute", NULL},
     PAGE_EXECUTE_READ,
     FILE_MAP_EXECUTE | FILE_MAP_READ,
     0,
     0,
     PAGE_EXECUTE_READ,
     0},
    {{"execute_write", NULL},
     PAGE_EXECUTE_READWRITE,
     FILE_MAP_EXECUTE | FILE_MAP_WRITE,
     0,
     0,
     PAGE_EXECUTE_READWRITE,
     0},
    {{"write_readonly", NULL}, PAGE_READONLY, FILE_MAP_WRITE, 0, 0, 0, ERROR_ACCESS_DENIED},
    {{"execute_readwrite", NULL},
     PAGE_READWRITE,
     FILE_MAP_EXECUTE | FILE_MAP_READ,
     0,
     0,
     0,
     ERROR_ACCESS_DENIED},
    {{"offset", NULL}, PAGE_READONLY, FILE_MAP_READ, 0x10000, 0, PAGE_READONLY, 0},
    {{"size", NULL}, PAGE_READONLY, FILE_MAP_READ, 0x10000, 0x1000, PAGE_READONLY, 0},
    {{"misaligned_offset", NULL},
     PAGE_READONLY,
     FILE_MAP_READ,
     0x1000,
     0x1000,
     0,
     ERROR_MAPPED_ALIGNMENT},
    {{"one_byte_too_far", NULL},
     PAGE_READONLY,
     FILE_MAP_READ,
     0x10000,
     0x2001,
     0,
     ERROR_ACCESS_DENIED},
};

/* The object of the rows holds 0x12000 bytes of the pattern. */
static HANDLE object_of_row(int row)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, 0x12000);
    close_handle(&file);
    return file_mapping(open_file(path, GENERIC_READ | GENERIC_WRITE | GENERIC_EXECUTE),
                        rows[row].object);
}

static void expect_view_of_row(const void *view, int row)
{
    if (rows[row].protection == 0) {
        expect_null(view, rows[row].error);
        return;
    }
    expect_not_null(view);
    SIZE_T size = rows[row].size != 0 ? rows[row].size : 0x12000 - rows[row].offset;
    expect_flags(region_at(view).Protect, rows[row].protection, PAGE_NAMES);
    expect_number(region_at(view).RegionSize, size);
    expect_pattern(view, size, rows[row].offset);
}

START_TEST(other_parameters_mean_the_same)
{
    HANDLE mapping = object_of_row(_i);

    void *view = MapViewOfFileEx(mapping, rows[_i].access, 0, rows[_i].offset, rows[_i].size, NULL);

    expect_view_of_row(view, _i);
}
END_TEST
COVERS_ROWS(other_parameters_mean_the_same, rows, "mapping.view_ex.access_matrix");

START_TEST(without_a_node_the_numa_function_is_the_same)
{
    HANDLE mapping = object_of_row(_i);
    char *base = free_range(0x20000);

    void *view = MapViewOfFileExNuma(mapping, rows[_i].access, 0, rows[_i].offset, rows[_i].size,
                                     base, NUMA_NO_PREFERRED_NODE);

    expect_view_of_row(view, _i);
    if (view != NULL)
        expect_pointer(view, base);
}
END_TEST
COVERS_ROWS(without_a_node_the_numa_function_is_the_same, rows, "mapping.view_numa.no_preferred");

START_TEST(node_changes_nothing_that_is_seen)
{
    HANDLE file = create_file(scratch_path(L"data"), 2 * page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);

    char *view = MapViewOfFileExNuma(mapping, READ_WRITE, 0, 0, 0, NULL, 0);

    expect_not_null(view);
    expect_pattern(view, 2 * page_size(), 0);
    char *other = map_view(mapping, READ_WRITE);
    view[page_size()] = '!';
    expect_number(other[page_size()], '!');
}
END_TEST
COVERS(node_changes_nothing_that_is_seen, "mapping.view_numa.valid_node");

START_TEST(node_that_does_not_exist)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());

    void *view = MapViewOfFileExNuma(mapping, READ_WRITE, 0, 0, 0, NULL, 0x1000);

    DWORD error = GetLastError();
    if (view != NULL)
        record("node 0x1000", "accepted");
    else
        record("node 0x1000", "refused with error %lu", error);
}
END_TEST
COVERS(node_that_does_not_exist, "mapping.view_numa.invalid_node");

/* The parameter's text says that the call fails, the remarks that the address is rounded down. */
START_TEST(numa_function_with_a_misaligned_address)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *base = free_range(granularity());

    void *view = MapViewOfFileExNuma(mapping, READ_WRITE, 0, 0, 0, base + page_size(),
                                     NUMA_NO_PREFERRED_NODE);

    DWORD error = GetLastError();
    if (view == NULL) {
        record("misaligned address", "refused with error %lu", error);
        expect_error(error, ERROR_MAPPED_ALIGNMENT);
    } else {
        record("misaligned address", "rounded down");
        expect_pointer(view, base);
    }
}
END_TEST
COVERS(numa_function_with_a_misaligned_address, "mapping.view_numa.rounding");
