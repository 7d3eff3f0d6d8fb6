/* Which access MapViewOfFile grants to objects of which protection, and what the pages get. */
#include "mapping.h"

struct object_row {
    struct row row;
    DWORD object; /* the protection that the object was created with */
    bool granted;
};

/* The view has the protection, or was refused, as the row says. */
static void expect_view(const void *view, DWORD protection, const struct object_row *row)
{
    if (row->granted) {
        expect_not_null(view);
        expect_flags(region_at(view).Protect, protection, PAGE_NAMES);
    } else {
        expect_null(view, ERROR_ACCESS_DENIED);
    }
}

static const struct object_row read_rows[] = {
    {{"readonly", "mapping.view.access.read.ro.ok"}, PAGE_READONLY, true},
    {{"readwrite", "mapping.view.access.read.rw.ok"}, PAGE_READWRITE, true},
    {{"writecopy", "mapping.view.access.read.wc.ok"}, PAGE_WRITECOPY, true},
    {{"execute_read", "mapping.view.access.read.er.ok"}, PAGE_EXECUTE_READ, true},
    {{"execute_readwrite", "mapping.view.access.read.ew.ok"}, PAGE_EXECUTE_READWRITE, true},
    {{"execute_writecopy", "mapping.view.access.read.ec.ok"}, PAGE_EXECUTE_WRITECOPY, true},
};

START_TEST(for_reading)
{
    HANDLE mapping = page_file_mapping(read_rows[_i].object, page_size());

    void *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);

    expect_view(view, PAGE_READONLY, &read_rows[_i]);
}
END_TEST
COVERS_ROWS(for_reading, read_rows);

static const struct object_row write_rows[] = {
    {{"readonly", "mapping.view.access.write.ro.fail"}, PAGE_READONLY, false},
    {{"readwrite", "mapping.view.access.write.rw.ok"}, PAGE_READWRITE, true},
    {{"writecopy", "mapping.view.access.write.wc.fail"}, PAGE_WRITECOPY, false},
    {{"execute_read", "mapping.view.access.write.er.fail"}, PAGE_EXECUTE_READ, false},
    {{"execute_readwrite", "mapping.view.access.write.ew.ok"}, PAGE_EXECUTE_READWRITE, true},
    {{"execute_writecopy", "mapping.view.access.write.ec.fail"}, PAGE_EXECUTE_WRITECOPY, false},
};

START_TEST(for_writing)
{
    HANDLE mapping = page_file_mapping(write_rows[_i].object, page_size());

    void *view = MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0);

    expect_view(view, PAGE_READWRITE, &write_rows[_i]);
}
END_TEST
COVERS_ROWS(for_writing, write_rows);

static const struct object_row all_access_rows[] = {
    {{"readonly", "mapping.view.access.all.ro.fail"}, PAGE_READONLY, false},
    {{"readwrite", "mapping.view.access.all.rw.ok"}, PAGE_READWRITE, true},
    {{"writecopy", "mapping.view.access.all.wc.fail"}, PAGE_WRITECOPY, false},
    {{"execute_read", "mapping.view.access.all.er.fail"}, PAGE_EXECUTE_READ, false},
    {{"execute_readwrite", "mapping.view.access.all.ew.ok"}, PAGE_EXECUTE_READWRITE, true},
    {{"execute_writecopy", "mapping.view.access.all.ec.fail"}, PAGE_EXECUTE_WRITECOPY, false},
};

START_TEST(for_all_access)
{
    HANDLE mapping = page_file_mapping(all_access_rows[_i].object, page_size());

    void *view = MapViewOfFile(mapping, FILE_MAP_ALL_ACCESS, 0, 0, 0);

    expect_view(view, PAGE_READWRITE, &all_access_rows[_i]);
}
END_TEST
COVERS_ROWS(for_all_access, all_access_rows);

static const struct object_row copy_rows[] = {
    {{"readonly", "mapping.view.access.copy.ro.ok"}, PAGE_READONLY, true},
    {{"readwrite", "mapping.view.access.copy.rw.ok"}, PAGE_READWRITE, true},
    {{"writecopy", "mapping.view.access.copy.wc.ok"}, PAGE_WRITECOPY, true},
    {{"execute_read", "mapping.view.access.copy.er.ok"}, PAGE_EXECUTE_READ, true},
    {{"execute_readwrite", "mapping.view.access.copy.ew.ok"}, PAGE_EXECUTE_READWRITE, true},
    {{"execute_writecopy", "mapping.view.access.copy.ec.ok"}, PAGE_EXECUTE_WRITECOPY, true},
};

