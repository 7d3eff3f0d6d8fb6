/* MapViewOfFileFromApp and MapViewOfFileExNuma: which objects they map for which access. */
#include "mapping.h"

#define EXECUTE_READ (FILE_MAP_EXECUTE | FILE_MAP_READ)
#define EXECUTE_WRITE (FILE_MAP_EXECUTE | FILE_MAP_WRITE)

/* An object with that protection, of a file with all access. */
static HANDLE object(DWORD protect)
{
    const WCHAR *path = scratch_path(L"data");
    create_file(path, page_size());
    return file_mapping(open_file(path, GENERIC_READ | GENERIC_WRITE | GENERIC_EXECUTE), protect);
}

struct view {
    struct row row;
    DWORD object, access, protection; /* the object's, and that of the pages or 0 */
};

static const struct view app_views[] = {
    {{"read_readonly", "mapping.mapfromapp.read_objects"},
     PAGE_READONLY,
     FILE_MAP_READ,
     PAGE_READONLY},
    {{"read_execute_read", "mapping.mapfromapp.read_objects"},
     PAGE_EXECUTE_READ,
     FILE_MAP_READ,
     PAGE_READONLY},
    {{"read_execute_readwrite", "mapping.mapfromapp.read_objects"},
     PAGE_EXECUTE_READWRITE,
     FILE_MAP_READ,
     PAGE_READONLY},
    {{"copy_writecopy", "mapping.mapfromapp.copy_objects"},
     PAGE_WRITECOPY,
     FILE_MAP_COPY,
     PAGE_WRITECOPY},
    {{"copy_readonly", "mapping.mapfromapp.copy_objects"},
     PAGE_READONLY,
     FILE_MAP_COPY,
     PAGE_WRITECOPY},
    {{"copy_execute_read", "mapping.mapfromapp.copy_objects"},
     PAGE_EXECUTE_READ,
     FILE_MAP_COPY,
     PAGE_WRITECOPY},
    {{"write_writecopy", "mapping.mapfromapp.write_objects"}, PAGE_WRITECOPY, FILE_MAP_WRITE, 0},
    {{"write_execute_read", "mapping.mapfromapp.write_objects"},
     PAGE_EXECUTE_READ,
     FILE_MAP_WRITE,
     0},
    {{"all_writecopy", "mapping.mapfromapp.write_objects"}, PAGE_WRITECOPY, FILE_MAP_ALL_ACCESS, 0},
};

START_TEST(app_view)
{
    optional_api(MapViewOfFileFromApp);
    HANDLE mapping = object(app_views[_i].object);

    void *view = MapViewOfFileFromApp(mapping, app_views[_i].access, 0, 0);

    if (app_views[_i].protection) {
        expect_not_null(view);
        expect_flags(region_at(view).Protect, app_views[_i].protection, PAGE_NAMES);
        expect_pattern(view, page_size(), 0);
    } else {
        expect_null(view, ERROR_ACCESS_DENIED);
        expect_not_null(MapViewOfFileFromApp(mapping, FILE_MAP_COPY, 0, 0));
    }
}
END_TEST
COVERS_ROWS(app_view, app_views);

