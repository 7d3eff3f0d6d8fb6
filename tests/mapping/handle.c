/* Handles to file mappings: duplicates, flags, comparison, and whose they are. */
#include "mapping.h"

#ifndef ERROR_NOT_SAME_OBJECT
#define ERROR_NOT_SAME_OBJECT 1656
#endif

static DWORD flags_of(HANDLE handle)
{
    DWORD flags = 99;
    require(GetHandleInformation(handle, &flags));
    return flags;
}

/* A duplicate in this process with this access. */
static HANDLE duplicate(HANDLE mapping, DWORD access)
{
    HANDLE copy;
    require(DuplicateHandle(GetCurrentProcess(), mapping, GetCurrentProcess(), &copy, access, FALSE,
                            0));
    return copy;
}

static void expect_same_object(HANDLE first, HANDLE second)
{
    char *written = map_view(first, READ_WRITE), *read = map_view(second, FILE_MAP_READ);
    written[5]++;
    expect_number(read[5], written[5]);
}

/* ---- DuplicateHandle ------------------------------------------------------------------------ */

START_TEST(same_access_ignores_the_access_given)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size()), copy;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), mapping, GetCurrentProcess(), &copy,
                                      FILE_MAP_READ, FALSE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    expect_not_null(MapViewOfFile(copy, READ_WRITE, 0, 0, 0));
    expect_same_object(copy, mapping);
}
END_TEST
COVERS(same_access_ignores_the_access_given, "mapping.duplicate.same_access");

START_TEST(more_access_than_the_source_has)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE reading = duplicate(named_mapping(name, page_size()), FILE_MAP_READ), writing;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), reading, GetCurrentProcess(), &writing,
                                      FILE_MAP_WRITE, FALSE, 0);

    record("FILE_MAP_WRITE from a handle with FILE_MAP_READ", "%s",
           duplicated ? "granted" : "denied");
}
END_TEST
COVERS(more_access_than_the_source_has, "mapping.duplicate.raise_access");

static const struct {
    struct row row;
    BOOL source, copy;
} inherit_rows[] = {
    {{"inheritable_from_plain", NULL}, FALSE, TRUE},
    {{"plain_from_inheritable", NULL}, TRUE, FALSE},
};

START_TEST(duplicate_is_inheritable_as_asked)
{
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes),
                                      .bInheritHandle = inherit_rows[_i].source};
    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, &attributes, PAGE_READWRITE, 0, 1, NULL);
    require(mapping != NULL);
    HANDLE copy;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), mapping, GetCurrentProcess(), &copy, 0,
                                      inherit_rows[_i].copy, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    expect_flags(flags_of(copy), inherit_rows[_i].copy ? HANDLE_FLAG_INHERIT : 0,
                 HANDLE_FLAG_NAMES);
    expect_flags(flags_of(mapping), inherit_rows[_i].source ? HANDLE_FLAG_INHERIT : 0,
                 HANDLE_FLAG_NAMES);
}
END_TEST
COVERS_ROWS(duplicate_is_inheritable_as_asked, inherit_rows, "mapping.duplicate.inherit_flag");

START_TEST(source_is_closed)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size()), copy;
    char *view = map_view(mapping, READ_WRITE);
    view[0] = 'x';

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), mapping, GetCurrentProcess(), &copy, 0,
                                      FALSE, DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE);

    expect_succeeded(duplicated);
    expect_number(*(char *)map_view(copy, FILE_MAP_READ), 'x');
    if (mapping != copy)
        expect_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0), ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(source_is_closed, "mapping.duplicate.close_source");

START_TEST(source_is_closed_even_when_duplicating_fails)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size()), copy = NULL;
    HANDLE no_process = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(no_process != NULL);

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), mapping, no_process, &copy, 0, FALSE,
                                      DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE);

    expect_failed_somehow(duplicated);
    expect_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0), ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(source_is_closed_even_when_duplicating_fails, "mapping.duplicate.close_source_on_failure");

