/* The SEC_ attributes of CreateFileMappingW: which go together, and what their views are like. */
#include "mapping.h"

enum made_of { PAGE_FILE, DATA, PROGRAM };

/* The page file, a file of data, or the file of this program. */
static HANDLE source(enum made_of made_of)
{
    if (made_of == PAGE_FILE)
        return INVALID_HANDLE_VALUE;
    if (made_of == DATA)
        return create_file(scratch_path(L"data"), page_size());
    WCHAR path[MAX_PATH];
    require(GetModuleFileNameW(NULL, path, MAX_PATH));
    return open_file(path, GENERIC_READ | GENERIC_EXECUTE);
}

static const struct refused {
    struct row row;
    enum made_of made_of;
    DWORD refused, right; /* attributes */
} refused_rows[] = {
    {{"reserve_and_commit", "mapping.create.sec.reserve_plus_commit"},
     PAGE_FILE,
     SEC_RESERVE | SEC_COMMIT,
     SEC_RESERVE},
    {{"reserve_and_commit_of_a_file", "mapping.create.sec.reserve_plus_commit"},
     DATA,
     SEC_RESERVE | SEC_COMMIT,
     SEC_COMMIT},
    {{"nocache_alone", "mapping.create.sec.nocache_needs_partner"},
     PAGE_FILE,
     SEC_NOCACHE,
     SEC_NOCACHE | SEC_COMMIT},
    {{"nocache_alone_of_a_file", "mapping.create.sec.nocache_needs_partner"},
     DATA,
     SEC_NOCACHE,
     SEC_NOCACHE | SEC_RESERVE},
    {{"writecombine_alone", "mapping.create.sec.writecombine_needs_partner"},
     PAGE_FILE,
     SEC_WRITECOMBINE,
     SEC_WRITECOMBINE | SEC_COMMIT},
    {{"writecombine_alone_of_a_file", "mapping.create.sec.writecombine_needs_partner"},
     DATA,
     SEC_WRITECOMBINE,
     SEC_WRITECOMBINE | SEC_RESERVE},
    {{"image_and_reserve", "mapping.create.sec.image_exclusive"},
     PROGRAM,
     SEC_IMAGE | SEC_RESERVE,
     SEC_IMAGE},
    {{"image_and_commit", "mapping.create.sec.image_exclusive"},
     PROGRAM,
     SEC_IMAGE | SEC_COMMIT,
     SEC_IMAGE},
    {{"image_and_writecombine", "mapping.create.sec.image_exclusive"},
     PROGRAM,
     SEC_IMAGE | SEC_WRITECOMBINE,
     SEC_IMAGE},
    {{"image_and_large_pages", "mapping.create.sec.image_exclusive"},
     PROGRAM,
     SEC_IMAGE | SEC_LARGE_PAGES,
     SEC_IMAGE},
    {{"image_no_execute_and_commit", "mapping.create.sec.image_noexec_exclusive"},
     PROGRAM,
     SEC_IMAGE_NO_EXECUTE | SEC_COMMIT,
     SEC_IMAGE_NO_EXECUTE},
    {{"large_pages_without_commit", "mapping.create.sec.large_needs_commit"},
     PAGE_FILE,
     SEC_LARGE_PAGES,
     SEC_COMMIT},
    {{"large_pages_and_reserve", "mapping.large_pages.reserve_commit_together"},
     PAGE_FILE,
     SEC_LARGE_PAGES | SEC_RESERVE,
     SEC_RESERVE},
    {{"large_pages_of_a_file", "mapping.create.sec.large_file"},
     DATA,
     SEC_LARGE_PAGES | SEC_COMMIT,
     SEC_COMMIT},
};

START_TEST(attributes_that_do_not_go_together)
{
    const struct refused *row = &refused_rows[_i];
    HANDLE file = source(row->made_of);
    DWORD protect = row->made_of == PROGRAM ? PAGE_READONLY : PAGE_READWRITE;
    DWORD size = row->made_of == PAGE_FILE ? 2 * 1024 * 1024 : 0;

    HANDLE mapping = CreateFileMappingW(file, NULL, protect | row->refused, 0, size, NULL);

    expect_null(mapping, ERROR_INVALID_PARAMETER);

    /* One of them less, or the one that was missing, and the same call is right. */
    mapping = CreateFileMappingW(file, NULL, protect | row->right, 0, size, NULL);
    expect_handle(mapping);
}
END_TEST
COVERS_ROWS(attributes_that_do_not_go_together, refused_rows);