START_TEST(for_copying)
{
    HANDLE mapping = page_file_mapping(copy_rows[_i].object, page_size());

    void *view = MapViewOfFile(mapping, FILE_MAP_COPY, 0, 0, 0);

    expect_view(view, PAGE_WRITECOPY, &copy_rows[_i]);
}
END_TEST
COVERS_ROWS(for_copying, copy_rows);

static const struct object_row execute_read_rows[] = {
    {{"readonly", "mapping.view.access.xr.ro.fail"}, PAGE_READONLY, false},
    {{"readwrite", "mapping.view.access.xr.rw.fail"}, PAGE_READWRITE, false},
    {{"writecopy", "mapping.view.access.xr.wc.fail"}, PAGE_WRITECOPY, false},
    {{"execute_read", "mapping.view.access.xr.er.ok"}, PAGE_EXECUTE_READ, true},
    {{"execute_readwrite", "mapping.view.access.xr.ew.ok"}, PAGE_EXECUTE_READWRITE, true},
    {{"execute_writecopy", "mapping.view.access.xr.ec.ok"}, PAGE_EXECUTE_WRITECOPY, true},
};

START_TEST(for_executing_and_reading)
{
    HANDLE mapping = page_file_mapping(execute_read_rows[_i].object, page_size());

    void *view = MapViewOfFile(mapping, FILE_MAP_EXECUTE | FILE_MAP_READ, 0, 0, 0);

    expect_view(view, PAGE_EXECUTE_READ, &execute_read_rows[_i]);
}
END_TEST
COVERS_ROWS(for_executing_and_reading, execute_read_rows);

static const struct object_row execute_write_rows[] = {
    {{"readonly", "mapping.view.access.xw.ro.fail"}, PAGE_READONLY, false},
    {{"readwrite", "mapping.view.access.xw.rw.fail"}, PAGE_READWRITE, false},
    {{"writecopy", "mapping.view.access.xw.wc.fail"}, PAGE_WRITECOPY, false},
    {{"execute_read", "mapping.view.access.xw.er.fail"}, PAGE_EXECUTE_READ, false},
    {{"execute_readwrite", "mapping.view.access.xw.ew.ok"}, PAGE_EXECUTE_READWRITE, true},
    {{"execute_writecopy", "mapping.view.access.xw.ec.fail"}, PAGE_EXECUTE_WRITECOPY, false},
};

START_TEST(for_executing_and_writing)
{
    HANDLE mapping = page_file_mapping(execute_write_rows[_i].object, page_size());

    void *view = MapViewOfFile(mapping, FILE_MAP_EXECUTE | FILE_MAP_WRITE, 0, 0, 0);

    expect_view(view, PAGE_EXECUTE_READWRITE, &execute_write_rows[_i]);
}
END_TEST
COVERS_ROWS(for_executing_and_writing, execute_write_rows);

static const struct object_row execute_copy_rows[] = {
    {{"readonly", "mapping.view.access.xc.ro.fail"}, PAGE_READONLY, false},
    {{"readwrite", "mapping.view.access.xc.rw.fail"}, PAGE_READWRITE, false},
    {{"writecopy", "mapping.view.access.xc.wc.fail"}, PAGE_WRITECOPY, false},
    {{"execute_read", "mapping.view.access.xc.er.ok"}, PAGE_EXECUTE_READ, true},
    {{"execute_readwrite", "mapping.view.access.xc.ew.ok"}, PAGE_EXECUTE_READWRITE, true},
    {{"execute_writecopy", "mapping.view.access.xc.ec.ok"}, PAGE_EXECUTE_WRITECOPY, true},
};

START_TEST(for_executing_and_copying)
{
    HANDLE mapping = page_file_mapping(execute_copy_rows[_i].object, page_size());

    void *view = MapViewOfFile(mapping, FILE_MAP_EXECUTE | FILE_MAP_COPY, 0, 0, 0);

    expect_view(view, PAGE_EXECUTE_WRITECOPY, &execute_copy_rows[_i]);
}
END_TEST
COVERS_ROWS(for_executing_and_copying, execute_copy_rows);
