/* Wrong behaviours, for the tests of written_page.c: * Pages that are copied when they are
 * written to: of FILE_MAP_COPY views, of images and of the program itself. */
#include "mapping-mutants.h"

/* Pages that a process gets a copy of when it writes to them. */
static bool is_private(const void *address)
{
    MEMORY_BASIC_INFORMATION region;
    return real(VirtualQuery)(address, &region, sizeof(region)) &&
           (region.AllocationProtect & (PAGE_WRITECOPY | PAGE_EXECUTE_WRITECOPY));
}

static bool is_image(const void *address)
{
    MEMORY_BASIC_INFORMATION region;
    return real(VirtualQuery)(address, &region, sizeof(region)) && region.Type == MEM_IMAGE;
}

static SIZE_T WINAPI query_forgets(const void *address, MEMORY_BASIC_INFORMATION *region,
                                   SIZE_T size)
{
    SIZE_T got = real(VirtualQuery)(address, region, size);
    if (got != 0 && (region->Protect & (PAGE_READWRITE | PAGE_EXECUTE_READWRITE)) &&
        is_private(address))
        region->Protect <<= 1;
    return got;
}
MUTANT(virtual_query_forgets_that_copies_were_written,
       "VirtualQuery goes on calling copy on write what was written to",
       PATCH(VirtualQuery, query_forgets));

static BOOL WINAPI protect_forgets(void *address, SIZE_T size, DWORD wanted, DWORD *old)
{
    BOOL set = real(VirtualProtect)(address, size, wanted, old);
    if (set && (*old & (PAGE_READWRITE | PAGE_EXECUTE_READWRITE)) && is_private(address))
        *old <<= 1;
    return set;
}
MUTANT(virtual_protect_forgets_that_copies_were_written,
       "VirtualProtect tells copy on write as the old protection of what was written to",
       PATCH(VirtualProtect, protect_forgets));

static BOOL WINAPI protect_infects(void *address, SIZE_T size, DWORD wanted, DWORD *old)
{
    BOOL set = real(VirtualProtect)(address, size, wanted, old);
    const char *page_before = (const char *)address - page_size();
    if (set && (*old & (PAGE_WRITECOPY | PAGE_EXECUTE_WRITECOPY)) && is_private(page_before) &&
        *page_before == '!')
        *old >>= 1;
    return set;
}
MUTANT(virtual_protect_takes_the_next_page_for_written,
       "VirtualProtect tells read and write as the old protection of the page after a written one",
       PATCH(VirtualProtect, protect_infects));

static BOOL WINAPI protect_restores(void *address, SIZE_T size, DWORD wanted, DWORD *old)
{
    BOOL set = real(VirtualProtect)(address, size, wanted, old);
    if (set && (wanted & (PAGE_WRITECOPY | PAGE_READWRITE)) && is_image(address))
        *(char *)address = 0;
    return set;
}
MUTANT(virtual_protect_brings_image_pages_back,
       "A page of an image is what it was in the file when it is made writable again",
       PATCH(VirtualProtect, protect_restores));

static HANDLE last_object;
static void *last_view;

static void *WINAPI share_copies(MAP_PARAMETERS)
{
    if (mapping == last_object && last_view != NULL)
        return last_view;
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view != NULL && is_private(view)) {
        last_object = mapping;
        last_view = view;
    }
    return view;
}

static BOOL WINAPI forget_view(const void *view)
{
    last_view = NULL;
    return real(UnmapViewOfFile)(view);
}
MUTANT(map_view_gives_one_copy, "Further views of an object after a private one are that one again",
       PATCH(MapViewOfFile, share_copies), PATCH(UnmapViewOfFile, forget_view));