static const struct {
    struct row row;
    DWORD attributes;
    DWORD state; /* of the pages of a view */
} state_rows[] = {
    {{"none", "mapping.create.sec.default_commit"}, 0, MEM_COMMIT},
    {{"commit", "mapping.create.sec.commit_view_state"}, SEC_COMMIT, MEM_COMMIT},
    {{"reserve", "mapping.create.sec.reserve_view_state"}, SEC_RESERVE, MEM_RESERVE},
    {{"nocache_and_commit", "mapping.create.sec.nocache_ok"}, SEC_NOCACHE | SEC_COMMIT, MEM_COMMIT},
    {{"nocache_and_reserve", "mapping.create.sec.nocache_ok"},
     SEC_NOCACHE | SEC_RESERVE,
     MEM_RESERVE},
    {{"writecombine_and_commit", "mapping.create.sec.writecombine_ok"},
     SEC_WRITECOMBINE | SEC_COMMIT,
     MEM_COMMIT},
    {{"writecombine_and_reserve", "mapping.create.sec.writecombine_ok"},
     SEC_WRITECOMBINE | SEC_RESERVE,
     MEM_RESERVE},
};

START_TEST(view_of_the_page_file)
{
    DWORD protect = PAGE_READWRITE | state_rows[_i].attributes, size = 5 * page_size();

    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, protect, 0, size, NULL);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(mapping);
    char *view = map_view(mapping, READ_WRITE);
    MEMORY_BASIC_INFORMATION region = region_at(view);
    expect_flags(region.State, state_rows[_i].state, MEM_NAMES);
    expect_flags(region.Type, MEM_MAPPED, MEM_NAMES);
    expect_number(region.RegionSize, size);
    if (state_rows[_i].state == MEM_COMMIT)
        expect_fault(try_write(view + size - 1, 'x'), 0);
}
END_TEST
COVERS_ROWS(view_of_the_page_file, state_rows);

START_TEST(reserved_pages_cannot_be_touched)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE | SEC_RESERVE, page_size());

    char *view = map_view(mapping, READ_WRITE);

    expect_fault(try_read(view), EXCEPTION_ACCESS_VIOLATION);
    require(VirtualAlloc(view, page_size(), MEM_COMMIT, PAGE_READWRITE) == view);
    expect_fault(try_read(view), 0);
}
END_TEST
COVERS(reserved_pages_cannot_be_touched, "mapping.create.sec.reserve_touch");

START_TEST(reserved_pages_can_be_committed)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE | SEC_RESERVE, 3 * page_size());
    char *view = map_view(mapping, READ_WRITE), *middle = view + page_size();

    void *committed = VirtualAlloc(middle, page_size(), MEM_COMMIT, PAGE_READWRITE);

    expect_pointer(committed, middle);
    expect_filled(middle, 0, page_size());
    expect_fault(try_write(middle + page_size() - 1, 'x'), 0);
    expect_flags(region_at(view).State, MEM_RESERVE, MEM_NAMES);
    expect_flags(region_at(middle).State, MEM_COMMIT, MEM_NAMES);
    expect_flags(region_at(middle).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_flags(region_at(middle + page_size()).State, MEM_RESERVE, MEM_NAMES);
}
END_TEST
COVERS(reserved_pages_can_be_committed, "mapping.create.sec.reserve_then_commit");

START_TEST(committed_pages_are_committed_in_every_view)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE | SEC_RESERVE, 2 * page_size());
    char *view = map_view(mapping, READ_WRITE), *other = map_view(mapping, READ_WRITE);
    require(VirtualAlloc(view, page_size(), MEM_COMMIT, PAGE_READWRITE) == view);

    MEMORY_BASIC_INFORMATION region = region_at(other);

    record("state in the other view", "%s", region.State == MEM_COMMIT ? "committed" : "reserved");
    if (region.State == MEM_COMMIT) {
        view[0] = 'x';
        record("data", "%s", other[0] == 'x' ? "shared" : "not shared");
    }
}
END_TEST
COVERS(committed_pages_are_committed_in_every_view, "mapping.create.sec.reserve_commit_shared");

