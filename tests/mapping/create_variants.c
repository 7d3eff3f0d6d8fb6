/* CreateFileMappingFromApp and CreateFileMappingNumaW: files, attributes, names and descriptors,
 * which mean to them what they mean to CreateFileMappingW. */
#include "mapping.h"

#define NO_NODE NUMA_NO_PREFERRED_NODE
#define FOR_ALL (GENERIC_READ | GENERIC_WRITE)

/* ---- Access to the file --------------------------------------------------------------------- */

static const struct lack {
    struct row row;
    DWORD access, protect;
} lacks[] = {
    {{"readonly_without_read", NULL}, GENERIC_WRITE, PAGE_READONLY},
    {{"writecopy_without_read", NULL}, GENERIC_WRITE, PAGE_WRITECOPY},
    {{"readwrite_without_read", NULL}, GENERIC_WRITE, PAGE_READWRITE},
    {{"readwrite_without_write", NULL}, GENERIC_READ, PAGE_READWRITE},
};

START_TEST(app_lacks_access)
{
    optional_api(CreateFileMappingFromApp);
    create_file(scratch_path(L"data"), page_size());
    HANDLE file = open_file(scratch_path(L"data"), lacks[_i].access);

    HANDLE mapping = CreateFileMappingFromApp(file, NULL, lacks[_i].protect, 0, NULL);

    expect_failed_somehow(mapping);
    file = open_file(scratch_path(L"data"), FOR_ALL);
    expect_handle(CreateFileMappingFromApp(file, NULL, lacks[_i].protect, 0, NULL));
}
END_TEST
COVERS_ROWS(app_lacks_access, lacks, "mapping.createfromapp.access_to_the_file");

START_TEST(numa_lacks_access)
{
    create_file(scratch_path(L"data"), page_size());
    HANDLE file = open_file(scratch_path(L"data"), lacks[_i].access);

    HANDLE mapping = CreateFileMappingNumaW(file, NULL, lacks[_i].protect, 0, 0, NULL, NO_NODE);

    expect_failed_somehow(mapping);
    file = open_file(scratch_path(L"data"), FOR_ALL);
    expect_handle(CreateFileMappingNumaW(file, NULL, lacks[_i].protect, 0, 0, NULL, NO_NODE));
}
END_TEST
COVERS_ROWS(numa_lacks_access, lacks, "mapping.create_numa.access_to_the_file");

/* ---- Attributes ----------------------------------------------------------------------------- */

static const struct state {
    struct row row;
    DWORD attributes, state;
} states[] = {
    {{"commit", NULL}, SEC_COMMIT, MEM_COMMIT},
    {{"reserve", NULL}, SEC_RESERVE, MEM_RESERVE},
    {{"nocache_and_commit", NULL}, SEC_NOCACHE | SEC_COMMIT, MEM_COMMIT},
    {{"writecombine_and_reserve", NULL}, SEC_WRITECOMBINE | SEC_RESERVE, MEM_RESERVE},
};

START_TEST(app_pages_are)
{
    optional_api(CreateFileMappingFromApp);
    DWORD protect = PAGE_READWRITE | states[_i].attributes, size = 2 * page_size();

    HANDLE mapping = CreateFileMappingFromApp(INVALID_HANDLE_VALUE, NULL, protect, size, NULL);

    expect_handle(mapping);
    MEMORY_BASIC_INFORMATION region = region_at(map_view(mapping, READ_WRITE));
    expect_flags(region.State, states[_i].state, MEM_NAMES);
    expect_number(region.RegionSize, size);
}
END_TEST
COVERS_ROWS(app_pages_are, states, "mapping.createfromapp.attributes");

START_TEST(numa_pages_are)
{
    DWORD protect = PAGE_READWRITE | states[_i].attributes, size = 2 * page_size();

    HANDLE mapping =
        CreateFileMappingNumaW(INVALID_HANDLE_VALUE, NULL, protect, 0, size, NULL, NO_NODE);

    expect_handle(mapping);
    MEMORY_BASIC_INFORMATION region = region_at(map_view(mapping, READ_WRITE));
    expect_flags(region.State, states[_i].state, MEM_NAMES);
    expect_number(region.RegionSize, size);
}
END_TEST
COVERS_ROWS(numa_pages_are, states, "mapping.create_numa.attributes");

