/* Who may have a handle to a file mapping: security attributes, descriptors, and access rights. */
#include "mapping.h"

#include <aclapi.h>
#include <sddl.h>

/* Attributes with this descriptor (SDDL), or with the default one (NULL). */
static SECURITY_ATTRIBUTES attributes_of(const WCHAR *sddl)
{
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes)};
    if (sddl != NULL)
        require(ConvertStringSecurityDescriptorToSecurityDescriptorW(
            sddl, SDDL_REVISION_1, &attributes.lpSecurityDescriptor, NULL));
    return attributes;
}

#define NOBODY L"D:"                       /* an empty list: nobody may do anything */
#define EVERYBODY_READS L"D:(A;;0x4;;;WD)" /* FILE_MAP_READ for everybody */

static HANDLE create(const WCHAR *sddl, const WCHAR *name)
{
    SECURITY_ATTRIBUTES attributes = attributes_of(sddl);
    return CreateFileMappingW(INVALID_HANDLE_VALUE, &attributes, PAGE_READWRITE, 0, page_size(),
                              name);
}

/* The access control list of an object, NULL for none, in a buffer that lives as long as the
 * process. */
static ACL *list_of(HANDLE mapping)
{
    static char buffer[4][0x400];
    static int next;
    DWORD needed;
    BOOL present, defaulted;
    ACL *list;
    char *descriptor = buffer[next++ % 4];
    require(GetKernelObjectSecurity(mapping, DACL_SECURITY_INFORMATION, descriptor,
                                    sizeof(buffer[0]), &needed));
    require(GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted));
    return present ? list : NULL;
}

/* ---- The handle that CreateFileMapping returns ---------------------------------------------- */

START_TEST(creator_has_full_access)
{
    const WCHAR *name = unique_name(L"Local\\");

    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), name);

    expect_handle(mapping);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0));
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_COPY, 0, 0, 0));
    char descriptor[0x400];
    DWORD needed;
    expect_succeeded(GetKernelObjectSecurity(mapping, DACL_SECURITY_INFORMATION, descriptor,
                                             sizeof(descriptor), &needed));
    SECURITY_ATTRIBUTES reading = attributes_of(EVERYBODY_READS);
    expect_succeeded(
        SetKernelObjectSecurity(mapping, DACL_SECURITY_INFORMATION, reading.lpSecurityDescriptor));
}
END_TEST
COVERS(creator_has_full_access, "mapping.create.create.full_access");

START_TEST(creator_has_full_access_that_nobody_else_has)
{
    const WCHAR *name = unique_name(L"Local\\");

    HANDLE mapping = create(NOBODY, name);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(mapping);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0));
    expect_null(OpenFileMappingW(FILE_MAP_READ, FALSE, name), ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(creator_has_full_access_that_nobody_else_has,
       "mapping.create.create.full_access_despite_dacl");

static const struct {
    struct row row;
    BOOL given, inherit;
    DWORD flags;
} inherit_rows[] = {
    {{"true", "mapping.create.sa.inherit_true"}, TRUE, TRUE, HANDLE_FLAG_INHERIT},
    {{"false", "mapping.create.sa.inherit_false"}, TRUE, FALSE, 0},
    {{"no_attributes", "mapping.create.sa.inherit_false"}, FALSE, FALSE, 0},
};

START_TEST(attributes_decide_on_inheritance)
{
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes),
                                      .bInheritHandle = inherit_rows[_i].inherit};
    SECURITY_ATTRIBUTES *given = inherit_rows[_i].given ? &attributes : NULL;

    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, given, PAGE_READWRITE, 0, 1, NULL);

    expect_handle(mapping);
    DWORD flags = 99;
    expect_succeeded(GetHandleInformation(mapping, &flags));
    expect_flags(flags, inherit_rows[_i].flags, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS_ROWS(attributes_decide_on_inheritance, inherit_rows, "mapping.handle.default");

/* ---- Descriptors ---------------------------------------------------------------------------- */

static const struct {
    struct row row;
    BOOL given;
} default_rows[] = {
    {{"no_attributes", "mapping.create.sa.default_dacl_source"}, FALSE},
    {{"no_descriptor", "mapping.create.sa.null_sd_default"}, TRUE},
};

START_TEST(default_descriptor_comes_from_the_token)
{
    HANDLE token;
    char buffer[0x400];
    DWORD got;
    SECURITY_ATTRIBUTES attributes = attributes_of(NULL);
    require(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token));
    require(GetTokenInformation(token, TokenDefaultDacl, buffer, sizeof(buffer), &got));
    ACL *expected = ((TOKEN_DEFAULT_DACL *)buffer)->DefaultDacl;
    require(expected != NULL);

    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, default_rows[_i].given ? &attributes : NULL,
                           PAGE_READWRITE, 0, 1, unique_name(L"Local\\"));

    expect_handle(mapping);
    ACL *list = list_of(mapping);
    expect_not_null(list);
    expect_number(list->AceCount, expected->AceCount);
    for (DWORD i = 0; i < expected->AceCount; i++) {
        ACCESS_ALLOWED_ACE *ace, *of_token;
        require(GetAce(list, i, (void **)&ace) && GetAce(expected, i, (void **)&of_token));
        expect_number(ace->Header.AceType, of_token->Header.AceType);
        expect_true(EqualSid(&ace->SidStart, &of_token->SidStart));
    }
}
END_TEST
COVERS_ROWS(default_descriptor_comes_from_the_token, default_rows);

