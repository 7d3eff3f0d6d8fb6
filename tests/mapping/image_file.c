/* Deleting the file of an image: while it is mapped, while its program runs, and afterwards. */
#include "mapping.h"

static void expect_is_gone(const WCHAR *path)
{
    BOOL there = GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
    expect_failed(there, ERROR_FILE_NOT_FOUND);
}

/*
 * Deletes the file as soon as that works: others that have looked at it, or at the process that ran
 * it, let go of it a little later. False when it did not work within the step limit.
 */
static BOOL delete_soon(const WCHAR *path)
{
    ULONGLONG start = GetTickCount64();
    while (!DeleteFileW(path))
        if (GetTickCount64() - start > step_limit() ||
            WaitForSingleObject(GetCurrentProcess(), 1) != WAIT_TIMEOUT)
            return FALSE;
    return TRUE;
}

static const struct {
    struct row row;
    bool close_mapping, unmap;
} held_rows[] = {
    {{"by_mapping_and_view", NULL}, false, false},
    {{"by_mapping", NULL}, false, true},
    {{"by_view", NULL}, true, false},
};

START_TEST(mapped_image_is_not_deleted)
{
    const WCHAR *path = scratch_path(L"program.exe");
    create_program(path);
    HANDLE file = open_file(path, GENERIC_READ | GENERIC_EXECUTE);
    HANDLE mapping = file_mapping(file, PAGE_READONLY | SEC_IMAGE);
    char *view = map_view(mapping, FILE_MAP_READ);
    close_handle(&file);
    if (held_rows[_i].close_mapping)
        close_handle(&mapping);
    if (held_rows[_i].unmap)
        unmap_view(view);

    BOOL deleted = DeleteFileW(path);

    expect_failed(deleted, ERROR_ACCESS_DENIED);
    expect_handle(open_file(path, GENERIC_READ));
    if (!held_rows[_i].unmap)
        expect_bytes(view, "MZ", 2);
}
END_TEST
COVERS_ROWS(mapped_image_is_not_deleted, held_rows, "mapping.file.delete.image");

START_TEST(image_that_was_mapped_is_deleted)
{
    const WCHAR *path = scratch_path(L"program.exe");
    create_program(path);
    HANDLE file = open_file(path, GENERIC_READ | GENERIC_EXECUTE);
    HANDLE mapping = file_mapping(file, PAGE_READONLY | SEC_IMAGE);
    close_handle(&file);
    char *view = map_view(mapping, FILE_MAP_READ);
    expect_bytes(view, "MZ", 2);
    require(!DeleteFileW(path));
    close_handle(&mapping);
    unmap_view(view);

    BOOL deleted = delete_soon(path);

    expect_succeeded(deleted);
    expect_is_gone(path);
}
END_TEST
COVERS(image_that_was_mapped_is_deleted, "mapping.file.delete.image_after");

/* Starts the program, suspended and without a console. */
static PROCESS_INFORMATION start(const WCHAR *path)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION program;
    require(CreateProcessW(path, NULL, NULL, NULL, FALSE, CREATE_SUSPENDED | DETACHED_PROCESS, NULL,
                           NULL, &startup, &program));
    return program;
}

static void let_it_end(PROCESS_INFORMATION *program)
{
    require(ResumeThread(program->hThread) == 1);
    expect_exit_code(program->hProcess, 0);
    close_handle(&program->hThread);
    close_handle(&program->hProcess);
}

START_TEST(running_program_is_not_deleted)
{
    const WCHAR *path = scratch_path(L"program.exe");
    create_program(path);
    PROCESS_INFORMATION program = start(path);

    BOOL deleted = DeleteFileW(path);

    expect_failed(deleted, ERROR_ACCESS_DENIED);
    expect_handle(open_file(path, GENERIC_READ));
    let_it_end(&program);
}
END_TEST
COVERS(running_program_is_not_deleted, "mapping.file.delete.image");

START_TEST(program_that_ran_is_deleted)
{
    const WCHAR *path = scratch_path(L"program.exe");
    create_program(path);
    PROCESS_INFORMATION program = start(path);
    let_it_end(&program);

    BOOL deleted = delete_soon(path);

    expect_succeeded(deleted);
    expect_is_gone(path);
}
END_TEST
COVERS(program_that_ran_is_deleted, "mapping.file.delete.program_after");
