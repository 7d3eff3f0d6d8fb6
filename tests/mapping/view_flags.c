/* What combinations of FILE_MAP_* give, and running the code in a view. */
#include "mapping.h"

START_TEST(write_and_read_is_write)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());

    char *view = MapViewOfFile(mapping, FILE_MAP_WRITE | FILE_MAP_READ, 0, 0, 1);

    expect_not_null(view);
    expect_flags(region_at(view).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_fault(try_write(view, 'x'), 0);
    expect_number(*(char *)map_view(mapping, FILE_MAP_READ), 'x');
}
END_TEST
COVERS(write_and_read_is_write, "mapping.view.access.write_or_read");

static const struct {
    struct row row;
    DWORD access;
} unclear_rows[] = {
    {{"copy_and_write", "mapping.view.access.copy_plus_write"}, FILE_MAP_COPY | FILE_MAP_WRITE},
    {{"copy_and_read", "mapping.view.access.copy_plus_read"}, FILE_MAP_COPY | FILE_MAP_READ},
    {{"execute_alone", "mapping.view.access.execute_alone"}, FILE_MAP_EXECUTE},
    {{"nothing", "mapping.view.access.zero"}, 0},
};

START_TEST(combination_of_which_the_pages_say_too_little)
{
    HANDLE mapping = page_file_mapping(PAGE_EXECUTE_READWRITE, page_size());

    void *view = MapViewOfFile(mapping, unclear_rows[_i].access, 0, 0, 0);

    DWORD error = GetLastError();
    if (view == NULL)
        record("view", "refused with error %lu", error);
    else
        record("view", "protection 0x%lx", region_at(view).Protect);
}
END_TEST
COVERS_ROWS(combination_of_which_the_pages_say_too_little, unclear_rows);

START_TEST(handle_without_rights_maps_nothing)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size()), powerless;
    require(DuplicateHandle(GetCurrentProcess(), mapping, GetCurrentProcess(), &powerless,
                            READ_CONTROL, FALSE, 0));

    void *view = MapViewOfFile(powerless, FILE_MAP_READ, 0, 0, 0);

    expect_null(view, ERROR_ACCESS_DENIED);
    expect_null(MapViewOfFile(powerless, FILE_MAP_COPY, 0, 0, 0), ERROR_ACCESS_DENIED);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
}
END_TEST
COVERS(handle_without_rights_maps_nothing, "mapping.view.access.no_rights_handle");

/* The page wants an object with SEC_LARGE_PAGES, and does not say what becomes of another. */
START_TEST(large_pages_of_an_object_without_them)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 4 << 20);

    void *view = MapViewOfFile(mapping, FILE_MAP_READ | FILE_MAP_LARGE_PAGES, 0, 0, 0);

    DWORD error = GetLastError();
    char text[80];
    record("FILE_MAP_LARGE_PAGES", "%s", view ? "a view" : error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(large_pages_of_an_object_without_them, "mapping.view.large_pages.needs_sec");

static const uint8_t return_instruction = 0xC3; /* x86 and x86-64 */

/* An object whose first byte is an instruction that returns. */
static HANDLE object_with_code(void)
{
    HANDLE mapping = page_file_mapping(PAGE_EXECUTE_READWRITE, page_size());
    uint8_t *code = map_view(mapping, READ_WRITE);
    code[0] = return_instruction;
    FlushInstructionCache(GetCurrentProcess(), code, 1);
    return mapping;
}

static const struct {
    struct row row;
    DWORD access;
    bool runs;
} execute_rows[] = {
    {{"execute_read", "mapping.view.exec.runs"}, FILE_MAP_EXECUTE | FILE_MAP_READ, true},
    {{"execute_write", "mapping.view.exec.runs"}, FILE_MAP_EXECUTE | FILE_MAP_WRITE, true},
    {{"execute_copy", "mapping.view.exec.runs"}, FILE_MAP_EXECUTE | FILE_MAP_COPY, true},
    {{"read", "mapping.view.exec.dep"}, FILE_MAP_READ, false},
    {{"write", "mapping.view.exec.dep"}, FILE_MAP_WRITE, false},
    {{"copy", "mapping.view.exec.dep"}, FILE_MAP_COPY, false},
};

START_TEST(code_in_a_view)
{
    BOOL permanent;
    DWORD policy = PROCESS_DEP_ENABLE;
    if (sizeof(void *) == 4)
        GetProcessDEPPolicy(GetCurrentProcess(), &policy, &permanent);
    HANDLE mapping = object_with_code();

    void *view = MapViewOfFile(mapping, execute_rows[_i].access, 0, 0, 0);

    expect_not_null(view);
    if (execute_rows[_i].runs)
        expect_fault(try_execute(view), 0);
    else if (policy & PROCESS_DEP_ENABLE)
        expect_fault(try_execute(view), EXCEPTION_ACCESS_VIOLATION);
    else
        unsupported("data execution prevention is off in this process");
}
END_TEST
COVERS_ROWS(code_in_a_view, execute_rows);

START_TEST(written_page_stays_executable)
{
    HANDLE mapping = object_with_code();
    uint8_t *copy = map_view(mapping, FILE_MAP_EXECUTE | FILE_MAP_COPY);
    expect_flags(region_at(copy).Protect, PAGE_EXECUTE_WRITECOPY, PAGE_NAMES);

    expect_fault(try_write(copy + 1, 'y'), 0);

    expect_fault(try_execute(copy), 0);
    expect_flags(region_at(copy).Protect, PAGE_EXECUTE_READWRITE, PAGE_NAMES);
}
END_TEST
COVERS(written_page_stays_executable, "mapping.copy_on_write.exec_protection_change");

/* The program itself is an image at hand. */
static HANDLE own_image(void)
{
    WCHAR path[MAX_PATH];
    require(GetModuleFileNameW(NULL, path, MAX_PATH) < MAX_PATH);
    HANDLE file = CreateFileW(path, GENERIC_READ | GENERIC_EXECUTE,
                              FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
    require(file != INVALID_HANDLE_VALUE);
    return file_mapping(file, PAGE_READONLY | SEC_IMAGE);
}

START_TEST(access_does_not_matter_for_an_image)
{
    HANDLE mapping = own_image();
    char *reading = map_view(mapping, FILE_MAP_READ);

    char *copying = MapViewOfFile(mapping, FILE_MAP_COPY, 0, 0, 0);

    DWORD error = GetLastError();
    if (copying == NULL) {
        record("copy", "refused with error %lu", error);
        return;
    }
    bool same = true;
    for (DWORD at = 0; same && region_at(reading + at).AllocationBase == reading; at += 0x1000)
        same = region_at(reading + at).Protect == region_at(copying + at).Protect;
    record("copy", "%s protections", same ? "the same" : "other");
}
END_TEST
COVERS(access_does_not_matter_for_an_image, "mapping.view.image.access_ignored");