START_TEST(null_list_lets_everybody_in)
{
    const WCHAR *name = unique_name(L"Local\\");
    SECURITY_DESCRIPTOR open;
    require(InitializeSecurityDescriptor(&open, SECURITY_DESCRIPTOR_REVISION));
    require(SetSecurityDescriptorDacl(&open, TRUE, NULL, FALSE));
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes), .lpSecurityDescriptor = &open};

    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, &attributes, PAGE_READWRITE, 0, 1, name);

    expect_handle(mapping);
    char descriptor[0x400];
    DWORD needed;
    BOOL present = FALSE, defaulted;
    ACL *list = (ACL *)descriptor;
    expect_succeeded(GetKernelObjectSecurity(mapping, DACL_SECURITY_INFORMATION, descriptor,
                                             sizeof(descriptor), &needed));
    require(GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted));
    expect_true(present);
    expect_true(list == NULL);
    expect_handle(OpenFileMappingW(FILE_MAP_ALL_ACCESS, FALSE, name));
}
END_TEST
COVERS(null_list_lets_everybody_in, "mapping.create.sd.null_dacl");

static const struct {
    struct row row;
    DWORD access;
} denied_rows[] = {
    {{"write", NULL}, FILE_MAP_WRITE},
    {{"read_and_write", NULL}, READ_WRITE},
    {{"all_access", NULL}, FILE_MAP_ALL_ACCESS},
};

START_TEST(descriptor_denies_what_it_does_not_grant)
{
    const WCHAR *name = unique_name(L"Local\\");
    require(create(EVERYBODY_READS, name) != NULL);

    HANDLE mapping = OpenFileMappingW(denied_rows[_i].access, FALSE, name);

    expect_null(mapping, ERROR_ACCESS_DENIED);

    /* What it grants can be had. */
    mapping = OpenFileMappingW(FILE_MAP_READ, FALSE, name);
    expect_handle(mapping);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
}
END_TEST
COVERS_ROWS(descriptor_denies_what_it_does_not_grant, denied_rows, "mapping.create.sd.denies_open");

static const struct {
    struct row row;
    const WCHAR *sddl;
    DWORD protect;
} exists_rows[] = {
    {{"nothing_granted", NULL}, NOBODY, PAGE_READONLY},
    {{"reading_granted", NULL}, EVERYBODY_READS, PAGE_READWRITE},
};

START_TEST(descriptor_of_an_existing_object_denies)
{
    const WCHAR *name = unique_name(L"Local\\");
    require(create(exists_rows[_i].sddl, name) != NULL);

    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, exists_rows[_i].protect, 0, 1, name);

    expect_null(mapping, ERROR_ACCESS_DENIED);
}
END_TEST
COVERS_ROWS(descriptor_of_an_existing_object_denies, exists_rows,
            "mapping.create.name.exists_sd_denies");

START_TEST(descriptor_is_ignored_for_an_existing_object)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE first = create(L"D:(A;;GA;;;WD)(A;;GR;;;SY)", name);
    require(first != NULL);

    HANDLE mapping = create(NOBODY, name);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(mapping);
    expect_not_null(list_of(first));
    expect_number(list_of(first)->AceCount, 2);
    expect_handle(OpenFileMappingW(READ_WRITE, FALSE, name));
}
END_TEST
COVERS(descriptor_is_ignored_for_an_existing_object, "mapping.create.name.exists_sa_sd_ignored");

START_TEST(descriptor_of_an_object_without_a_name)
{
    HANDLE mapping = create(NOBODY, NULL), reading, writing;
    require(mapping != NULL);
    require(DuplicateHandle(GetCurrentProcess(), mapping, GetCurrentProcess(), &reading,
                            FILE_MAP_READ, FALSE, 0));

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), reading, GetCurrentProcess(), &writing,
                                      FILE_MAP_WRITE, FALSE, 0);

    record("more access than the descriptor grants", "%s", duplicated ? "granted" : "denied");
}
END_TEST
COVERS(descriptor_of_an_object_without_a_name, "mapping.create.sd.unnamed_ignored");

/* ---- Asking for and changing the descriptor ------------------------------------------------- */

START_TEST(descriptor_is_found_by_name)
{
    const WCHAR *name = unique_name(L"Local\\");
    require(create(L"D:(A;;0x4;;;WD)(A;;0x20000;;;WD)(A;;0x2;;;SY)", name) != NULL);
    ACL *list = NULL;
    SECURITY_DESCRIPTOR *descriptor = NULL;

    DWORD error = GetNamedSecurityInfoW((WCHAR *)name, SE_KERNEL_OBJECT, DACL_SECURITY_INFORMATION,
                                        NULL, NULL, &list, NULL, (void **)&descriptor);

    expect_error(error, ERROR_SUCCESS);
    expect_not_null(list);
    expect_number(list->AceCount, 3);
}
END_TEST
COVERS(descriptor_is_found_by_name, "mapping.create.sd.query_by_name");

