/* GetMappedFileName: the name of the file at an address. And QueryWorkingSetEx of psapi.dll. */
#include "mapping.h"

#include <stdlib.h>

#define ROOM 512

/*
 * The name of the file as it is on its device. A folder on the way may have two names (a short one,
 * a drive made by SUBST, a junction): KIND says which of them, the normalized or that of opening.
 */
static const WCHAR *device_form(HANDLE file, DWORD kind)
{
    WCHAR *name = calloc(ROOM, sizeof(*name));
    DWORD length = GetFinalPathNameByHandleW(file, name, ROOM, kind | VOLUME_NAME_NT);
    require(length != 0 && length < ROOM);
    return name;
}

static char *view_of(const WCHAR *path)
{
    HANDLE file = create_file(path, 3 * page_size());
    return map_view(file_mapping(file, PAGE_READONLY), FILE_MAP_READ);
}

START_TEST(result_is_the_length_of_the_name)
{
    optional_api(K32GetMappedFileNameW);
    char *view = view_of(scratch_path(L"data"));
    WCHAR name[ROOM];
    memset(name, 0xEE, sizeof(name));

    DWORD length = K32GetMappedFileNameW(GetCurrentProcess(), view, name, ROOM);

    expect_succeeded(length);
    expect_number(length, wcslen(name));
    expect_text(wcsrchr(name, L'\\'), L"\\data");
}
END_TEST
COVERS(result_is_the_length_of_the_name, "mapping.mapped_name.length");

START_TEST(name_is_that_on_the_device)
{
    optional_api(K32GetMappedFileNameW);
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    char *view = map_view(file_mapping(file, PAGE_READONLY), FILE_MAP_READ);
    const WCHAR *normalized = device_form(file, FILE_NAME_NORMALIZED);
    const WCHAR *opened = device_form(file, FILE_NAME_OPENED);
    WCHAR name[ROOM];

    DWORD length = K32GetMappedFileNameW(GetCurrentProcess(), view, name, ROOM);

    expect_succeeded(length);
    if (_wcsicmp(name, opened) != 0)
        expect_text(name, normalized);
}
END_TEST
COVERS(name_is_that_on_the_device, "mapping.mapped_name.device_form");

START_TEST(any_address_of_the_view_will_do)
{
    optional_api(K32GetMappedFileNameW);
    char *view = view_of(scratch_path(L"data"));
    WCHAR at_start[ROOM], inside[ROOM];
    require(K32GetMappedFileNameW(GetCurrentProcess(), view, at_start, ROOM));

    DWORD length =
        K32GetMappedFileNameW(GetCurrentProcess(), view + 2 * page_size() + 7, inside, ROOM);

    expect_succeeded(length);
    expect_text(inside, at_start);
}
END_TEST
COVERS(any_address_of_the_view_will_do, "mapping.mapped_name.interior");

static void *behind_the_view(char *view)
{
    return view + region_at(view).RegionSize;
}

static void *nowhere(char *view)
{
    (void)view;
    return NULL;
}

static void *memory(char *view)
{
    (void)view;
    return VirtualAlloc(NULL, 1, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
}

static void *page_file_view(char *view)
{
    (void)view;
    return map_view(page_file_mapping(PAGE_READWRITE, 1), FILE_MAP_READ);
}

static const struct {
    struct row row;
    void *(*address)(char *view);
} outside_rows[] = {
    {{"behind_the_view", "mapping.mapped_name.outside"}, behind_the_view},
    {{"null", "mapping.mapped_name.outside"}, nowhere},
    {{"allocated_memory", "mapping.mapped_name.outside"}, memory},
    {{"view_of_the_page_file", "mapping.mapped_name.pagefile"}, page_file_view},
};

START_TEST(address_of_no_file)
{
    optional_api(K32GetMappedFileNameW);
    char *view = view_of(scratch_path(L"data"));
    void *address = outside_rows[_i].address(view);
    WCHAR name[ROOM];

    DWORD length = K32GetMappedFileNameW(GetCurrentProcess(), address, name, ROOM);

    expect_failed_somehow(length);
    length = K32GetMappedFileNameW(GetCurrentProcess(), view, name, ROOM);
    expect_succeeded(length);
}
END_TEST
COVERS_ROWS(address_of_no_file, outside_rows);

START_TEST(handles_may_be_closed)
{
    optional_api(K32GetMappedFileNameW);
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, page_size());
    HANDLE mapping = file_mapping(file, PAGE_READONLY);
    void *view = map_view(mapping, FILE_MAP_READ);
    close_handle(&mapping);
    close_handle(&file);
    WCHAR name[ROOM];

    DWORD length = K32GetMappedFileNameW(GetCurrentProcess(), view, name, ROOM);

    expect_succeeded(length);
    expect_text(wcsrchr(name, L'\\'), L"\\data");
}
END_TEST
COVERS(handles_may_be_closed, "mapping.mapped_name.after_close");

