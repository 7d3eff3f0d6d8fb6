/* Names of objects: CreateFileMappingW on one that exists, OpenFileMappingW, and clashes. */
#include "mapping.h"

START_TEST(existing_name_gives_the_existing_object)
{
    const WCHAR *name = unique_name(L"Local\\");
    char *view = map_view(named_mapping(name, page_size()), READ_WRITE);
    view[0] = 'x';

    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), name);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(mapping);
    char *same = map_view(mapping, READ_WRITE);
    expect_number(same[0], 'x');
    same[1] = 'y';
    expect_number(view[1], 'y');
}
END_TEST
COVERS(existing_name_gives_the_existing_object, "mapping.create.name.exists");

PEER(create_what_exists)
{
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(),
                                        peer_text(0));

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(mapping);
    char *view = map_view(mapping, READ_WRITE);
    expect_number(view[0], 'x');
    view[1] = 'y';
}

START_TEST(existing_name_gives_the_object_of_another_process)
{
    const WCHAR *name = unique_name(L"Local\\");
    char *view = map_view(named_mapping(name, page_size()), READ_WRITE);
    view[0] = 'x';

    peer_join(peer_start(create_what_exists, given_text(name)));

    expect_number(view[1], 'y');
}
END_TEST
COVERS(existing_name_gives_the_object_of_another_process,
       "mapping.create.name.exists_other_process", "mapping.coherence.same_object_two_processes");

static const struct {
    struct row row;
    DWORD pages;
} size_rows[] = {
    {{"larger", "mapping.create.name.exists_size_ignored_larger"}, 3},
    {{"smaller", "mapping.create.name.exists_size_ignored_smaller"}, 1},
};

START_TEST(existing_object_keeps_its_size)
{
    const WCHAR *name = unique_name(L"Local\\");
    named_mapping(name, 2 * page_size());
    DWORD size = size_rows[_i].pages * page_size();

    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, size, name);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 2 * page_size()));
    expect_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 3 * page_size()), ERROR_ACCESS_DENIED);
}
END_TEST
COVERS_ROWS(existing_object_keeps_its_size, size_rows);

START_TEST(objects_without_a_name_are_different)
{
    char *first = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    first[0] = 'x';

    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), NULL);

    expect_last_error(ERROR_SUCCESS);
    char *second = map_view(mapping, READ_WRITE);
    expect_number(second[0], 0);
}
END_TEST
COVERS(objects_without_a_name_are_different, "mapping.create.name.null");

/* ---- Names that belong to other kinds of objects -------------------------------------------- */

static HANDLE create_event(const WCHAR *name)
{
    return CreateEventW(NULL, TRUE, FALSE, name);
}

static HANDLE create_semaphore(const WCHAR *name)
{
    return CreateSemaphoreW(NULL, 0, 1, name);
}

static HANDLE create_mutex(const WCHAR *name)
{
    return CreateMutexW(NULL, FALSE, name);
}

static HANDLE create_timer(const WCHAR *name)
{
    return CreateWaitableTimerW(NULL, TRUE, name);
}

static HANDLE create_job(const WCHAR *name)
{
    return CreateJobObjectW(NULL, name);
}

static const struct {
    struct row row;
    HANDLE (*create)(const WCHAR *name);
} other_kind_rows[] = {
    {{"event", "mapping.create.name.clash_event"}, create_event},
    {{"semaphore", "mapping.create.name.clash_semaphore"}, create_semaphore},
    {{"mutex", "mapping.create.name.clash_mutex"}, create_mutex},
    {{"waitable_timer", "mapping.create.name.clash_timer"}, create_timer},
    {{"job", "mapping.create.name.clash_job"}, create_job},
};

START_TEST(name_of_another_kind_of_object)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE other = other_kind_rows[_i].create(name);
    require(other != NULL);

    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1, name);

    expect_null(mapping, ERROR_INVALID_HANDLE);

    /* Once the other object is gone, the name is free. */
    close_handle(&other);
    mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1, name);
    expect_last_error(ERROR_SUCCESS);
    expect_handle(mapping);
}
END_TEST
COVERS_ROWS(name_of_another_kind_of_object, other_kind_rows,
            "mapping.create.name.clash_after_close");

/* ---- OpenFileMappingW ----------------------------------------------------------------------- */

START_TEST(open_gives_the_named_object)
{
    const WCHAR *name = unique_name(L"Local\\");
    char *view = map_view(named_mapping(name, page_size()), READ_WRITE);
    view[0] = 'x';

    HANDLE mapping = OpenFileMappingW(READ_WRITE, FALSE, name);

    expect_handle(mapping);
    char *same = map_view(mapping, READ_WRITE);
    expect_number(same[0], 'x');
    same[1] = 'y';
    expect_number(view[1], 'y');
}
END_TEST
COVERS(open_gives_the_named_object, "mapping.open.ok");

