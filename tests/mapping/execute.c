/* Pages of a view that VirtualProtect makes executable: they run, and cannot be written to. */
#include "mapping.h"

static const uint8_t return_instruction = 0xC3; /* x86 and x86-64 */

static const struct {
    struct row row;
    DWORD protection;
} protections[] = {
    {{"execute", "mapping.protect.execute"}, PAGE_EXECUTE},
    {{"execute_read", "mapping.protect.execute_read"}, PAGE_EXECUTE_READ},
};

START_TEST(page_runs_and_cannot_be_written_with)
{
    HANDLE mapping = page_file_mapping(PAGE_EXECUTE_READWRITE, 3 * page_size());
    uint8_t *other = map_view(mapping, READ_WRITE);
    uint8_t *view = map_view(mapping, FILE_MAP_EXECUTE | FILE_MAP_WRITE),
            *page = view + page_size();
    other[page_size()] = return_instruction;
    FlushInstructionCache(GetCurrentProcess(), page, 1);
    DWORD old;

    BOOL set = VirtualProtect(page, page_size(), protections[_i].protection, &old);

    expect_succeeded(set);
    expect_fault(try_execute(page), 0);
    expect_fault(try_write(page, 'x'), EXCEPTION_ACCESS_VIOLATION);
    expect_number(other[page_size()], return_instruction);
    expect_flags(region_at(page).Protect, protections[_i].protection, PAGE_NAMES);
    expect_fault(try_write(page - 1, 'x'), 0);
    expect_fault(try_write(page + page_size(), 'x'), 0);
}
END_TEST
COVERS_ROWS(page_runs_and_cannot_be_written_with, protections);

/* Another view of the object is no more executable for it. */
START_TEST(other_view_does_not_become_executable)
{
    HANDLE mapping = page_file_mapping(PAGE_EXECUTE_READWRITE, page_size());
    uint8_t *view = map_view(mapping, FILE_MAP_EXECUTE | FILE_MAP_WRITE);
    uint8_t *other = map_view(mapping, FILE_MAP_WRITE);
    DWORD old;

    BOOL set = VirtualProtect(view, page_size(), PAGE_EXECUTE_READ, &old);

    expect_succeeded(set);
    expect_flags(old, PAGE_EXECUTE_READWRITE, PAGE_NAMES);
    expect_flags(region_at(other).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_fault(try_write(other, return_instruction), 0);
    FlushInstructionCache(GetCurrentProcess(), view, 1);
    expect_fault(try_execute(view), 0);
}
END_TEST
COVERS(other_view_does_not_become_executable, "mapping.protect.execute_this_view");