START_TEST(ansi_function_gives_the_same_name)
{
    optional_api(K32GetMappedFileNameW);
    optional_api(K32GetMappedFileNameA);
    char *view = view_of(scratch_path(L"data"));
    WCHAR name[ROOM];
    char ansi[ROOM], expected[2 * ROOM];
    DWORD characters = K32GetMappedFileNameW(GetCurrentProcess(), view, name, ROOM);
    require(characters != 0);
    require(WideCharToMultiByte(CP_ACP, 0, name, -1, expected, sizeof(expected), NULL, NULL));

    DWORD length = K32GetMappedFileNameA(GetCurrentProcess(), view, ansi, ROOM);

    expect_succeeded(length);
    expect_text_a(ansi, expected);
    /* Where a character takes two bytes the page does not say which of them count. */
    if (length != characters)
        expect_number(length, strlen(expected));
}
END_TEST
COVERS(ansi_function_gives_the_same_name, "mapping.mapped_name.ansi_twin");

START_TEST(psapi_gives_the_same_name)
{
    optional_api(K32GetMappedFileNameW);
    optional_api(GetMappedFileNameW);
    char *view = view_of(scratch_path(L"data"));
    WCHAR name[ROOM], same[ROOM];
    DWORD expected = K32GetMappedFileNameW(GetCurrentProcess(), view, name, ROOM);
    require(expected != 0);

    DWORD length = GetMappedFileNameW(GetCurrentProcess(), view, same, ROOM);

    expect_number(length, expected);
    expect_text(same, name);
}
END_TEST
COVERS(psapi_gives_the_same_name, "mapping.mapped_name.psapi");

START_TEST(ansi_function_finds_no_name_outside)
{
    optional_api(K32GetMappedFileNameA);
    void *view = page_file_view(NULL);
    char name[ROOM];

    DWORD length = K32GetMappedFileNameA(GetCurrentProcess(), view, name, ROOM);

    expect_failed_somehow(length);
}
END_TEST
COVERS(ansi_function_finds_no_name_outside, "mapping.mapped_name.pagefile");

START_TEST(psapi_finds_no_name_outside)
{
    optional_api(GetMappedFileNameW);
    void *view = page_file_view(NULL);
    WCHAR name[ROOM];

    DWORD length = GetMappedFileNameW(GetCurrentProcess(), view, name, ROOM);

    expect_failed_somehow(length);
}
END_TEST
COVERS(psapi_finds_no_name_outside, "mapping.mapped_name.pagefile");

START_TEST(process_must_be_given)
{
    optional_api(K32GetMappedFileNameW);
    char *view = view_of(scratch_path(L"data"));
    WCHAR name[ROOM];

    DWORD length = K32GetMappedFileNameW(NULL, view, name, ROOM);

    expect_failed(length, ERROR_INVALID_HANDLE);
    length = K32GetMappedFileNameW(GetCurrentProcess(), view, name, ROOM);
    expect_succeeded(length);
}
END_TEST
COVERS(process_must_be_given, "mapping.mapped_name.bad_process");

static const struct {
    struct row row;
    DWORD access;
} rights_rows[] = {
    {{"query_and_read", NULL}, PROCESS_QUERY_INFORMATION | PROCESS_VM_READ},
    {{"query", NULL}, PROCESS_QUERY_INFORMATION},
    {{"read", NULL}, PROCESS_VM_READ},
};

