/* Security descriptors of file mappings: from the token of a thread that impersonates, and set by
 * name. */
#include "mapping.h"

#include <aclapi.h>
#include <sddl.h>

/* The access control list that a text in SDDL means. */
static ACL *list_of(const WCHAR *sddl)
{
    SECURITY_DESCRIPTOR *descriptor;
    BOOL present, defaulted;
    ACL *list;
    require(ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, SDDL_REVISION_1,
                                                                 (void **)&descriptor, NULL));
    require(GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted) && present);
    return list;
}

#define NOBODY L"D:"
#define EVERYBODY_READS L"D:(A;;0x4;;;WD)"     /* FILE_MAP_READ for everybody */
#define EVERYBODY_LOOKS L"D:(A;;0x20004;;;WD)" /* and READ_CONTROL */

/* ---- The default descriptor ----------------------------------------------------------------- */

/* From now on this thread has a token of its own, with that default list. */
static void impersonate(const WCHAR *sddl)
{
    HANDLE token;
    TOKEN_DEFAULT_DACL list = {list_of(sddl)};
    require(ImpersonateSelf(SecurityImpersonation));
    require(OpenThreadToken(GetCurrentThread(), TOKEN_ADJUST_DEFAULT, TRUE, &token));
    require(SetTokenInformation(token, TokenDefaultDacl, &list, sizeof(list)));
    close_handle(&token);
}

START_TEST(thread_that_impersonates_gives_the_default)
{
    const WCHAR *name = unique_name(L"Local\\"), *other = unique_name(L"Local\\");
    impersonate(EVERYBODY_LOOKS);

    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), name);

    expect_handle(mapping);
    require(RevertToSelf());
    expect_null(OpenFileMappingW(FILE_MAP_WRITE, FALSE, name), ERROR_ACCESS_DENIED);
    expect_handle(OpenFileMappingW(FILE_MAP_READ, FALSE, name));

    /* Without a token of the thread's own it is the one of the process. */
    named_mapping(other, page_size());
    expect_handle(OpenFileMappingW(FILE_MAP_WRITE, FALSE, other));
}
END_TEST
COVERS(thread_that_impersonates_gives_the_default, "mapping.create.sa.impersonation");

/* ---- SetNamedSecurityInfo ------------------------------------------------------------------- */

static const struct {
    struct row row;
    const WCHAR *sddl;
    DWORD denied, granted; /* granted: or none */
} set_rows[] = {
    {{"nobody", NULL}, NOBODY, FILE_MAP_READ, 0},
    {{"everybody_reads", NULL}, EVERYBODY_READS, FILE_MAP_WRITE, FILE_MAP_READ},
};

START_TEST(descriptor_is_set_by_name)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE mapping = named_mapping(name, page_size());
    require(OpenFileMappingW(READ_WRITE, FALSE, name) != NULL);

    DWORD error = SetNamedSecurityInfoW((WCHAR *)name, SE_KERNEL_OBJECT, DACL_SECURITY_INFORMATION,
                                        NULL, NULL, list_of(set_rows[_i].sddl), NULL);

    expect_error(error, ERROR_SUCCESS);
    expect_null(OpenFileMappingW(set_rows[_i].denied, FALSE, name), ERROR_ACCESS_DENIED);
    if (set_rows[_i].granted)
        expect_handle(OpenFileMappingW(set_rows[_i].granted, FALSE, name));
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0));
}
END_TEST
COVERS_ROWS(descriptor_is_set_by_name, set_rows, "mapping.create.sd.set_by_name");

START_TEST(descriptor_of_an_unknown_name)
{
    const WCHAR *name = unique_name(L"Local\\");

    DWORD error = SetNamedSecurityInfoW((WCHAR *)name, SE_KERNEL_OBJECT, DACL_SECURITY_INFORMATION,
                                        NULL, NULL, list_of(EVERYBODY_READS), NULL);

    expect_true(error != ERROR_SUCCESS);
    expect_null(OpenFileMappingW(FILE_MAP_READ, FALSE, name), ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS(descriptor_of_an_unknown_name, "mapping.create.sd.set_by_name");
