/* How a second and a third process come to the same object: by name, by inheritance, by a
 * duplicated handle. */
#include "mapping.h"

/* ---- Three processes and one block of memory, in the manner of Microsoft's example ---------- */

#define BLOCK_SIZE 0x100

struct block {
    WCHAR from_first[32], from_second[32], from_third[32];
    uint32_t handle_for_third; /* a handle fits into 32 bits, in every process */
};

PEER(second_process)
{
    HANDLE mapping = OpenFileMappingW(FILE_MAP_ALL_ACCESS, FALSE, peer_text(0));
    expect_handle(mapping);
    struct block *block = MapViewOfFile(mapping, FILE_MAP_ALL_ACCESS, 0, 0, BLOCK_SIZE);
    expect_not_null(block);

    expect_text(block->from_first, L"Hello from the first.");
    wcscpy(block->from_second, L"The second found it by name.");

    expect_succeeded(UnmapViewOfFile(block));
    expect_succeeded(CloseHandle(mapping));
}

PEER(third_process)
{
    HANDLE inherited = peer_handle(0);
    struct block *block = MapViewOfFile(inherited, FILE_MAP_ALL_ACCESS, 0, 0, BLOCK_SIZE);
    expect_not_null(block);

    expect_text(block->from_first, L"Hello from the first.");
    expect_text(block->from_second, L"The second found it by name.");
    checkpoint_reach("third-has-inherited");

    checkpoint_wait("third-has-duplicate");
    HANDLE duplicate = (HANDLE)(UINT_PTR)block->handle_for_third;
    expect_succeeded(UnmapViewOfFile(block));
    expect_succeeded(CloseHandle(inherited));
    block = MapViewOfFile(duplicate, FILE_MAP_ALL_ACCESS, 0, 0, BLOCK_SIZE);
    expect_not_null(block);
    wcscpy(block->from_third, L"The third was given it twice.");
}

START_TEST(three_processes_share_one_block)
{
    const WCHAR *name = unique_name(L"Local\\");
    SECURITY_ATTRIBUTES inheritable = {.nLength = sizeof(inheritable), .bInheritHandle = TRUE};

    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, &inheritable, PAGE_READWRITE, 0, BLOCK_SIZE, name);
    expect_handle(mapping);
    struct block *block = MapViewOfFile(mapping, FILE_MAP_ALL_ACCESS, 0, 0, BLOCK_SIZE);
    expect_not_null(block);
    wcscpy(block->from_first, L"Hello from the first.");

    /* By name. */
    peer_join(peer_start(second_process, given_text(name)));
    expect_text(block->from_second, L"The second found it by name.");

    /* By inheritance. */
    struct peer *third = peer_prepare(third_process, given_handle(mapping));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    expect_succeeded(CreateProcessW(NULL, third->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                    &startup, &third->info));
    checkpoint_wait("third-has-inherited");

    /* By a duplicated handle, whose value travels in the block itself. */
    HANDLE in_third;
    expect_succeeded(DuplicateHandle(GetCurrentProcess(), mapping, third->info.hProcess, &in_third,
                                     0, FALSE, DUPLICATE_SAME_ACCESS));
    block->handle_for_third = (uint32_t)(UINT_PTR)in_third;
    checkpoint_reach("third-has-duplicate");
    peer_join(third);
    expect_text(block->from_third, L"The third was given it twice.");
}
END_TEST
COVERS(three_processes_share_one_block, "mapping.coherence.same_object_two_processes",
       "mapping.inherit.same_value", "mapping.duplicate.other_process", "mapping.open.ok");

/* ---- Handles, one way at a time ------------------------------------------------------------- */

PEER(write_through_inherited_handle)
{
    char *view = MapViewOfFile(peer_handle(0), READ_WRITE, 0, 0, 0);

    expect_not_null(view);
    expect_number(view[0], 'x');
    view[1] = 'y';
}

START_TEST(object_without_a_name_is_inherited)
{
    SECURITY_ATTRIBUTES inheritable = {.nLength = sizeof(inheritable), .bInheritHandle = TRUE};
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, &inheritable, PAGE_READWRITE, 0,
                                        page_size(), NULL);
    require(mapping != NULL);
    char *view = map_view(mapping, READ_WRITE);
    view[0] = 'x';
    struct peer *child = peer_prepare(write_through_inherited_handle, given_handle(mapping));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    expect_number(view[1], 'y');
}
END_TEST
COVERS(object_without_a_name_is_inherited, "mapping.inherit.unnamed", "mapping.inherit.same_value");

START_TEST(duplicate_is_a_handle_to_the_same_object)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *view = map_view(mapping, READ_WRITE);
    view[0] = 'x';

    HANDLE duplicate;
    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), mapping, GetCurrentProcess(), &duplicate,
                                      0, FALSE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    expect_true(duplicate != mapping);
    char *same = map_view(duplicate, READ_WRITE);
    expect_number(same[0], 'x');
    same[1] = 'y';
    expect_number(view[1], 'y');
}
END_TEST
COVERS(duplicate_is_a_handle_to_the_same_object, "mapping.duplicate.same_process");

START_TEST(duplicate_with_less_access_maps_less)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());

    HANDLE duplicate;
    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), mapping, GetCurrentProcess(), &duplicate,
                                      FILE_MAP_READ, FALSE, 0);

    expect_succeeded(duplicated);
    expect_null(MapViewOfFile(duplicate, FILE_MAP_WRITE, 0, 0, 0), ERROR_ACCESS_DENIED);
    expect_not_null(MapViewOfFile(duplicate, FILE_MAP_READ, 0, 0, 0));
}
END_TEST
COVERS(duplicate_with_less_access_maps_less, "mapping.view.access.handle_rights");