static const struct {
    struct row row;
    DWORD attribute, how;
} kept_rows[] = {
    {{"reserve_decommit", "mapping.create.sec.reserve_no_decommit"}, SEC_RESERVE, MEM_DECOMMIT},
    {{"reserve_release", "mapping.create.sec.reserve_no_decommit"}, SEC_RESERVE, MEM_RELEASE},
    {{"commit_decommit", "mapping.create.sec.commit_no_decommit"}, SEC_COMMIT, MEM_DECOMMIT},
    {{"commit_release", "mapping.create.sec.commit_no_decommit"}, SEC_COMMIT, MEM_RELEASE},
};

START_TEST(committed_pages_of_a_view_stay)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE | kept_rows[_i].attribute, page_size());
    char *view = map_view(mapping, READ_WRITE);
    require(VirtualAlloc(view, page_size(), MEM_COMMIT, PAGE_READWRITE) == view ||
            kept_rows[_i].attribute == SEC_COMMIT);
    view[0] = 'x';
    DWORD how = kept_rows[_i].how;

    BOOL freed = VirtualFree(view, how == MEM_DECOMMIT ? page_size() : 0, how);

    expect_failed(freed, ERROR_INVALID_PARAMETER);
    expect_flags(region_at(view).State, MEM_COMMIT, MEM_NAMES);
    expect_number(view[0], 'x');
}
END_TEST
COVERS_ROWS(committed_pages_of_a_view_stay, kept_rows);

static const struct {
    struct row row;
    DWORD attribute;
} no_effect_rows[] = {
    {{"reserve", "mapping.create.sec.reserve_file_noop"}, SEC_RESERVE},
    {{"commit", "mapping.create.sec.commit_file_noop"}, SEC_COMMIT},
};

START_TEST(attribute_without_effect_on_a_file)
{
    HANDLE file = create_file(scratch_path(L"data"), 2 * page_size());
    DWORD protect = PAGE_READWRITE | no_effect_rows[_i].attribute;

    HANDLE mapping = CreateFileMappingW(file, NULL, protect, 0, 0, NULL);

    expect_handle(mapping);
    char *view = map_view(mapping, READ_WRITE);
    expect_flags(region_at(view).State, MEM_COMMIT, MEM_NAMES);
    expect_pattern(view, 2 * page_size(), 0);
}
END_TEST
COVERS_ROWS(attribute_without_effect_on_a_file, no_effect_rows);

static const struct {
    struct row row;
    DWORD attributes;
} internal_rows[] = {
    {{"alone", NULL}, SEC_FILE},
    {{"with_commit", NULL}, SEC_FILE | SEC_COMMIT},
    {{"with_reserve", NULL}, SEC_FILE | SEC_RESERVE},
};

START_TEST(attribute_of_the_system)
{
    DWORD protect = PAGE_READWRITE | internal_rows[_i].attributes;

    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, protect, 0, 1, NULL);

    DWORD error = GetLastError();
    char text[80];
    record("SEC_FILE", "%s", mapping ? "created" : error_text(error, text, sizeof(text)));
}
END_TEST
COVERS_ROWS(attribute_of_the_system, internal_rows, "mapping.create.sec.file_flag");

START_TEST(large_pages_need_a_privilege)
{
    DWORD size = (DWORD)GetLargePageMinimum();
    if (size == 0)
        unsupported("GetLargePageMinimum says that there are no large pages");

    HANDLE mapping = CreateFileMappingW(
        INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | SEC_COMMIT | SEC_LARGE_PAGES, 0, size, NULL);

    expect_failed_somehow(mapping);

    /* Pages of the usual size need none. */
    mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | SEC_COMMIT, 0, size, NULL);
    expect_handle(mapping);
}
END_TEST
COVERS(large_pages_need_a_privilege, "mapping.create.sec.large_needs_privilege");