START_TEST(process_handle_needs_the_right_to_duplicate)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size()), copy;
    HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, GetCurrentProcessId());
    require(process != NULL);

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), mapping, process, &copy, 0, FALSE,
                                      DUPLICATE_SAME_ACCESS);

    expect_failed(duplicated, ERROR_ACCESS_DENIED);
    expect_failed(DuplicateHandle(process, mapping, GetCurrentProcess(), &copy, 0, FALSE,
                                  DUPLICATE_SAME_ACCESS),
                  ERROR_ACCESS_DENIED);
    process = OpenProcess(PROCESS_DUP_HANDLE, FALSE, GetCurrentProcessId());
    require(process != NULL);
    expect_succeeded(
        DuplicateHandle(process, mapping, process, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS));
    expect_same_object(copy, mapping);
}
END_TEST
COVERS(process_handle_needs_the_right_to_duplicate, "mapping.duplicate.needs_dup_right");

PEER(pull)
{
    HANDLE parent = OpenProcess(PROCESS_DUP_HANDLE, FALSE, (DWORD)peer_number(0)), pulled;
    require(parent != NULL);

    BOOL duplicated = DuplicateHandle(parent, (HANDLE)(UINT_PTR)peer_number(1), GetCurrentProcess(),
                                      &pulled, 0, FALSE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    char *view = map_view(pulled, READ_WRITE);
    expect_number(view[0], 'x');
    view[1] = 'y';
}

START_TEST(target_pulls_the_handle)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *view = map_view(mapping, READ_WRITE);
    view[0] = 'x';

    peer_join(
        peer_start(pull, given_number(GetCurrentProcessId()), given_number((UINT_PTR)mapping)));

    expect_number(view[1], 'y');
}
END_TEST
COVERS(target_pulls_the_handle, "mapping.duplicate.pull");

PEER(use_until_closed)
{
    HANDLE mapping = peer_handle(0);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
    checkpoint_reach("used");
    checkpoint_wait("closed");
}

START_TEST(source_is_closed_in_another_process)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size()), in_peer, back;
    struct peer *peer = peer_start(use_until_closed, given_handle(mapping));
    checkpoint_wait("used");
    /* Where the handle is in the other process is known only to the one that put it there. */
    require(DuplicateHandle(GetCurrentProcess(), mapping, peer->info.hProcess, &in_peer, 0, FALSE,
                            DUPLICATE_SAME_ACCESS));

    BOOL duplicated = DuplicateHandle(peer->info.hProcess, in_peer, GetCurrentProcess(), &back, 0,
                                      FALSE, DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE);

    expect_succeeded(duplicated);
    expect_same_object(back, mapping);
    expect_failed(DuplicateHandle(peer->info.hProcess, in_peer, GetCurrentProcess(), &back, 0,
                                  FALSE, DUPLICATE_SAME_ACCESS),
                  ERROR_INVALID_HANDLE);
    checkpoint_reach("closed");
}
END_TEST
COVERS(source_is_closed_in_another_process, "mapping.duplicate.close_source");

static const struct {
    struct row row;
    BOOL to_this_process;
} no_duplicate_rows[] = {
    {{"no_target_process", NULL}, FALSE},
    {{"target_process", NULL}, TRUE},
};

START_TEST(source_is_closed_without_a_duplicate)
{
    HANDLE to = no_duplicate_rows[_i].to_this_process ? GetCurrentProcess() : NULL;
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    require(SetHandleInformation(mapping, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT));

    BOOL duplicated =
        DuplicateHandle(GetCurrentProcess(), mapping, to, NULL, 0, FALSE, DUPLICATE_CLOSE_SOURCE);

    /* A duplicate that nobody is told of may have the same value, but it is not inheritable. */
    expect_succeeded(duplicated);
    DWORD flags = 0;
    expect_true(!GetHandleInformation(mapping, &flags) || flags == 0);
}
END_TEST
COVERS_ROWS(source_is_closed_without_a_duplicate, no_duplicate_rows,
            "mapping.duplicate.null_target_close");

/* ---- Flags ---------------------------------------------------------------------------------- */