static const struct refusal {
    struct row row;
    DWORD refused, right;
} refusals[] = {
    {{"nocache_alone", NULL}, SEC_NOCACHE, SEC_NOCACHE | SEC_COMMIT},
    {{"writecombine_alone", NULL}, SEC_WRITECOMBINE, SEC_WRITECOMBINE | SEC_COMMIT},
};

START_TEST(app_refuses)
{
    optional_api(CreateFileMappingFromApp);
    DWORD protect = PAGE_READWRITE | refusals[_i].refused;

    HANDLE mapping = CreateFileMappingFromApp(INVALID_HANDLE_VALUE, NULL, protect, 1, NULL);

    expect_failed_somehow(mapping);
    protect = PAGE_READWRITE | refusals[_i].right;
    expect_handle(CreateFileMappingFromApp(INVALID_HANDLE_VALUE, NULL, protect, 1, NULL));
}
END_TEST
COVERS_ROWS(app_refuses, refusals, "mapping.createfromapp.needs_partner");

START_TEST(numa_refuses)
{
    DWORD protect = PAGE_READWRITE | refusals[_i].refused;

    HANDLE mapping =
        CreateFileMappingNumaW(INVALID_HANDLE_VALUE, NULL, protect, 0, 1, NULL, NO_NODE);

    expect_failed_somehow(mapping);
    protect = PAGE_READWRITE | refusals[_i].right;
    expect_handle(CreateFileMappingNumaW(INVALID_HANDLE_VALUE, NULL, protect, 0, 1, NULL, NO_NODE));
}
END_TEST
COVERS_ROWS(numa_refuses, refusals, "mapping.create_numa.needs_partner");

START_TEST(app_does_not_reserve_and_commit)
{
    optional_api(CreateFileMappingFromApp);
    DWORD protect = PAGE_READWRITE | SEC_RESERVE | SEC_COMMIT;

    HANDLE mapping = CreateFileMappingFromApp(INVALID_HANDLE_VALUE, NULL, protect, 1, NULL);

    expect_failed_somehow(mapping);
    protect = PAGE_READWRITE | SEC_RESERVE;
    expect_handle(CreateFileMappingFromApp(INVALID_HANDLE_VALUE, NULL, protect, 1, NULL));
}
END_TEST
COVERS(app_does_not_reserve_and_commit, "mapping.createfromapp.reserve_or_commit");

/* ---- Names ---------------------------------------------------------------------------------- */

static HANDLE semaphore(const WCHAR *name)
{
    return CreateSemaphoreW(NULL, 0, 1, name);
}

static HANDLE mutex(const WCHAR *name)
{
    return CreateMutexW(NULL, FALSE, name);
}

static HANDLE timer(const WCHAR *name)
{
    return CreateWaitableTimerW(NULL, TRUE, name);
}

static HANDLE job(const WCHAR *name)
{
    return CreateJobObjectW(NULL, name);
}

static const struct kind {
    struct row row;
    HANDLE (*create)(const WCHAR *name);
} kinds[] = {
    {{"semaphore", NULL}, semaphore},
    {{"mutex", NULL}, mutex},
    {{"waitable_timer", NULL}, timer},
    {{"job", NULL}, job},
};

START_TEST(app_finds_name_of_another_kind)
{
    optional_api(CreateFileMappingFromApp);
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE other = kinds[_i].create(name);
    require(other != NULL);

    HANDLE mapping = CreateFileMappingFromApp(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 1, name);

    expect_null(mapping, ERROR_INVALID_HANDLE);
    close_handle(&other);
    expect_handle(CreateFileMappingFromApp(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 1, name));
}
END_TEST
COVERS_ROWS(app_finds_name_of_another_kind, kinds, "mapping.createfromapp.name_of_another_kind");

START_TEST(numa_finds_name_of_another_kind)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE other = kinds[_i].create(name);
    require(other != NULL);

    HANDLE mapping =
        CreateFileMappingNumaW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1, name, NO_NODE);

    expect_null(mapping, ERROR_INVALID_HANDLE);
    close_handle(&other);
    expect_handle(
        CreateFileMappingNumaW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1, name, NO_NODE));
}
END_TEST
COVERS_ROWS(numa_finds_name_of_another_kind, kinds, "mapping.create_numa.refuses");

/* ---- Descriptors ---------------------------------------------------------------------------- */