static const struct view numa_views[] = {
    {{"read_readonly", "mapping.view_numa.read"}, PAGE_READONLY, FILE_MAP_READ, PAGE_READONLY},
    {{"read_readwrite", "mapping.view_numa.read"}, PAGE_READWRITE, FILE_MAP_READ, PAGE_READONLY},
    {{"read_execute_read", "mapping.view_numa.read"},
     PAGE_EXECUTE_READ,
     FILE_MAP_READ,
     PAGE_READONLY},
    {{"read_execute_readwrite", "mapping.view_numa.read"},
     PAGE_EXECUTE_READWRITE,
     FILE_MAP_READ,
     PAGE_READONLY},
    {{"write_readwrite", "mapping.view_numa.write"},
     PAGE_READWRITE,
     FILE_MAP_WRITE,
     PAGE_READWRITE},
    {{"write_and_read_readwrite", "mapping.view_numa.write"},
     PAGE_READWRITE,
     READ_WRITE,
     PAGE_READWRITE},
    {{"all_readwrite", "mapping.view_numa.write"},
     PAGE_READWRITE,
     FILE_MAP_ALL_ACCESS,
     PAGE_READWRITE},
    {{"write_execute_readwrite", "mapping.view_numa.write"},
     PAGE_EXECUTE_READWRITE,
     FILE_MAP_WRITE,
     PAGE_READWRITE},
    {{"write_readonly", "mapping.view_numa.write"}, PAGE_READONLY, FILE_MAP_WRITE, 0},
    {{"write_writecopy", "mapping.view_numa.write"}, PAGE_WRITECOPY, FILE_MAP_WRITE, 0},
    {{"all_execute_read", "mapping.view_numa.write"}, PAGE_EXECUTE_READ, FILE_MAP_ALL_ACCESS, 0},
    {{"copy_readonly", "mapping.view_numa.copy"}, PAGE_READONLY, FILE_MAP_COPY, PAGE_WRITECOPY},
    {{"copy_writecopy", "mapping.view_numa.copy"}, PAGE_WRITECOPY, FILE_MAP_COPY, PAGE_WRITECOPY},
    {{"copy_readwrite", "mapping.view_numa.copy"}, PAGE_READWRITE, FILE_MAP_COPY, PAGE_WRITECOPY},
    {{"copy_execute_read", "mapping.view_numa.copy"},
     PAGE_EXECUTE_READ,
     FILE_MAP_COPY,
     PAGE_WRITECOPY},
    {{"copy_execute_readwrite", "mapping.view_numa.copy"},
     PAGE_EXECUTE_READWRITE,
     FILE_MAP_COPY,
     PAGE_WRITECOPY},
    {{"execute_execute_read", "mapping.view_numa.execute"},
     PAGE_EXECUTE_READ,
     EXECUTE_READ,
     PAGE_EXECUTE_READ},
    {{"execute_execute_writecopy", "mapping.view_numa.execute"},
     PAGE_EXECUTE_WRITECOPY,
     EXECUTE_READ,
     PAGE_EXECUTE_READ},
    {{"execute_write_execute_readwrite", "mapping.view_numa.execute"},
     PAGE_EXECUTE_READWRITE,
     EXECUTE_WRITE,
     PAGE_EXECUTE_READWRITE},
    {{"execute_readwrite", "mapping.view_numa.execute"}, PAGE_READWRITE, EXECUTE_READ, 0},
    {{"execute_write_execute_read", "mapping.view_numa.execute"},
     PAGE_EXECUTE_READ,
     EXECUTE_WRITE,
     0},
};

START_TEST(numa_view)
{
    HANDLE mapping = object(numa_views[_i].object);

    void *view =
        MapViewOfFileExNuma(mapping, numa_views[_i].access, 0, 0, 0, NULL, NUMA_NO_PREFERRED_NODE);

    if (numa_views[_i].protection) {
        expect_not_null(view);
        expect_flags(region_at(view).Protect, numa_views[_i].protection, PAGE_NAMES);
        expect_pattern(view, page_size(), 0);
    } else {
        expect_null(view, ERROR_ACCESS_DENIED);
        expect_not_null(
            MapViewOfFileExNuma(mapping, FILE_MAP_COPY, 0, 0, 0, NULL, NUMA_NO_PREFERRED_NODE));
    }
}
END_TEST
COVERS_ROWS(numa_view, numa_views);

/* ---- Places --------------------------------------------------------------------------------- */

static const struct part {
    struct row row;
    DWORD offset;
    SIZE_T size, mapped; /* mapped: how much of the object, or 0 */
    DWORD error;
} parts[] = {
    {{"offset", NULL}, 0x10000, 0, 0x3000, 0},
    {{"offset_and_size", NULL}, 0x10000, 0x1001, 0x2000, 0},
    {{"misaligned_offset", NULL}, 0x1000, 0x1000, 0, ERROR_MAPPED_ALIGNMENT},
    {{"one_byte_too_far", NULL}, 0x10000, 0x3001, 0, ERROR_ACCESS_DENIED},
};

START_TEST(numa_part)
{
    create_file(scratch_path(L"data"), 0x13000);
    HANDLE mapping = file_mapping(open_file(scratch_path(L"data"), GENERIC_READ), PAGE_READONLY);

    void *view = MapViewOfFileExNuma(mapping, FILE_MAP_READ, 0, parts[_i].offset, parts[_i].size,
                                     NULL, NUMA_NO_PREFERRED_NODE);

    if (parts[_i].mapped) {
        expect_not_null(view);
        expect_number(region_at(view).RegionSize, parts[_i].mapped);
        expect_pattern(view, parts[_i].mapped, parts[_i].offset);
    } else {
        expect_null(view, parts[_i].error);
    }
}
END_TEST
COVERS_ROWS(numa_part, parts, "mapping.view_numa.part");

START_TEST(numa_address_is_occupied)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *base = free_range(2 * granularity());
    require(VirtualAlloc(base, page_size(), MEM_RESERVE, PAGE_NOACCESS) == base);

    void *view = MapViewOfFileExNuma(mapping, READ_WRITE, 0, 0, 0, base, NUMA_NO_PREFERRED_NODE);

    expect_null(view, ERROR_INVALID_ADDRESS);
    expect_flags(region_at(base).State, MEM_RESERVE, MEM_NAMES);
    char *next = base + granularity();
    expect_pointer(MapViewOfFileExNuma(mapping, READ_WRITE, 0, 0, 0, next, NUMA_NO_PREFERRED_NODE),
                   next);
}
END_TEST
COVERS(numa_address_is_occupied, "mapping.view_numa.occupied");
