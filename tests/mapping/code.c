/* Code that is written through one view and run through another, and pages that are committed with
 * a protection of their own. */
#include "mapping.h"

/* Returns a number; x86 and x86-64. */
static void write_function(uint8_t *at, uint8_t number)
{
    const uint8_t code[] = {0xB8, number, 0, 0, 0, 0xC3};
    for (size_t i = 0; i < sizeof(code); i++)
        at[i] = code[i];
    require(FlushInstructionCache(GetCurrentProcess(), NULL, 0));
}

static int call(const uint8_t *code)
{
    int (*function)(void) = (int (*)(void))(UINT_PTR)code;
    return function();
}

static const struct executable {
    struct row row;
    DWORD access;
    bool reserved;
} executables[] = {
    {{"read", NULL}, FILE_MAP_EXECUTE | FILE_MAP_READ, false},
    {{"write", NULL}, FILE_MAP_EXECUTE | FILE_MAP_WRITE, false},
    {{"committed_for_execution", NULL}, FILE_MAP_EXECUTE | FILE_MAP_WRITE, true},
};

START_TEST(function_is_written_again_for)
{
    const struct executable *row = &executables[_i];
    HANDLE mapping = page_file_mapping(
        PAGE_EXECUTE_READWRITE | (row->reserved ? SEC_RESERVE : SEC_COMMIT), page_size());
    uint8_t *code = map_view(mapping, row->access);
    if (row->reserved)
        require(VirtualAlloc(code, page_size(), MEM_COMMIT, PAGE_EXECUTE_READ));
    uint8_t *written = map_view(mapping, READ_WRITE);
    write_function(written, 1);
    expect_number(call(code), 1);

    write_function(written, 2);

    expect_number(call(code), 2);
    write_function(written + 32, 3);
    expect_number(call(code + 32), 3);
    expect_number(call(code), 2);
}
END_TEST
COVERS_ROWS(function_is_written_again_for, executables, "mapping.coherence.code");

static const struct committed {
    struct row row;
    DWORD protection;
    DWORD reading, writing; /* what happens */
} committeds[] = {
    {{"readonly", "mapping.reserve.commit_readonly"}, PAGE_READONLY, 0, EXCEPTION_ACCESS_VIOLATION},
    {{"execute_read", "mapping.reserve.commit_execute_read"},
     PAGE_EXECUTE_READ,
     0,
     EXCEPTION_ACCESS_VIOLATION},
    {{"noaccess", "mapping.reserve.commit_noaccess"},
     PAGE_NOACCESS,
     EXCEPTION_ACCESS_VIOLATION,
     EXCEPTION_ACCESS_VIOLATION},
    {{"readwrite", "mapping.reserve.commit_readwrite"}, PAGE_READWRITE, 0, 0},
};

START_TEST(page_is_committed)
{
    const struct committed *row = &committeds[_i];
    HANDLE mapping = page_file_mapping(PAGE_EXECUTE_READWRITE | SEC_RESERVE, 3 * page_size());
    uint8_t *view = map_view(mapping, FILE_MAP_EXECUTE | FILE_MAP_WRITE),
            *page = view + page_size();

    void *committed = VirtualAlloc(page, page_size(), MEM_COMMIT, row->protection);

    expect_not_null(committed);
    MEMORY_BASIC_INFORMATION region = region_at(page);
    expect_flags(region.State, MEM_COMMIT, MEM_NAMES);
    expect_flags(region.Protect, row->protection, PAGE_NAMES);
    expect_number(region.RegionSize, page_size());
    expect_flags(region.AllocationProtect, PAGE_EXECUTE_READWRITE, PAGE_NAMES);
    expect_fault(try_read(page), row->reading);
    expect_fault(try_write(page, 'x'), row->writing);
    uint8_t *other = map_view(mapping, READ_WRITE);
    expect_flags(region_at(other + page_size()).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_fault(try_write(other + page_size(), 'y'), 0);
}
END_TEST
COVERS_ROWS(page_is_committed, committeds);