/* One that grants nothing to anybody. */
static SECURITY_ATTRIBUTES *nothing_granted(void)
{
    static SECURITY_DESCRIPTOR descriptor;
    static SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes),
                                             .lpSecurityDescriptor = &descriptor};
    static ACL empty;
    require(InitializeSecurityDescriptor(&descriptor, SECURITY_DESCRIPTOR_REVISION));
    require(InitializeAcl(&empty, sizeof(empty), ACL_REVISION));
    require(SetSecurityDescriptorDacl(&descriptor, TRUE, &empty, FALSE));
    return &attributes;
}

START_TEST(app_object_is_opened_by_nobody)
{
    optional_api(CreateFileMappingFromApp);
    const WCHAR *closed_name = unique_name(L"Local\\"), *open_name = unique_name(L"Local\\");

    HANDLE mapping = CreateFileMappingFromApp(INVALID_HANDLE_VALUE, nothing_granted(),
                                              PAGE_READWRITE, 1, closed_name);

    expect_handle(mapping);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0));
    expect_null(OpenFileMappingW(FILE_MAP_READ, FALSE, closed_name), ERROR_ACCESS_DENIED);
    expect_handle(
        CreateFileMappingFromApp(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 1, open_name));
    expect_handle(OpenFileMappingW(FILE_MAP_READ, FALSE, open_name));
}
END_TEST
COVERS(app_object_is_opened_by_nobody, "mapping.createfromapp.descriptor");

START_TEST(numa_object_is_opened_by_nobody)
{
    const WCHAR *closed_name = unique_name(L"Local\\"), *open_name = unique_name(L"Local\\");

    HANDLE mapping = CreateFileMappingNumaW(INVALID_HANDLE_VALUE, nothing_granted(), PAGE_READWRITE,
                                            0, 1, closed_name, NO_NODE);

    expect_handle(mapping);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0));
    expect_null(OpenFileMappingW(FILE_MAP_READ, FALSE, closed_name), ERROR_ACCESS_DENIED);
    expect_handle(CreateFileMappingNumaW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1,
                                         open_name, NO_NODE));
    expect_handle(OpenFileMappingW(FILE_MAP_READ, FALSE, open_name));
}
END_TEST
COVERS(numa_object_is_opened_by_nobody, "mapping.create_numa.descriptor");

START_TEST(descriptor_counts_when_an_app_opens)
{
    optional_api(OpenFileMappingFromApp);
    const WCHAR *closed_name = unique_name(L"Local\\"), *open_name = unique_name(L"Local\\");
    require(CreateFileMappingW(INVALID_HANDLE_VALUE, nothing_granted(), PAGE_READWRITE, 0, 1,
                               closed_name) != NULL);
    named_mapping(open_name, 1);

    HANDLE mapping = OpenFileMappingFromApp(FILE_MAP_READ, FALSE, closed_name);

    expect_null(mapping, ERROR_ACCESS_DENIED);
    expect_handle(OpenFileMappingFromApp(FILE_MAP_READ, FALSE, open_name));
}
END_TEST
COVERS(descriptor_counts_when_an_app_opens, "mapping.openfromapp.descriptor");

START_TEST(app_knows_the_prefix_of_the_session)
{
    optional_api(CreateFileMappingFromApp);
    const WCHAR *name = unique_name(L"Local\\");

    HANDLE mapping = CreateFileMappingFromApp(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 1, name);

    expect_handle(mapping);
    HANDLE same = OpenFileMappingW(FILE_MAP_READ, FALSE, wcschr(name, L'\\') + 1);
    expect_handle(same);
    *(char *)map_view(mapping, READ_WRITE) = 'x';
    expect_number(*(char *)map_view(same, FILE_MAP_READ), 'x');
}
END_TEST
COVERS(app_knows_the_prefix_of_the_session, "mapping.createfromapp.local_prefix");

START_TEST(app_refuses_a_backslash)
{
    optional_api(CreateFileMappingFromApp);
    WCHAR name[MAX_PATH];
    wcscpy(name, unique_name(L"Local\\"));
    wcscat(name, L"\\more");

    HANDLE mapping = CreateFileMappingFromApp(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 1, name);

    expect_failed_somehow(mapping);
    *wcsrchr(name, L'\\') = L'/';
    expect_handle(CreateFileMappingFromApp(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 1, name));
}
END_TEST
COVERS(app_refuses_a_backslash, "mapping.createfromapp.backslash");