static const struct {
    struct row row;
    BOOL inherit;
    DWORD flags;
} inherit_rows[] = {
    {{"true", "mapping.open.inherit_true"}, TRUE, HANDLE_FLAG_INHERIT},
    {{"false", "mapping.open.inherit_false"}, FALSE, 0},
};

START_TEST(open_makes_the_handle_inheritable_as_asked)
{
    const WCHAR *name = unique_name(L"Local\\");
    named_mapping(name, page_size());

    HANDLE mapping = OpenFileMappingW(FILE_MAP_READ, inherit_rows[_i].inherit, name);

    expect_handle(mapping);
    DWORD flags;
    require(GetHandleInformation(mapping, &flags));
    expect_flags(flags, inherit_rows[_i].flags, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS_ROWS(open_makes_the_handle_inheritable_as_asked, inherit_rows);

START_TEST(open_of_a_missing_name)
{
    HANDLE mapping = OpenFileMappingW(FILE_MAP_READ, FALSE, unique_name(L"Local\\"));

    expect_null(mapping, ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS(open_of_a_missing_name, "mapping.open.missing");

START_TEST(open_of_an_event)
{
    const WCHAR *name = unique_name(L"Local\\");
    require(CreateEventW(NULL, TRUE, FALSE, name) != NULL);

    HANDLE mapping = OpenFileMappingW(FILE_MAP_READ, FALSE, name);

    expect_null(mapping, ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(open_of_an_event, "mapping.open.type_mismatch");

START_TEST(handle_opened_for_reading_maps_no_writable_view)
{
    const WCHAR *name = unique_name(L"Local\\");
    named_mapping(name, page_size());

    HANDLE mapping = OpenFileMappingW(FILE_MAP_READ, FALSE, name);

    expect_handle(mapping);
    expect_null(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0), ERROR_ACCESS_DENIED);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
}
END_TEST
COVERS(handle_opened_for_reading_maps_no_writable_view, "mapping.open.read_only_handle");

START_TEST(handle_opened_for_copying_is_one_for_reading)
{
    const WCHAR *name = unique_name(L"Local\\");
    named_mapping(name, page_size());

    HANDLE mapping = OpenFileMappingW(FILE_MAP_COPY, FALSE, name);

    expect_handle(mapping);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_COPY, 0, 0, 0));
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
    expect_null(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0), ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(handle_opened_for_copying_is_one_for_reading, "mapping.open.copy_treated_as_read");

/* The page on rights says that FILE_MAP_WRITE allows views of every kind; Windows wants
 * FILE_MAP_READ for a view that is only read. */
START_TEST(handle_opened_for_writing_alone)
{
    const WCHAR *name = unique_name(L"Local\\");
    named_mapping(name, page_size());

    HANDLE mapping = OpenFileMappingW(FILE_MAP_WRITE, FALSE, name);

    expect_handle(mapping);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0));
    void *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);
    DWORD error = GetLastError();
    record("view for reading", "%s", view ? "mapped" : "refused");
    if (view == NULL)
        expect_error(error, ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(handle_opened_for_writing_alone, "mapping.open.write_only_handle");

static const struct failing {
    struct row row;
    DWORD protect, size;
    bool file; /* an empty one, open for reading only */
} failings[] = {
    {{"without_a_size", NULL}, PAGE_READWRITE, 0, false},
    {{"without_a_protection", NULL}, 0, 1, false},
    {{"with_two_attributes", NULL}, PAGE_READWRITE | SEC_COMMIT | SEC_RESERVE, 1, false},
    {{"of_an_empty_file", NULL}, PAGE_READONLY, 0, true},
    {{"of_a_file_that_is_too_short", NULL}, PAGE_READONLY, 1, true},
    {{"of_a_file_without_access", NULL}, PAGE_READWRITE, 1, true},
};

START_TEST(failure_leaves_no_name)
{
    const struct failing *row = &failings[_i];
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE file = INVALID_HANDLE_VALUE;
    if (row->file) {
        create_file(scratch_path(L"data"), 0);
        file = open_file(scratch_path(L"data"), GENERIC_READ);
    }

    HANDLE mapping = CreateFileMappingW(file, NULL, row->protect, 0, row->size, name);

    expect_failed_somehow(mapping);
    HANDLE found = OpenFileMappingW(FILE_MAP_READ, FALSE, name);
    expect_null(found, ERROR_FILE_NOT_FOUND);
    mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), name);
    expect_last_error(ERROR_SUCCESS);
    expect_handle(mapping);
}
END_TEST
COVERS_ROWS(failure_leaves_no_name, failings, "mapping.create.name.failure");
