/* Mappings and CreateProcess: which handles a child inherits, and what it can do with them. */
#include "mapping.h"

#include <stdlib.h>

static HANDLE create(BOOL inherit)
{
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes), .bInheritHandle = inherit};
    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, &attributes, PAGE_READWRITE, 0, page_size(), NULL);
    require(mapping != NULL);
    return mapping;
}

/* CreateProcess of what was prepared. */
static void start(struct peer *child, BOOL inherit)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    require(CreateProcessW(NULL, child->command_line, NULL, NULL, inherit, 0, NULL, NULL, &startup,
                           &child->info));
}

/* Writes 'y' through the mapping whose value is given, if this process has it. */
PEER(write_if_inherited)
{
    for (unsigned i = 0; i < 3; i++) {
        char *view = MapViewOfFile((HANDLE)(UINT_PTR)peer_number(i), READ_WRITE, 0, 0, 0);
        if (view != NULL && view[0] == 'x')
            view[1] = 'y';
    }
}

#define VALUE(mapping) given_number((UINT_PTR)(mapping))

/* A child that is told three values as numbers only, so that it need not have the handles. */
static struct peer *prepare(HANDLE first, HANDLE second, HANDLE third)
{
    return peer_prepare(write_if_inherited, VALUE(first), VALUE(second), VALUE(third));
}

static const struct {
    struct row row;
    BOOL inheritable, inherit, arrives;
} condition_rows[] = {
    {{"inheritable_and_inherit", NULL}, TRUE, TRUE, TRUE},
    {{"inheritable_only", NULL}, TRUE, FALSE, FALSE},
    {{"inherit_only", NULL}, FALSE, TRUE, FALSE},
    {{"neither", NULL}, FALSE, FALSE, FALSE},
};

/* The child writes 'y' behind an 'x': whether it did shows whether it has the mapping. */
static char *marked_view(HANDLE mapping)
{
    char *view = map_view(mapping, READ_WRITE);
    view[0] = 'x';
    return view;
}

/* Nothing but what the test is about may be inheritable, and the harness looks for leaks: a handle
 * that is to be inherited has to be given as one. */
PEER(write_through_given)
{
    char *view = MapViewOfFile(peer_handle(0), READ_WRITE, 0, 0, 0);
    expect_not_null(view);
    expect_number(view[0], 'x');
    view[1] = 'y';
}

START_TEST(both_conditions_are_needed)
{
    HANDLE mapping = create(condition_rows[_i].inheritable);
    char *view = marked_view(mapping);
    struct peer *child = condition_rows[_i].arrives
                             ? peer_prepare(write_through_given, given_handle(mapping))
                             : prepare(mapping, mapping, mapping);
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, condition_rows[_i].inherit,
                                  0, NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    expect_number(view[1], condition_rows[_i].arrives ? 'y' : 0);
}
END_TEST
COVERS_ROWS(both_conditions_are_needed, condition_rows, "mapping.inherit.two_conditions");

START_TEST(cleared_flag_stops_inheritance)
{
    HANDLE mapping = create(TRUE);
    char *view = marked_view(mapping);

    BOOL cleared = SetHandleInformation(mapping, HANDLE_FLAG_INHERIT, 0);

    expect_succeeded(cleared);
    struct peer *child = prepare(mapping, mapping, mapping);
    start(child, TRUE);
    peer_join(child);
    expect_number(view[1], 0);
}
END_TEST
COVERS(cleared_flag_stops_inheritance, "mapping.handle.inherit_off");

PEER(write_through_three)
{
    for (unsigned i = 0; i < 3; i++) {
        char *view = MapViewOfFile(peer_handle(i), READ_WRITE, 0, 0, 0);
        expect_not_null(view);
        expect_number(view[0], 'x');
        view[1] = (char)('1' + i);
    }
}

START_TEST(all_inheritable_handles_are_inherited)
{
    HANDLE first = create(TRUE), second = create(TRUE), third = create(TRUE);
    char *views[] = {marked_view(first), marked_view(second), marked_view(third)};
    struct peer *child = peer_prepare(write_through_three, given_handle(first),
                                      given_handle(second), given_handle(third));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    for (int i = 0; i < 3; i++)
        expect_number(views[i][1], '1' + i);
}
END_TEST
COVERS(all_inheritable_handles_are_inherited, "mapping.inherit.all_inheritable");

