/* Files as CreateFileMappingW finds them: opened with any flags, and read to any place before. */
#include "mapping.h"

static const struct {
    struct row row;
    DWORD flags;
} flag_rows[] = {
    {{"overlapped", NULL}, FILE_FLAG_OVERLAPPED},
    {{"random_access", NULL}, FILE_FLAG_RANDOM_ACCESS},
    {{"sequential_scan", NULL}, FILE_FLAG_SEQUENTIAL_SCAN},
    {{"write_through", NULL}, FILE_FLAG_WRITE_THROUGH},
    {{"hidden_temporary", NULL}, FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_TEMPORARY},
};

START_TEST(flags_of_the_file_do_not_matter)
{
    HANDLE file = CreateFileW(scratch_path(L"data"), GENERIC_READ | GENERIC_WRITE, 0, NULL,
                              CREATE_NEW, flag_rows[_i].flags, NULL);
    require(file != INVALID_HANDLE_VALUE);

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, page_size() + 1, NULL);

    expect_handle(mapping);
    expect_number(size_of_file(file), page_size() + 1);
    char *view = map_view(mapping, READ_WRITE);
    view[page_size()] = 'x';
    expect_number(*((char *)map_view(mapping, FILE_MAP_READ) + page_size()), 'x');
}
END_TEST
COVERS_ROWS(flags_of_the_file_do_not_matter, flag_rows, "mapping.create.hfile.flags");

static const struct {
    struct row row;
    DWORD size; /* of the object; 0: the file's */
} size_rows[] = {
    {{"without_a_size", NULL}, 0},
    {{"with_a_smaller_size", NULL}, 0x1800},
    {{"with_a_larger_size", NULL}, 0x4800},
};

START_TEST(position_of_the_file_does_not_matter)
{
    HANDLE file = create_file(scratch_path(L"data"), 0x3000);
    LARGE_INTEGER position;
    require(SetFilePointerEx(file, (LARGE_INTEGER){.QuadPart = 0x1234}, NULL, FILE_BEGIN));

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, size_rows[_i].size, NULL);

    expect_handle(mapping);
    DWORD shown = size_rows[_i].size == 0x1800 ? 0x1800 : 0x3000;
    expect_pattern(map_view(mapping, FILE_MAP_READ), shown, 0);
    expect_number(size_of_file(file), size_rows[_i].size > 0x3000 ? size_rows[_i].size : 0x3000);
    require(SetFilePointerEx(file, (LARGE_INTEGER){.QuadPart = 0}, &position, FILE_CURRENT));
    expect_number(position.QuadPart, 0x1234);
}
END_TEST
COVERS_ROWS(position_of_the_file_does_not_matter, size_rows, "mapping.create.hfile.position");
