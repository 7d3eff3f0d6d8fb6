/* SetSecurityInfo on an anonymous pipe, whose handles give the right to read its list only. */
#include "pipe.h"

#include <aclapi.h>

static DWORD descriptor_of(HANDLE end, char *descriptor, DWORD size)
{
    DWORD needed = 0;
    require(GetKernelObjectSecurity(end, DACL_SECURITY_INFORMATION, descriptor, size, &needed));
    return needed;
}

static const struct end {
    struct row row;
    bool read;
} ends[] = {
    {{"read", NULL}, true},
    {{"write", NULL}, false},
};

START_TEST(list_stays_with_the_end_to)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE end = ends[_i].read ? pipe.read : pipe.write;
    char before[0x1000], after[0x1000];
    DWORD size = descriptor_of(end, before, sizeof(before));
    ACL nobody;
    require(InitializeAcl(&nobody, sizeof(nobody), ACL_REVISION));

    DWORD error = SetSecurityInfo(end, SE_KERNEL_OBJECT, DACL_SECURITY_INFORMATION, NULL, NULL,
                                  &nobody, NULL);

    expect_error(error, ERROR_ACCESS_DENIED);
    expect_number(descriptor_of(end, after, sizeof(after)), size);
    expect_bytes(after, before, size);
    expect_written(pipe.write, "goes on");
    expect_arrives(pipe.read, "goes on");
}
END_TEST
COVERS_ROWS(list_stays_with_the_end_to, ends, "pipe.security.setsecurityinfo");
