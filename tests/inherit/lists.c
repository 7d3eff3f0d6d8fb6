/* Attribute lists: how large one is, how many attributes it takes, the size of each attribute, and
 * what a list of many handles passes on. */
#include "inherit.h"

/* The size that a list of so many attributes needs. */
static SIZE_T size_for(DWORD count)
{
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(NULL, count, 0, &size);
    require(size > 0);
    return size;
}

static LPPROC_THREAD_ATTRIBUTE_LIST list_for(DWORD count)
{
    SIZE_T size = size_for(count);
    LPPROC_THREAD_ATTRIBUTE_LIST list = malloc(size);
    require(InitializeProcThreadAttributeList(list, count, 0, &size));
    return list;
}

/* ---- The buffer ---- */

static const struct room {
    struct row row;
    DWORD count;
} rooms[] = {
    {{"one", NULL}, 1},
    {{"two", NULL}, 2},
    {{"three", NULL}, 3},
};

START_TEST(size_asked_for_is_enough_for)
{
    SIZE_T needed = size_for(rooms[_i].count), size = needed;
    char *buffer = malloc(needed + 16);
    memset(buffer + needed, 0xEE, 16);

    BOOL made = InitializeProcThreadAttributeList((LPPROC_THREAD_ATTRIBUTE_LIST)buffer,
                                                  rooms[_i].count, 0, &size);

    expect_succeeded(made);
    expect_number(size, needed);
    expect_filled(buffer + needed, 0xEE, 16);
}
END_TEST
COVERS_ROWS(size_asked_for_is_enough_for, rooms, "inherit.attribute.init.size_enough");

START_TEST(larger_buffer_is_told_the_size_of_the_list)
{
    SIZE_T needed = size_for(2), size = needed + 100;
    LPPROC_THREAD_ATTRIBUTE_LIST list = malloc(size);

    BOOL made = InitializeProcThreadAttributeList(list, 2, 0, &size);

    expect_succeeded(made);
    expect_number(size, needed);
}
END_TEST
COVERS(larger_buffer_is_told_the_size_of_the_list, "inherit.attribute.init.size_told");

START_TEST(buffer_that_is_too_small)
{
    SIZE_T needed = size_for(2), size = needed - 1;
    LPPROC_THREAD_ATTRIBUTE_LIST list = malloc(needed);

    BOOL made = InitializeProcThreadAttributeList(list, 2, 0, &size);

    expect_failed_somehow(made);
    size = needed;
    expect_succeeded(InitializeProcThreadAttributeList(list, 2, 0, &size));
}
END_TEST
COVERS(buffer_that_is_too_small, "inherit.attribute.init.too_small");

/* ---- Attributes ---- */

START_TEST(list_of_two_takes_two)
{
    LPPROC_THREAD_ATTRIBUTE_LIST list = list_for(2);
    HANDLE event = event_create(TRUE), parent = event;
    require(UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, &event,
                                      sizeof(event), NULL, NULL));

    BOOL updated = UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_PARENT_PROCESS, &parent,
                                             sizeof(parent), NULL, NULL);

    expect_succeeded(updated);
}
END_TEST
COVERS(list_of_two_takes_two, "inherit.attribute.init.count");

START_TEST(list_of_one_and_a_second_attribute)
{
    LPPROC_THREAD_ATTRIBUTE_LIST list = list_for(1);
    HANDLE event = event_create(TRUE), parent = event;
    require(UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, &event,
                                      sizeof(event), NULL, NULL));

    BOOL updated = UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_PARENT_PROCESS, &parent,
                                             sizeof(parent), NULL, NULL);

    DWORD error = GetLastError();
    char text[80];
    record("a second attribute for a list of one", "%s",
           updated ? "TRUE" : error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(list_of_one_and_a_second_attribute, "inherit.attribute.init.count_exceeded");

static const struct size {
    struct row row;
    SIZE_T size;
} sizes[] = {
    {{"half_a_handle", NULL}, sizeof(HANDLE) / 2},
    {{"two_handles", NULL}, sizeof(HANDLE) * 2},
};

START_TEST(parent_is_one_handle_and_not)
{
    LPPROC_THREAD_ATTRIBUTE_LIST list = list_for(1);
    HANDLE parents[2] = {event_create(FALSE), event_create(FALSE)};

    BOOL updated = UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_PARENT_PROCESS, parents,
                                             sizes[_i].size, NULL, NULL);

    expect_failed(updated, ERROR_BAD_LENGTH);
    expect_succeeded(UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_PARENT_PROCESS,
                                               parents, sizeof(HANDLE), NULL, NULL));
}
END_TEST
COVERS_ROWS(parent_is_one_handle_and_not, sizes, "inherit.attribute.parent_size");

