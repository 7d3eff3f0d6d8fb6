/* The handles of an anonymous pipe: access, waiting, descriptor, and what a closed one is good for.
 */
#include "pipe.h"

static const struct right {
    struct row row;
    DWORD access;
    bool read_end, granted;
} rights[] = {
    {{"read_end_reads_data", "pipe.security.read_access_mask"}, FILE_READ_DATA, true, true},
    {{"read_end_reads_attributes", "pipe.security.read_access_mask"},
     FILE_READ_ATTRIBUTES,
     true,
     true},
    {{"read_end_reads_extended_attributes", "pipe.security.read_access_mask"},
     FILE_READ_EA,
     true,
     true},
    {{"read_end_reads_its_descriptor", "pipe.security.read_access_mask"}, READ_CONTROL, true, true},
    {{"read_end_is_waited_for", "pipe.security.read_access_mask"}, SYNCHRONIZE, true, true},
    {{"write_end_writes_data", "pipe.security.write_access_mask"}, FILE_WRITE_DATA, false, true},
    {{"write_end_appends_data", "pipe.security.write_access_mask"}, FILE_APPEND_DATA, false, true},
    {{"write_end_writes_attributes", "pipe.security.write_access_mask"},
     FILE_WRITE_ATTRIBUTES,
     false,
     true},
    {{"write_end_writes_extended_attributes", "pipe.security.write_access_mask"},
     FILE_WRITE_EA,
     false,
     true},
    {{"write_end_reads_its_descriptor", "pipe.security.write_access_mask"},
     READ_CONTROL,
     false,
     true},
    {{"write_end_is_waited_for", "pipe.security.write_access_mask"}, SYNCHRONIZE, false, true},
};

START_TEST(right_of)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE copy = NULL;

    BOOL duplicated =
        DuplicateHandle(GetCurrentProcess(), rights[_i].read_end ? pipe.read : pipe.write,
                        GetCurrentProcess(), &copy, rights[_i].access, FALSE, 0);

    expect_succeeded(duplicated);
    expect_succeeded(CloseHandle(copy));
}
END_TEST
COVERS_ROWS(right_of, rights);

START_TEST(ends_can_be_waited_for)
{
    struct pipe_ends pipe = pipe_create();

    DWORD of_read = WaitForSingleObject(pipe.read, 0);

    expect_true(of_read != WAIT_FAILED);
    expect_true(WaitForSingleObject(pipe.write, 0) != WAIT_FAILED);
}
END_TEST
COVERS(ends_can_be_waited_for, "pipe.wait_on_handle");

START_TEST(descriptor_can_be_read)
{
    struct pipe_ends pipe = pipe_create();
    char descriptor[0x400];
    DWORD needed = 0;

    BOOL got = GetKernelObjectSecurity(pipe.read, OWNER_SECURITY_INFORMATION, descriptor,
                                       sizeof(descriptor), &needed);

    expect_succeeded(got);
    PSID owner = NULL;
    BOOL defaulted = FALSE;
    expect_succeeded(GetSecurityDescriptorOwner(descriptor, &owner, &defaulted));
    expect_not_null(owner);
    expect_true(IsValidSid(owner));
}
END_TEST
COVERS(descriptor_can_be_read, "pipe.security.getsecurityinfo");

START_TEST(closed_end_cannot_be_read)
{
    BOOL got = TRUE;
    char byte;
    DWORD count = 99;

    for (int tries = CLOSED_HANDLES; got && tries; tries--)
        got = ReadFile(closed(pipe_create().read), &byte, 1, &count, NULL);

    expect_failed(got, ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(closed_end_cannot_be_read, "pipe.read.invalid_handle");

START_TEST(closed_end_cannot_be_written)
{
    BOOL written = TRUE;
    DWORD count = 99;

    for (int tries = CLOSED_HANDLES; written && tries; tries--)
        written = WriteFile(closed(pipe_create().write), "x", 1, &count, NULL);

    expect_failed(written, ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(closed_end_cannot_be_written, "pipe.write.invalid_handle");

START_TEST(closed_end_has_no_type)
{
    DWORD type = FILE_TYPE_PIPE;

    for (int tries = CLOSED_HANDLES; type && tries; tries--)
        type = GetFileType(closed(pipe_create().read));

    DWORD error = GetLastError();
    expect_flags(type, FILE_TYPE_UNKNOWN, FILE_TYPE_NAMES);
    expect_error(error, ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(closed_end_has_no_type, "pipe.file_type.invalid");

/* ---- FlushFileBuffers ---- */

START_TEST(flush_of_an_empty_pipe)
{
    struct pipe_ends pipe = pipe_create();
    expect_written(pipe.write, "read");
    expect_arrives(pipe.read, "read");

    BOOL flushed = FlushFileBuffers(pipe.write);

    expect_succeeded(flushed);
}
END_TEST
COVERS(flush_of_an_empty_pipe, "pipe.flush.empty_ok");

START_TEST(flush_of_the_read_end)
{
    struct pipe_ends pipe = pipe_create();

    BOOL flushed = FlushFileBuffers(pipe.read);

    expect_failed_somehow(flushed);
    expect_succeeded(FlushFileBuffers(pipe.write));
}
END_TEST
COVERS(flush_of_the_read_end, "pipe.flush.needs_write_access");

static DWORD flush(void *write_end)
{
    return FlushFileBuffers(write_end);
}

START_TEST(flush_of_what_is_unread)
{
    struct pipe_ends pipe = pipe_create();
    pipe_put(pipe.write, "unread");

    struct thread *flusher = thread_start(flush, pipe.write);

    bool waits = !settles(flusher->handle);
    record("FlushFileBuffers with unread bytes", "%s", waits ? "waits" : "returns at once");
    expect_arrives(pipe.read, "unread");
    expect_number(thread_join(flusher), TRUE);
}
END_TEST
COVERS(flush_of_what_is_unread, "pipe.flush.pipe_waits");
