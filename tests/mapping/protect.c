/* What the pages of a view let its process do. */
#include "mapping.h"

static const struct {
    struct row row;
    DWORD object;
} read_rows[] = {
    {{"of_a_readonly_object", "mapping.create.prot.readonly_write_av"}, PAGE_READONLY},
    {{"of_a_readwrite_object", "mapping.view.read.av"}, PAGE_READWRITE},
};

START_TEST(write_to_a_view_for_reading_is_an_access_violation)
{
    HANDLE mapping = page_file_mapping(read_rows[_i].object, page_size());
    char *view = map_view(mapping, FILE_MAP_READ);

    struct fault fault = try_write(view + 1, 'x');

    expect_fault(fault, EXCEPTION_ACCESS_VIOLATION);
    expect_pointer(fault.address, view + 1);
    expect_true(fault.write);
    expect_number(view[1], 0);
}
END_TEST
COVERS_ROWS(write_to_a_view_for_reading_is_an_access_violation, read_rows);

START_TEST(view_for_writing_is_readable)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());

    char *view = MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0);

    expect_not_null(view);
    expect_fault(try_write(view, 'x'), 0);
    expect_fault(try_read(view), 0);
    expect_number(view[0], 'x');
}
END_TEST
COVERS(view_for_writing_is_readable, "mapping.view.access.write_implies_read");