static const struct value {
    struct row row;
    DWORD_PTR attribute;
    SIZE_T size;
} values[] = {
    {{"ideal_processor", "inherit.attribute.takes.ideal_processor"},
     PROC_THREAD_ATTRIBUTE_IDEAL_PROCESSOR,
     sizeof(PROCESSOR_NUMBER)},
    {{"group_affinity", "inherit.attribute.takes.group_affinity"},
     PROC_THREAD_ATTRIBUTE_GROUP_AFFINITY,
     sizeof(GROUP_AFFINITY)},
    {{"mitigation_policy_of_32_bits", "inherit.attribute.takes.mitigation_policy"},
     PROC_THREAD_ATTRIBUTE_MITIGATION_POLICY,
     sizeof(DWORD)},
    {{"mitigation_policy_of_64_bits", "inherit.attribute.takes.mitigation_policy"},
     PROC_THREAD_ATTRIBUTE_MITIGATION_POLICY,
     sizeof(DWORD64)},
    {{"mitigation_policy_of_128_bits", "inherit.attribute.takes.mitigation_policy_2"},
     PROC_THREAD_ATTRIBUTE_MITIGATION_POLICY,
     2 * sizeof(DWORD64)},
};

START_TEST(list_takes)
{
    static GROUP_AFFINITY zeros[2];
    LPPROC_THREAD_ATTRIBUTE_LIST list = list_for(1);

    BOOL updated = UpdateProcThreadAttribute(list, 0, values[_i].attribute, zeros, values[_i].size,
                                             NULL, NULL);

    expect_succeeded(updated);
}
END_TEST
COVERS_ROWS(list_takes, values);

/* ---- What a child has of its handles ---- */

#define MANY 100

/* Sets the events, which it has been told of in a file mapping: one that it inherits as well. */
PEER(set_every_event)
{
    HANDLE *events = MapViewOfFile(peer_handle(0), FILE_MAP_READ, 0, 0, 0);
    require(events != NULL);
    for (int i = 0; i < MANY; i++)
        expect_succeeded(SetEvent(events[i]));
}

START_TEST(each_of_many_is_passed_on)
{
    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, MANY * sizeof(HANDLE), 0);
    require(mapping != NULL);
    HANDLE *told = MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0), listed[MANY + 1];
    require(told != NULL);
    struct given given[MANY + 2] = {given_handle(inheritable(mapping))};
    listed[0] = mapping;
    for (int i = 0; i < MANY; i++) {
        listed[i + 1] = told[i] = event_create(TRUE);
        given[i + 1] = given_handle(told[i]);
    }
    given[MANY + 1] = (struct given){.kind = GIVEN_END};
    struct peer *child = peer_prepare_with(set_every_event, given);
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup),
                              .lpAttributeList = handle_list(listed, MANY + 1)};

    BOOL created =
        CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, EXTENDED_STARTUPINFO_PRESENT,
                       NULL, NULL, &startup.StartupInfo, &child->info);

    expect_succeeded(created);
    peer_join(child);
    for (int i = 0; i < MANY; i++)
        expect_signaled(told[i]);
}
END_TEST
COVERS(each_of_many_is_passed_on, "inherit.attribute.hlist.many");

static const struct way {
    struct row row;
    bool listed;
} ways[] = {
    {{"by_a_list", "inherit.attribute.hlist.stays_inheritable"}, true},
    {{"without_a_list", "inherit.stays_inheritable"}, false},
};

PEER(look_at_its_flags)
{
    expect_flags(flags_of(peer_handle(0)), HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
}

START_TEST(inherited_handle_is_inheritable)
{
    HANDLE event = event_create(TRUE);
    struct peer *child = peer_prepare(look_at_its_flags, given_handle(event));
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup),
                              .lpAttributeList = handle_list(&event, 1)};
    if (!ways[_i].listed)
        startup.StartupInfo.cb = sizeof(startup.StartupInfo);

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE,
                                  ways[_i].listed ? EXTENDED_STARTUPINFO_PRESENT : 0, NULL, NULL,
                                  &startup.StartupInfo, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS_ROWS(inherited_handle_is_inheritable, ways);