START_TEST(descriptor_is_as_given)
{
    HANDLE mapping = create(L"D:(A;;0x4;;;WD)(A;;0x2;;;SY)", unique_name(L"Local\\"));
    ACL *list = NULL;
    SECURITY_DESCRIPTOR *descriptor = NULL;
    require(mapping != NULL);

    DWORD error = GetSecurityInfo(mapping, SE_KERNEL_OBJECT, DACL_SECURITY_INFORMATION, NULL, NULL,
                                  &list, NULL, (void **)&descriptor);

    expect_error(error, ERROR_SUCCESS);
    expect_number(list->AceCount, 2);
    ACCESS_ALLOWED_ACE *first, *second;
    require(GetAce(list, 0, (void **)&first) && GetAce(list, 1, (void **)&second));
    expect_flags(first->Mask, FILE_MAP_READ, FILE_MAP_NAMES);
    expect_flags(second->Mask, FILE_MAP_WRITE, FILE_MAP_NAMES);
}
END_TEST
COVERS(descriptor_is_as_given, "mapping.create.sd.as_given");

START_TEST(new_descriptor_counts_for_new_handles)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE mapping = named_mapping(name, page_size());
    SECURITY_ATTRIBUTES nobody = attributes_of(NOBODY);
    BOOL present, defaulted;
    ACL *list;
    require(GetSecurityDescriptorDacl(nobody.lpSecurityDescriptor, &present, &list, &defaulted));
    require(OpenFileMappingW(FILE_MAP_READ, FALSE, name) != NULL);

    DWORD error = SetSecurityInfo(mapping, SE_KERNEL_OBJECT, DACL_SECURITY_INFORMATION, NULL, NULL,
                                  list, NULL);

    expect_error(error, ERROR_SUCCESS);
    expect_null(OpenFileMappingW(FILE_MAP_READ, FALSE, name), ERROR_ACCESS_DENIED);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0));
}
END_TEST
COVERS(new_descriptor_counts_for_new_handles, "mapping.create.sd.set");

static const struct {
    struct row row;
    DWORD right;
} right_rows[] = {
    {{"delete", NULL}, DELETE},
    {{"read_control", NULL}, READ_CONTROL},
    {{"write_dac", NULL}, WRITE_DAC},
    {{"write_owner", NULL}, WRITE_OWNER},
};

START_TEST(standard_right)
{
    const WCHAR *name = unique_name(L"Local\\");
    named_mapping(name, page_size());
    DWORD right = right_rows[_i].right;

    HANDLE mapping = OpenFileMappingW(right, FALSE, name);

    expect_handle(mapping);
    expect_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0), ERROR_ACCESS_DENIED);
    char descriptor[0x400];
    DWORD needed;
    BOOL reads = GetKernelObjectSecurity(mapping, DACL_SECURITY_INFORMATION, descriptor,
                                         sizeof(descriptor), &needed);
    expect_number(reads, right == READ_CONTROL);
    SECURITY_ATTRIBUTES nobody = attributes_of(NOBODY);
    BOOL writes =
        SetKernelObjectSecurity(mapping, DACL_SECURITY_INFORMATION, nobody.lpSecurityDescriptor);
    expect_number(writes, right == WRITE_DAC);
}
END_TEST
COVERS_ROWS(standard_right, right_rows, "mapping.create.sd.std_rights");

START_TEST(mapping_cannot_be_waited_for)
{
    HANDLE mapping = named_mapping(unique_name(L"Local\\"), page_size());

    DWORD result = WaitForSingleObject(mapping, 0);

    DWORD error = GetLastError();
    char text[80];
    expect_number(result, WAIT_FAILED);
    record("last error", "%s", error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(mapping_cannot_be_waited_for, "mapping.create.sd.no_synchronize");

START_TEST(privilege_to_create_global_objects)
{
    HANDLE token = NULL;
    LUID wanted;
    TOKEN_ELEVATION elevation;
    union {
        TOKEN_PRIVILEGES list;
        char room[0x800];
    } held;
    DWORD size = 0;
    const char *state = "not held";
    require(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token));
    require(LookupPrivilegeValueW(NULL, L"SeCreateGlobalPrivilege", &wanted));
    require(GetTokenInformation(token, TokenElevation, &elevation, sizeof(elevation), &size));

    BOOL got = GetTokenInformation(token, TokenPrivileges, &held, sizeof(held), &size);

    expect_succeeded(got);
    for (DWORD i = 0; i < held.list.PrivilegeCount; i++)
        if (!memcmp(&held.list.Privileges[i].Luid, &wanted, sizeof(wanted)))
            state =
                held.list.Privileges[i].Attributes & SE_PRIVILEGE_ENABLED ? "enabled" : "disabled";
    record("SeCreateGlobalPrivilege", "%s, of %s token", state,
           elevation.TokenIsElevated ? "an elevated" : "a plain");
}
END_TEST
COVERS(privilege_to_create_global_objects, "mapping.privilege.create_global_default");
