/* Wrong behaviours, for the tests of used_again.c: addresses of views. */
#include "mapping-mutants.h"

#define MAP_EX_PARAMETERS \
    HANDLE mapping, DWORD access, DWORD high, DWORD low, SIZE_T size, void *base
#define MAP_EX real(MapViewOfFileEx)(mapping, access, high, low, size, base)

static void *WINAPI clear_what_is_there(MAP_EX_PARAMETERS)
{
    void *view = MAP_EX;
    DWORD error = GetLastError();
    if (view == NULL && base != NULL && error == ERROR_INVALID_ADDRESS) {
        MEMORY_BASIC_INFORMATION region = {0};
        real(VirtualQuery)(base, &region, sizeof(region));
        if (region.State == MEM_FREE)
            real(VirtualQuery)((char *)region.BaseAddress + region.RegionSize, &region,
                               sizeof(region));
        if (region.State == MEM_COMMIT && region.Protect == PAGE_READWRITE)
            memset(region.BaseAddress, 0, page_size());
    }
    SetLastError(error);
    return view;
}
MUTANT(map_view_ex_clears_what_is_there,
       "MapViewOfFileEx that fails clears what is at the address, or behind it",
       PATCH(MapViewOfFileEx, clear_what_is_there));

/* Places of views, and what became of their first pages. */
#define ROOM 32
static struct page {
    void *address;
    DWORD protect;
    bool committed;
} pages[ROOM];
static unsigned page_count;

static void note_page(void *address, DWORD protect, bool committed)
{
    if (page_count < ROOM)
        pages[page_count++] = (struct page){address, protect, committed};
}

static BOOL WINAPI note_protection(PROTECT_PARAMETERS)
{
    BOOL done = real(VirtualProtect)(PROTECT_ARGUMENTS);
    if (done)
        note_page(address, wanted, false);
    return done;
}

static void *WINAPI note_copy(MAP_EX_PARAMETERS)
{
    void *view = MAP_EX;
    DWORD error = GetLastError(), old;
    for (unsigned i = 0; view != NULL && i < page_count; i++)
        if (pages[i].address == view && !pages[i].committed)
            real(VirtualProtect)(view, 1, pages[i].protect, &old);
    if (view != NULL && access == FILE_MAP_COPY)
        note_page(view, PAGE_WRITECOPY, false);
    SetLastError(error);
    return view;
}
MUTANT(map_view_ex_finds_earlier_protection,
       "A view at the address of an earlier one has the protection of its first page",
       PATCH(VirtualProtect, note_protection), PATCH(MapViewOfFileEx, note_copy));

static void *WINAPI note_commit(void *address, SIZE_T size, DWORD type, DWORD protect)
{
    if (type == MEM_COMMIT && address != NULL)
        note_page(address, protect, true);
    return real(VirtualAlloc)(address, size, type, protect);
}

static void *WINAPI commit_again(MAP_EX_PARAMETERS)
{
    void *view = MAP_EX;
    DWORD error = GetLastError();
    for (unsigned i = 0; view != NULL && i < page_count; i++)
        if (pages[i].address == view && is_reserved(view))
            real(VirtualAlloc)(view, 1, MEM_COMMIT, pages[i].protect);
    SetLastError(error);
    return view;
}
MUTANT(map_view_ex_finds_earlier_commits,
       "A view at the address of an earlier one has its committed page committed",
       PATCH(VirtualAlloc, note_commit), PATCH(MapViewOfFileEx, commit_again));

static BOOL WINAPI note_unmapped(const void *view)
{
    BOOL unmapped = real(UnmapViewOfFile)(view);
    if (unmapped)
        note_page((void *)view, 0, false);
    return unmapped;
}

static SIZE_T WINAPI keep_apart(const void *address, MEMORY_BASIC_INFORMATION *region, SIZE_T size)
{
    SIZE_T got = real(VirtualQuery)(address, region, size);
    for (unsigned i = 0; got != 0 && region->State == MEM_FREE && i < page_count; i++) {
        char *base = region->BaseAddress, *border = pages[i].address;
        if (border > base && border < base + region->RegionSize)
            region->RegionSize = border - base;
    }
    return got;
}
MUTANT(virtual_query_keeps_free_views_apart,
       "VirtualQuery ends a free region where a view began that was unmapped",
       PATCH(UnmapViewOfFile, note_unmapped), PATCH(VirtualQuery, keep_apart));
