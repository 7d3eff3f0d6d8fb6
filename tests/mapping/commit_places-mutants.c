/* Wrong behaviours, for the tests of commit_places.c: commits of SEC_RESERVE views. */
#include "mapping-mutants.h"

#include <wchar.h>

/* The views of this process, as far as they were mapped by MapViewOfFile. */
static struct view {
    char *base;
    HANDLE mapping;
    DWORD offset;
} views[32];
static unsigned count;

static LPVOID WINAPI notes_view(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view && count < 32)
        views[count++] = (struct view){view, mapping, low};
    return view;
}

static const struct view *view_of(const void *address)
{
    MEMORY_BASIC_INFORMATION region;
    if (!real(VirtualQuery)(address, &region, sizeof(region)))
        return NULL;
    for (unsigned i = count; i-- > 0;)
        if (views[i].base == region.AllocationBase)
            return &views[i];
    return NULL;
}

#define ALLOC_PARAMETERS LPVOID address, SIZE_T size, DWORD type, DWORD protect
#define ALLOC real(VirtualAlloc)(address, size, type, protect)

/* Commits the pages at the same distance from the beginning of the object instead. */
static LPVOID WINAPI forgets_offset(ALLOC_PARAMETERS)
{
    const struct view *view = type == MEM_COMMIT ? view_of(address) : NULL;
    if (!view || !view->offset)
        return ALLOC;
    char *whole = real(MapViewOfFile)(view->mapping, FILE_MAP_WRITE, 0, 0, 0);
    if (!whole)
        return ALLOC;
    char *page = whole + ((char *)address - view->base);
    bool done = real(VirtualAlloc)(page, size, type, protect) != NULL;
    real(UnmapViewOfFile)(whole);
    return done ? address : ALLOC;
}
MUTANT(commit_forgets_the_offset_of_the_view,
       "VirtualAlloc commits as if every view began at the beginning of the object",
       PATCH(MapViewOfFile, notes_view), PATCH(VirtualAlloc, forgets_offset));

static LPVOID WINAPI peer_forgets_offset(ALLOC_PARAMETERS)
{
    bool is_peer = wcsstr(GetCommandLineW(), L"@peer") != NULL;
    return is_peer ? forgets_offset(address, size, type, protect) : ALLOC;
}
MUTANT(commit_forgets_the_offset_in_another_process,
       "VirtualAlloc of another process commits as if views began at the beginning of the object",
       PATCH(MapViewOfFile, notes_view), PATCH(VirtualAlloc, peer_forgets_offset));

/* A view with some reserved pages: those that are committed cannot be touched. */
static void hide_commits(char *view)
{
    MEMORY_BASIC_INFORMATION region;
    DWORD error = GetLastError(), old;
    bool reserved = false;
    for (int hides = 0; hides < 2; hides++) {
        char *page = view;
        while (real(VirtualQuery)(page, &region, sizeof(region)) && region.AllocationBase == view) {
            reserved |= region.State == MEM_RESERVE;
            if (hides && reserved && region.State == MEM_COMMIT)
                real(VirtualProtect)(page, region.RegionSize, PAGE_NOACCESS, &old);
            page = (char *)region.BaseAddress + region.RegionSize;
        }
    }
    SetLastError(error);
}

static LPVOID WINAPI hides_commits(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view)
        hide_commits(view);
    return view;
}
MUTANT(view_does_not_see_earlier_commits,
       "Pages that were committed before a view was mapped cannot be touched through it",
       PATCH(MapViewOfFile, hides_commits));

/* A view mapped over pages of which one is committed: those beside it are, too. */
static LPVOID WINAPI commits_beside(MAP_PARAMETERS)
{
    char *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    DWORD error = GetLastError();
    MEMORY_BASIC_INFORMATION region;
    for (char *page = view;
         page && real(VirtualQuery)(page, &region, sizeof(region)) && region.AllocationBase == view;
         page = (char *)region.BaseAddress + region.RegionSize) {
        char *last = (char *)region.BaseAddress + region.RegionSize - page_size();
        MEMORY_BASIC_INFORMATION next;
        if (region.State == MEM_RESERVE &&
            real(VirtualQuery)(last + page_size(), &next, sizeof(next)) &&
            next.AllocationBase == view && next.State == MEM_COMMIT) {
            real(VirtualAlloc)(last, page_size(), MEM_COMMIT, PAGE_READWRITE);
            real(VirtualAlloc)((char *)next.BaseAddress + next.RegionSize, page_size(), MEM_COMMIT,
                               PAGE_READWRITE);
            break;
        }
    }
    SetLastError(error);
    return view;
}
MUTANT(view_commits_beside_earlier_commits,
       "Mapping a view commits the pages beside one that was committed before",
       PATCH(MapViewOfFile, commits_beside));

static HANDLE reserves[8];
static unsigned count_of_reserves;

static HANDLE WINAPI notes_reserve(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping && (protect & SEC_RESERVE) && file == INVALID_HANDLE_VALUE && count_of_reserves < 8)
        reserves[count_of_reserves++] = mapping;
    return mapping;
}

static bool unmapped;

static BOOL WINAPI notes_unmap(LPCVOID view)
{
    unmapped |= view_of(view) != NULL;
    return real(UnmapViewOfFile)(view);
}

static LPVOID WINAPI loses_commits(MAP_PARAMETERS)
{
    void *view = notes_view(MAP_ARGUMENTS);
    DWORD error = GetLastError(), old;
    for (unsigned i = 0; view && unmapped && i < count_of_reserves; i++)
        if (reserves[i] == mapping)
            real(VirtualProtect)(view, page_size(), PAGE_NOACCESS, &old);
    SetLastError(error);
    return view;
}
MUTANT(view_does_not_see_earlier_commits_of_others,
       "Pages of a SEC_RESERVE object are lost with the view that they were committed through",
       PATCH(CreateFileMappingW, notes_reserve), PATCH(UnmapViewOfFile, notes_unmap),
       PATCH(MapViewOfFile, loses_commits));
