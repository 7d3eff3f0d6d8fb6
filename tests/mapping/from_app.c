/* CreateFileMappingFromApp, OpenFileMappingFromApp and MapViewOfFileFromApp: sizes and offsets in
 * one piece. */
#include "mapping.h"

#define FOUR_GIB ((ULONG64)1 << 32)

/* ---- CreateFileMappingFromApp --------------------------------------------------------------- */

START_TEST(create_page_file)
{
    optional_api(CreateFileMappingFromApp);

    HANDLE mapping =
        CreateFileMappingFromApp(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 3 * page_size(), NULL);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(mapping);
    char *view = map_view(mapping, READ_WRITE);
    expect_filled(view, 0, 3 * page_size());
    expect_number(region_at(view).RegionSize, 3 * page_size());
    expect_fault(try_write(view, 'x'), 0);
    DWORD flags;
    require(GetHandleInformation(mapping, &flags));
    expect_flags(flags, 0, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS(create_page_file, "mapping.createfromapp.page_file");

START_TEST(create_inheritable)
{
    optional_api(CreateFileMappingFromApp);
    SECURITY_ATTRIBUTES inheritable = {.nLength = sizeof(inheritable), .bInheritHandle = TRUE};

    HANDLE mapping = CreateFileMappingFromApp(INVALID_HANDLE_VALUE, &inheritable, PAGE_READWRITE,
                                              page_size(), NULL);

    expect_handle(mapping);
    DWORD flags;
    require(GetHandleInformation(mapping, &flags));
    expect_flags(flags, HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS(create_inheritable, "mapping.createfromapp.inheritable");

START_TEST(create_extends_the_file)
{
    optional_api(CreateFileMappingFromApp);
    HANDLE file = create_file(scratch_path(L"data"), page_size());

    HANDLE mapping = CreateFileMappingFromApp(file, NULL, PAGE_READWRITE, page_size() + 9, NULL);

    expect_handle(mapping);
    expect_number(size_of_file(file), page_size() + 9);
    expect_pattern(map_view(mapping, FILE_MAP_READ), page_size(), 0);
}
END_TEST
COVERS(create_extends_the_file, "mapping.createfromapp.extends");

START_TEST(create_takes_the_file_s_size)
{
    optional_api(CreateFileMappingFromApp);
    HANDLE file = create_file(scratch_path(L"data"), page_size() + 9);

    HANDLE mapping = CreateFileMappingFromApp(file, NULL, PAGE_READONLY, 0, NULL);

    expect_handle(mapping);
    char *view = map_view(mapping, FILE_MAP_READ);
    expect_pattern(view, page_size() + 9, 0);
    expect_number(region_at(view).RegionSize, 2 * page_size());
    expect_fault(try_write(view, 'x'), EXCEPTION_ACCESS_VIOLATION);
}
END_TEST
COVERS(create_takes_the_file_s_size, "mapping.createfromapp.file_size");

START_TEST(create_of_an_empty_file)
{
    optional_api(CreateFileMappingFromApp);
    HANDLE file = create_file(scratch_path(L"empty"), 0);

    HANDLE mapping = CreateFileMappingFromApp(file, NULL, PAGE_READWRITE, 0, NULL);

    expect_null(mapping, ERROR_FILE_INVALID);
}
END_TEST
COVERS(create_of_an_empty_file, "mapping.createfromapp.empty_file");

START_TEST(create_existing_name)
{
    optional_api(CreateFileMappingFromApp);
    const WCHAR *name = unique_name(L"Local\\");
    char *view = map_view(named_mapping(name, page_size()), READ_WRITE);
    view[0] = 'x';

    HANDLE mapping =
        CreateFileMappingFromApp(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 2 * page_size(), name);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(mapping);
    char *same = map_view(mapping, READ_WRITE);
    expect_number(same[0], 'x');
    expect_number(region_at(same).RegionSize, page_size());
}
END_TEST
COVERS(create_existing_name, "mapping.createfromapp.existing_name");

START_TEST(create_name_of_an_event)
{
    optional_api(CreateFileMappingFromApp);
    const WCHAR *name = unique_name(L"Local\\");
    require(CreateEventW(NULL, TRUE, FALSE, name) != NULL);

    HANDLE mapping =
        CreateFileMappingFromApp(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, page_size(), name);

    expect_null(mapping, ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(create_name_of_an_event, "mapping.createfromapp.name_of_another_kind");

/* ---- Beyond 4 GiB --------------------------------------------------------------------------- */

START_TEST(size_beyond_4_gib)
{
    optional_api(CreateFileMappingFromApp);

    HANDLE mapping = CreateFileMappingFromApp(
        INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | SEC_RESERVE, FOUR_GIB + granularity(), NULL);

    expect_handle(mapping);
    expect_not_null(MapViewOfFile(mapping, READ_WRITE, 1, 0, page_size()));
    void *beyond = MapViewOfFile(mapping, READ_WRITE, 1, granularity(), page_size());
    expect_null(beyond, ERROR_ACCESS_DENIED, ERROR_INVALID_PARAMETER);
}
END_TEST
COVERS(size_beyond_4_gib, "mapping.createfromapp.size_64");

START_TEST(offset_beyond_4_gib)
{
    optional_api(MapViewOfFileFromApp);
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | SEC_RESERVE, 1,
                                        granularity(), NULL);
    require(mapping != NULL);

    char *high = MapViewOfFileFromApp(mapping, FILE_MAP_WRITE, FOUR_GIB, page_size());

    expect_not_null(high);
    require(VirtualAlloc(high, page_size(), MEM_COMMIT, PAGE_READWRITE) == high);
    high[0] = 'h';
    char *low = MapViewOfFile(mapping, READ_WRITE, 0, 0, page_size());
    expect_not_null(low);
    require(VirtualAlloc(low, page_size(), MEM_COMMIT, PAGE_READWRITE) == low);
    expect_number(low[0], 0);
    char *again = MapViewOfFile(mapping, READ_WRITE, 1, 0, page_size());
    expect_not_null(again);
    expect_number(again[0], 'h');
}
END_TEST
COVERS(offset_beyond_4_gib, "mapping.mapfromapp.offset_64");

/* ---- MapViewOfFileFromApp ------------------------------------------------------------------- */

START_TEST(map_from_an_offset_to_the_end)
{
    optional_api(MapViewOfFileFromApp);
    HANDLE file = create_file(scratch_path(L"data"), granularity() + 9);
    HANDLE mapping = file_mapping(file, PAGE_READONLY);

    char *view = MapViewOfFileFromApp(mapping, FILE_MAP_READ, granularity(), 0);

    expect_not_null(view);
    expect_pattern(view, 9, granularity());
    expect_number(region_at(view).RegionSize, page_size());
}
END_TEST
COVERS(map_from_an_offset_to_the_end, "mapping.mapfromapp.to_the_end");

START_TEST(map_a_part)
{
    optional_api(MapViewOfFileFromApp);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 4 * page_size());

    char *view = MapViewOfFileFromApp(mapping, FILE_MAP_READ, 0, page_size() + 1);

    expect_not_null(view);
    expect_number(region_at(view).RegionSize, 2 * page_size());
}
END_TEST
COVERS(map_a_part, "mapping.mapfromapp.size");

static const struct wanted {
    struct row row;
    DWORD protect, access;
    bool writes, seen_by_others;
} wanteds[] = {
    {{"all_access", "mapping.mapfromapp.all_access"},
     PAGE_READWRITE,
     FILE_MAP_ALL_ACCESS,
     true,
     true},
    {{"read", "mapping.mapfromapp.read"}, PAGE_READWRITE, FILE_MAP_READ, false, false},
    {{"write", "mapping.mapfromapp.write"}, PAGE_READWRITE, FILE_MAP_WRITE, true, true},
    {{"write_and_read", "mapping.mapfromapp.write"}, PAGE_READWRITE, READ_WRITE, true, true},
    {{"copy", "mapping.mapfromapp.copy"}, PAGE_READWRITE, FILE_MAP_COPY, true, false},
    {{"copy_of_read_only", "mapping.mapfromapp.copy"}, PAGE_READONLY, FILE_MAP_COPY, true, false},
};

START_TEST(map_with)
{
    optional_api(MapViewOfFileFromApp);
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    HANDLE mapping = file_mapping(file, wanteds[_i].protect);
    char *other = map_view(mapping, FILE_MAP_READ), before = other[0];

    char *view = MapViewOfFileFromApp(mapping, wanteds[_i].access, 0, 0);

    expect_not_null(view);
    expect_pattern(view, page_size(), 0);
    expect_fault(try_write(view, (char)(before + 1)),
                 wanteds[_i].writes ? 0 : EXCEPTION_ACCESS_VIOLATION);
    expect_number(other[0], wanteds[_i].seen_by_others ? (char)(before + 1) : before);
}
END_TEST
COVERS_ROWS(map_with, wanteds);

static const struct {
    struct row row;
    DWORD access;
} too_muches[] = {
    {{"write_to_read_only", "mapping.mapfromapp.needs_protection"}, FILE_MAP_WRITE},
    {{"all_access_to_read_only", "mapping.mapfromapp.needs_protection"}, FILE_MAP_ALL_ACCESS},
};

START_TEST(map_is_denied)
{
    optional_api(MapViewOfFileFromApp);
    HANDLE mapping = page_file_mapping(PAGE_READONLY, page_size());

    void *view = MapViewOfFileFromApp(mapping, too_muches[_i].access, 0, 0);

    expect_null(view, ERROR_ACCESS_DENIED);
    expect_not_null(MapViewOfFileFromApp(mapping, FILE_MAP_READ, 0, 0));
}
END_TEST
COVERS_ROWS(map_is_denied, too_muches);

START_TEST(map_at_an_unaligned_offset)
{
    optional_api(MapViewOfFileFromApp);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 2 * granularity());

    void *view = MapViewOfFileFromApp(mapping, FILE_MAP_READ, page_size(), 0);

    expect_null(view, ERROR_MAPPED_ALIGNMENT);
    expect_not_null(MapViewOfFileFromApp(mapping, FILE_MAP_READ, granularity(), 0));
}
END_TEST
COVERS(map_at_an_unaligned_offset, "mapping.mapfromapp.alignment");

START_TEST(map_beyond_the_end)
{
    optional_api(MapViewOfFileFromApp);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, granularity());

    void *view = MapViewOfFileFromApp(mapping, FILE_MAP_READ, 0, granularity() + 1);

    expect_null(view, ERROR_ACCESS_DENIED, ERROR_INVALID_PARAMETER);
    expect_not_null(MapViewOfFileFromApp(mapping, FILE_MAP_READ, 0, granularity()));
}
END_TEST
COVERS(map_beyond_the_end, "mapping.mapfromapp.within_the_object");

/* ---- OpenFileMappingFromApp ----------------------------------------------------------------- */

static const struct {
    struct row row;
    BOOL inherit;
} inherits[] = {
    {{"not_inheritable", "mapping.openfromapp.opens"}, FALSE},
    {{"inheritable", "mapping.openfromapp.inherit"}, TRUE},
};

START_TEST(open)
{
    optional_api(OpenFileMappingFromApp);
    const WCHAR *name = unique_name(L"Local\\");
    char *view = map_view(named_mapping(name, page_size()), READ_WRITE);

    HANDLE mapping = OpenFileMappingFromApp(FILE_MAP_READ, inherits[_i].inherit, name);

    expect_handle(mapping);
    char *same = map_view(mapping, FILE_MAP_READ);
    view[0] = 'x';
    expect_number(same[0], 'x');
    DWORD flags;
    require(GetHandleInformation(mapping, &flags));
    expect_flags(flags, inherits[_i].inherit ? HANDLE_FLAG_INHERIT : 0, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS_ROWS(open, inherits);

START_TEST(open_unknown_name)
{
    optional_api(OpenFileMappingFromApp);

    HANDLE mapping = OpenFileMappingFromApp(FILE_MAP_READ, FALSE, unique_name(L"Local\\"));

    expect_null(mapping, ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS(open_unknown_name, "mapping.openfromapp.unknown_name");

START_TEST(open_gives_the_access_asked_for)
{
    optional_api(OpenFileMappingFromApp);
    const WCHAR *name = unique_name(L"Local\\");
    named_mapping(name, page_size());

    HANDLE mapping = OpenFileMappingFromApp(FILE_MAP_READ, FALSE, name);

    expect_handle(mapping);
    void *view = MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0);
    expect_null(view, ERROR_ACCESS_DENIED);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
}
END_TEST
COVERS(open_gives_the_access_asked_for, "mapping.openfromapp.access");