/* The page demands two rights; Windows is content with PROCESS_QUERY_INFORMATION. */
START_TEST(rights_of_the_handle)
{
    optional_api(K32GetMappedFileNameW);
    char *view = view_of(scratch_path(L"data"));
    HANDLE process = OpenProcess(rights_rows[_i].access, FALSE, GetCurrentProcessId());
    require(process != NULL);
    WCHAR name[ROOM];

    DWORD length = K32GetMappedFileNameW(process, view, name, ROOM);

    DWORD error = GetLastError();
    if (length != 0)
        record(rights_rows[_i].row.label, "enough");
    else
        record(rights_rows[_i].row.label, "refused with error %lu", error);
    if (rights_rows[_i].access == (PROCESS_QUERY_INFORMATION | PROCESS_VM_READ))
        expect_true(length != 0);
}
END_TEST
COVERS_ROWS(rights_of_the_handle, rights_rows, "mapping.mapped_name.rights");

START_TEST(one_of_the_rights_is_needed)
{
    optional_api(K32GetMappedFileNameW);
    char *view = view_of(scratch_path(L"data"));
    HANDLE process = OpenProcess(SYNCHRONIZE, FALSE, GetCurrentProcessId());
    require(process != NULL);
    WCHAR name[ROOM];

    DWORD length = K32GetMappedFileNameW(process, view, name, ROOM);

    expect_failed(length, ERROR_ACCESS_DENIED);
    length = K32GetMappedFileNameW(GetCurrentProcess(), view, name, ROOM);
    expect_succeeded(length);
}
END_TEST
COVERS(one_of_the_rights_is_needed, "mapping.mapped_name.no_right");

START_TEST(name_of_an_image)
{
    optional_api(K32GetMappedFileNameW);
    create_program(scratch_path(L"program"));
    HANDLE file = open_file(scratch_path(L"program"), GENERIC_READ | GENERIC_EXECUTE);
    char *view = map_view(file_mapping(file, PAGE_READONLY | SEC_IMAGE), FILE_MAP_READ);
    WCHAR name[ROOM];

    DWORD length = K32GetMappedFileNameW(GetCurrentProcess(), view, name, ROOM);

    expect_succeeded(length);
    expect_text(wcsrchr(name, L'\\'), L"\\program");
}
END_TEST
COVERS(name_of_an_image, "mapping.mapped_name.image");

START_TEST(small_buffer_is_not_overrun)
{
    optional_api(K32GetMappedFileNameW);
    char *view = view_of(scratch_path(L"data"));
    WCHAR name[ROOM];
    memset(name, 0xEE, sizeof(name));

    DWORD length = K32GetMappedFileNameW(GetCurrentProcess(), view, name, 5);

    record("room for 5", "%lu", length);
    expect_filled(name + 5, 0xEE, sizeof(name) - 5 * sizeof(*name));
    expect_true(K32GetMappedFileNameW(GetCurrentProcess(), view, name, ROOM) > 5);
}
END_TEST
COVERS(small_buffer_is_not_overrun, "mapping.mapped_name.small_buffer");

/* ---- QueryWorkingSetEx of psapi.dll; psapi.h means the one of kernel32 by the name ----------- */

struct page {
    void *address;
    ULONG_PTR attributes;
};

/* Valid, Win32Protection and Shared. */
#define LASTING 0xFFF1u

static const struct {
    struct row row;
    DWORD count;
} counts[] = {{{"one_page", NULL}, 1}, {{"two_pages", NULL}, 2}};

START_TEST(psapi_says_the_same_of)
{
    optional_api(K32QueryWorkingSetEx);
    optional_api(QueryWorkingSetEx);
    char *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    char *own = VirtualAlloc(NULL, page_size(), MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    require(own != NULL);
    view[0] = own[0] = 'x';
    struct page pages[] = {{view, 0}, {own, 0}}, same[] = {{view, 0}, {own, 0}};
    DWORD size = counts[_i].count * (DWORD)sizeof(pages[0]);
    require(K32QueryWorkingSetEx(GetCurrentProcess(), pages, size));

    BOOL asked = QueryWorkingSetEx(GetCurrentProcess(), same, size);

    expect_succeeded(asked);
    expect_number(same[0].attributes & 1, 1);
    for (DWORD i = 0; i < counts[_i].count; i++)
        expect_number(same[i].attributes & LASTING, pages[i].attributes & LASTING);
}
END_TEST
COVERS_ROWS(psapi_says_the_same_of, counts, "mapping.working_set.psapi");