START_TEST(listed_handles_alone_are_inherited)
{
    HANDLE listed = create(TRUE), other = create(TRUE);
    char *listed_view = marked_view(listed), *other_view = marked_view(other);
    struct peer *child = peer_prepare(write_if_inherited, VALUE(listed), VALUE(other),
                                      VALUE(listed), given_handle(listed));
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup)};
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(NULL, 1, 0, &size);
    startup.lpAttributeList = malloc(size);
    require(InitializeProcThreadAttributeList(startup.lpAttributeList, 1, 0, &size));
    require(UpdateProcThreadAttribute(startup.lpAttributeList, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST,
                                      &listed, sizeof(listed), NULL, NULL));

    BOOL created =
        CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, EXTENDED_STARTUPINFO_PRESENT,
                       NULL, NULL, &startup.StartupInfo, &child->info);

    expect_succeeded(created);
    peer_join(child);
    expect_number(listed_view[1], 'y');
    expect_number(other_view[1], 0);
}
END_TEST
COVERS(listed_handles_alone_are_inherited, "mapping.inherit.handle_list");

PEER(read_only)
{
    HANDLE mapping = peer_handle(0);
    const char *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);
    expect_not_null(view);
    expect_number(view[0], 'x');
    SetLastError(LAST_ERROR_UNSET);
    expect_null(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0), ERROR_ACCESS_DENIED);
}

START_TEST(access_is_inherited)
{
    HANDLE mapping = create(FALSE), reading;
    marked_view(mapping);
    require(DuplicateHandle(GetCurrentProcess(), mapping, GetCurrentProcess(), &reading,
                            FILE_MAP_READ, TRUE, 0));
    struct peer *child = peer_prepare(read_only, given_handle(reading));

    start(child, TRUE);

    peer_join(child);
}
END_TEST
COVERS(access_is_inherited, "mapping.inherit.access_kept");

PEER(write_when_parent_has_closed)
{
    checkpoint_wait("parent-has-closed");
    char *view = MapViewOfFile(peer_handle(0), READ_WRITE, 0, 0, 0);
    expect_not_null(view);
    expect_number(view[0], 'x');
    HANDLE named = OpenFileMappingW(FILE_MAP_READ, FALSE, peer_text(0));
    expect_handle(named);
}

START_TEST(handle_of_the_child_is_its_own)
{
    const WCHAR *name = unique_name(L"Local\\");
    SECURITY_ATTRIBUTES inheritable = {.nLength = sizeof(inheritable), .bInheritHandle = TRUE};
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, &inheritable, PAGE_READWRITE, 0,
                                        page_size(), name);
    require(mapping != NULL);
    char *view = marked_view(mapping);
    struct peer *child =
        peer_prepare(write_when_parent_has_closed, given_handle(mapping), given_text(name));
    start(child, TRUE);

    unmap_view(view);
    BOOL closed = CloseHandle(mapping);

    expect_succeeded(closed);
    checkpoint_reach("parent-has-closed");
    peer_join(child);
    expect_null(OpenFileMappingW(FILE_MAP_READ, FALSE, name), ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS(handle_of_the_child_is_its_own, "mapping.inherit.snapshot");

PEER(look_at)
{
    const char *address = (const char *)(UINT_PTR)peer_number(0);
    MEMORY_BASIC_INFORMATION region = {0};
    require(VirtualQuery(address, &region, sizeof(region)) == sizeof(region));

    /* Something of this process may be there, but not that view. */
    if (region.State == MEM_COMMIT && region.Type == MEM_MAPPED && region.Protect == PAGE_READWRITE)
        expect_true(memcmp(address, "a view of the parent", 20) != 0);
}

START_TEST(views_are_not_inherited)
{
    HANDLE mapping = create(TRUE);
    char *view = map_view(mapping, READ_WRITE);
    strcpy(view, "a view of the parent");
    struct peer *child = peer_prepare(look_at, given_number((UINT_PTR)view), given_handle(mapping));

    start(child, TRUE);

    peer_join(child);
    expect_text_a(view, "a view of the parent");
}
END_TEST
COVERS(views_are_not_inherited, "mapping.inherit.views_not_inherited");

PEER(pass_it_on)
{
    HANDLE mapping = peer_handle(0);
    DWORD flags;
    require(GetHandleInformation(mapping, &flags));
    record("the inherited handle", "%s",
           flags & HANDLE_FLAG_INHERIT ? "inheritable" : "not inheritable");
    if (!(flags & HANDLE_FLAG_INHERIT))
        return;
    struct peer *grandchild = peer_prepare(write_through_given, given_handle(mapping));
    start(grandchild, TRUE);
    peer_join(grandchild);
}

START_TEST(grandchild)
{
    HANDLE mapping = create(TRUE);
    char *view = marked_view(mapping);
    struct peer *child = peer_prepare(pass_it_on, given_handle(mapping));

    start(child, TRUE);

    peer_join(child);
    record("a grandchild", "%s", view[1] == 'y' ? "inherits it too" : "does not inherit it");
}
END_TEST
COVERS(grandchild, "mapping.inherit.grandchild");
