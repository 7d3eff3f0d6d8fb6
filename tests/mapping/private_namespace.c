/* Objects in private name spaces: who finds them, and what is left when the name space is closed.
 */
#include "mapping.h"

/* A boundary that everybody is within, by whatever name. */
static HANDLE boundary(const WCHAR *name)
{
    optional_api(CreateBoundaryDescriptorW);
    optional_api(AddSIDToBoundaryDescriptor);
    SID_IDENTIFIER_AUTHORITY world = SECURITY_WORLD_SID_AUTHORITY;
    PSID everybody = NULL;
    require(
        AllocateAndInitializeSid(&world, 1, SECURITY_WORLD_RID, 0, 0, 0, 0, 0, 0, 0, &everybody));
    HANDLE descriptor = CreateBoundaryDescriptorW(name, 0);
    expect_handle(descriptor);
    expect_succeeded(AddSIDToBoundaryDescriptor(&descriptor, everybody));
    return descriptor;
}

static HANDLE create_space(const WCHAR *bounds, const WCHAR *prefix)
{
    optional_api(CreatePrivateNamespaceW);
    HANDLE space = CreatePrivateNamespaceW(NULL, boundary(bounds), prefix);
    expect_handle(space);
    return space;
}

/* The name of an object in the name space: called like it, so that it is nobody else's. */
static const WCHAR *inside(const WCHAR *prefix)
{
    static WCHAR name[200];
    wcscpy(name, prefix);
    wcscat(name, L"\\");
    wcscat(name, prefix);
    return name;
}

START_TEST(object_is_found_by_its_prefix_only)
{
    const WCHAR *prefix = unique_name(L"");
    create_space(unique_name(L""), prefix);

    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 100, inside(prefix));

    expect_handle(mapping);
    expect_handle(OpenFileMappingW(FILE_MAP_READ, FALSE, inside(prefix)));
    expect_null(OpenFileMappingW(FILE_MAP_READ, FALSE, prefix), ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS(object_is_found_by_its_prefix_only, "mapping.private_namespace.create");

PEER(find_it_behind_another_prefix)
{
    optional_api(OpenPrivateNamespaceW);
    expect_failed_somehow(OpenFileMappingW(FILE_MAP_READ, FALSE, inside(peer_text(1))));

    HANDLE space = OpenPrivateNamespaceW(boundary(peer_text(0)), peer_text(1));

    expect_handle(space);
    HANDLE mapping = OpenFileMappingW(FILE_MAP_READ, FALSE, inside(peer_text(1)));
    expect_handle(mapping);
    expect_bytes(map_view(mapping, FILE_MAP_READ), "in private", 10);
}

START_TEST(another_process_opens_the_name_space)
{
    const WCHAR *bounds = unique_name(L""), *prefix = unique_name(L"");
    create_space(bounds, prefix);
    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 100, inside(prefix));
    expect_handle(mapping);
    memcpy(map_view(mapping, READ_WRITE), "in private", 10);

    peer_join(peer_start(find_it_behind_another_prefix, given_text(bounds), given_text(prefix)));
}
END_TEST
COVERS(another_process_opens_the_name_space, "mapping.private_namespace.open");

PEER(create_the_same_object)
{
    create_space(peer_text(0), peer_text(1));
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 100,
                                        inside(peer_text(1)));
    expect_last_error(ERROR_SUCCESS);
    expect_handle(mapping);
}

START_TEST(same_prefix_with_another_boundary)
{
    const WCHAR *prefix = unique_name(L"");
    create_space(unique_name(L""), prefix);
    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 100, inside(prefix));
    expect_handle(mapping);

    peer_join(peer_start(create_the_same_object, given_text(unique_name(L"")), given_text(prefix)));
}
END_TEST
COVERS(same_prefix_with_another_boundary, "mapping.private_namespace.boundary");

PEER(do_not_find_the_name_space)
{
    optional_api(OpenPrivateNamespaceW);

    HANDLE space = OpenPrivateNamespaceW(boundary(peer_text(0)), peer_text(1));

    expect_failed_somehow(space);
}

START_TEST(closed_name_space)
{
    optional_api(ClosePrivateNamespace);
    const WCHAR *bounds = unique_name(L""), *prefix = unique_name(L"");
    HANDLE space = create_space(bounds, prefix);
    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 100, inside(prefix));
    expect_handle(mapping);

    BOOLEAN closed = ClosePrivateNamespace(space, 0);

    expect_succeeded(closed);
    peer_join(peer_start(do_not_find_the_name_space, given_text(bounds), given_text(prefix)));
    expect_not_null(MapViewOfFile(mapping, READ_WRITE, 0, 0, 0));
}
END_TEST
COVERS(closed_name_space, "mapping.private_namespace.close");