START_TEST(only_flags_in_the_mask_change)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 1);

    BOOL set = SetHandleInformation(mapping, 0, HANDLE_FLAG_INHERIT);

    expect_succeeded(set);
    expect_flags(flags_of(mapping), 0, HANDLE_FLAG_NAMES);
    expect_succeeded(SetHandleInformation(mapping, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT));
    expect_flags(flags_of(mapping), HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
    expect_succeeded(SetHandleInformation(mapping, HANDLE_FLAG_PROTECT_FROM_CLOSE, 0));
    expect_flags(flags_of(mapping), HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS(only_flags_in_the_mask_change, "mapping.handle.mask");

START_TEST(protected_handle_is_not_closed)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    require(SetHandleInformation(mapping, HANDLE_FLAG_PROTECT_FROM_CLOSE,
                                 HANDLE_FLAG_PROTECT_FROM_CLOSE));

    BOOL closed = CloseHandle(mapping);

    record("CloseHandle", "%s", closed ? "TRUE" : "FALSE");
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
    expect_flags(flags_of(mapping), HANDLE_FLAG_PROTECT_FROM_CLOSE, HANDLE_FLAG_NAMES);
    expect_succeeded(SetHandleInformation(mapping, HANDLE_FLAG_PROTECT_FROM_CLOSE, 0));
    expect_succeeded(CloseHandle(mapping));
    expect_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0), ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(protected_handle_is_not_closed, "mapping.handle.protect");

/* Programs keep marks of their own there; the pages say nothing of them for mappings. */
START_TEST(low_bits_of_the_value)
{
    UINT_PTR bits = 0;
    for (int i = 0; i < 64; i++)
        bits |= (UINT_PTR)page_file_mapping(PAGE_READWRITE, 1);

    record("two low bits", "%s", bits & 3 ? "used" : "clear");
}
END_TEST
COVERS(low_bits_of_the_value, "mapping.handle.low_bits");

/* ---- CompareObjectHandles ------------------------------------------------------------------- */

START_TEST(handles_to_one_object_are_the_same)
{
    optional_api(CompareObjectHandles);
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE mapping = named_mapping(name, page_size()), copy = duplicate(mapping, FILE_MAP_READ);
    HANDLE opened = OpenFileMappingW(READ_CONTROL, FALSE, name);
    require(opened != NULL);

    BOOL same = CompareObjectHandles(mapping, copy);

    expect_succeeded(same);
    expect_succeeded(CompareObjectHandles(opened, copy));
    expect_succeeded(CompareObjectHandles(mapping, mapping));
}
END_TEST
COVERS(handles_to_one_object_are_the_same, "mapping.coherence.same",
       "mapping.coherence.no_access_needed");

START_TEST(handles_to_two_objects_are_different)
{
    optional_api(CompareObjectHandles);
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    HANDLE first = file_mapping(file, PAGE_READWRITE), second = file_mapping(file, PAGE_READWRITE);

    BOOL same = CompareObjectHandles(first, second);

    expect_failed(same, ERROR_NOT_SAME_OBJECT);
    expect_failed(CompareObjectHandles(first, file), ERROR_NOT_SAME_OBJECT);
}
END_TEST
COVERS(handles_to_two_objects_are_different, "mapping.coherence.different");

/* ---- Whose a handle is ---------------------------------------------------------------------- */

PEER(use_foreign_value)
{
    char *view = MapViewOfFile((HANDLE)(UINT_PTR)peer_number(0), FILE_MAP_READ, 0, 0, 0);

    /* The value may happen to be one of this process, but not of that object. */
    expect_true(view == NULL || memcmp(view, "of the parent", 13) != 0);
}

START_TEST(value_means_nothing_in_another_process)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    strcpy(map_view(mapping, READ_WRITE), "of the parent");

    peer_join(peer_start(use_foreign_value, given_number((UINT_PTR)mapping)));
}
END_TEST
COVERS(value_means_nothing_in_another_process, "mapping.namespace.process_specific");

#define MANY 3000

START_TEST(many_handles_to_one_object)
{
    static HANDLE handles[MANY];
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE mapping = named_mapping(name, page_size());

    for (int i = 0; i < MANY; i++)
        handles[i] = OpenFileMappingW(READ_WRITE, FALSE, name);

    for (int i = 0; i < MANY; i++)
        expect_handle(handles[i]);
    expect_true(handles[0] != handles[MANY - 1]);
    expect_same_object(handles[0], mapping);
    expect_same_object(mapping, handles[MANY - 1]);
    for (int i = 0; i < MANY; i++)
        require(CloseHandle(handles[i]));
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
}
END_TEST
COVERS(many_handles_to_one_object, "mapping.namespace.many_handles");
