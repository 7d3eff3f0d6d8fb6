/* What CreatePipe makes: two ends, their inheritability, and the buffer sizes it takes. */
#include "pipe.h"

START_TEST(write_end_feeds_read_end)
{
    HANDLE read_end = NULL, write_end = NULL;

    BOOL created = CreatePipe(&read_end, &write_end, NULL, 65536);

    expect_succeeded(created);
    expect_handle(read_end);
    expect_handle(write_end);
    expect_true(read_end != write_end);
    expect_written(write_end, "through the pipe");
    expect_arrives(read_end, "through the pipe");
}
END_TEST
COVERS(write_end_feeds_read_end, "pipe.create.two_handles");

static const struct size_row {
    struct row row;
    DWORD size;
} sizes[] = {
    {{"zero", "pipe.create.size_zero_default"}, 0},
    {{"one_byte", "pipe.create.size_hint"}, 1},
    {{"one_page", "pipe.create.size_hint"}, 4096},
    {{"one_mebibyte", "pipe.create.size_hint"}, 1024 * 1024},
};

START_TEST(takes_size)
{
    struct pipe_ends pipe;

    BOOL created = CreatePipe(&pipe.read, &pipe.write, NULL, sizes[_i].size);

    expect_succeeded(created);
    expect_written(pipe.write, "x");
    expect_arrives(pipe.read, "x");
}
END_TEST
COVERS_ROWS(takes_size, sizes);

static const struct attributes_row {
    struct row row;
    bool given;
    BOOL inherit;
    DWORD flags;
} attributes_rows[] = {
    {{"no_attributes", "pipe.create.null_attributes"}, false, FALSE, 0},
    {{"inherit_false", "pipe.create.sa_inherit_both"}, true, FALSE, 0},
    {{"inherit_true", "pipe.create.sa_inherit_both"}, true, TRUE, HANDLE_FLAG_INHERIT},
};

START_TEST(attributes_decide_inheritability)
{
    const struct attributes_row *row = &attributes_rows[_i];
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes),
                                      .bInheritHandle = row->inherit};
    struct pipe_ends pipe;

    BOOL created = CreatePipe(&pipe.read, &pipe.write, row->given ? &attributes : NULL, 4096);

    expect_succeeded(created);
    DWORD of_read = 99, of_write = 99;
    require(GetHandleInformation(pipe.read, &of_read));
    require(GetHandleInformation(pipe.write, &of_write));
    expect_flags(of_read, row->flags, HANDLE_FLAG_NAMES);
    expect_flags(of_write, row->flags, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS_ROWS(attributes_decide_inheritability, attributes_rows);
