/* Objects and views that are large, and views that are many. */
#include "mapping.h"

#define GIB ((SIZE_T)1 << 30)

START_TEST(one_gibibyte_of_the_page_file)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, (DWORD)GIB);

    char *view = MapViewOfFile(mapping, READ_WRITE, 0, 0, 0);

    expect_not_null(view);
    expect_number(region_at(view).RegionSize, GIB);
    static const DWORD places[] = {0, 0x12345678, 0x3FFFFFFF};
    for (int i = 0; i < 3; i++) {
        expect_number(view[places[i]], 0);
        expect_fault(try_write(view + places[i], 'x'), 0);
    }
    char *end = MapViewOfFile(mapping, FILE_MAP_READ, 0, (DWORD)(GIB - granularity()), 0);
    expect_not_null(end);
    expect_number(end[granularity() - 1], 'x');
    expect_fault(try_read(view + GIB),
                 region_at(view + GIB).State == MEM_COMMIT ? 0 : EXCEPTION_ACCESS_VIOLATION);
}
END_TEST
COVERS(one_gibibyte_of_the_page_file, "mapping.view.size.one_gib");

#define VIEWS 3000

START_TEST(thousands_of_views)
{
    HANDLE file = create_file(scratch_path(L"data"), 4 * granularity());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    uint8_t **views = calloc(VIEWS, sizeof(*views));
    require(views != NULL);

    for (DWORD i = 0; i < VIEWS; i++) {
        views[i] = MapViewOfFile(mapping, FILE_MAP_READ, 0, i % 4 * granularity(), page_size());
        expect_not_null(views[i]);
    }

    uint8_t *all = map_view(mapping, READ_WRITE);
    for (DWORD i = 0; i < 4; i++)
        all[i * granularity() + 5] = (uint8_t)(i + 1);
    for (DWORD i = 0; i < VIEWS; i++)
        expect_number(views[i][5], i % 4 + 1);
    for (DWORD i = 0; i < VIEWS; i++)
        expect_succeeded(UnmapViewOfFile(views[i]));
    expect_number(all[5], 1);
}
END_TEST
COVERS(thousands_of_views, "mapping.view.thousands");
