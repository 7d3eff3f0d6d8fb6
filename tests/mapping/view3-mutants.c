/* Wrong behaviours, for the tests of view3.c: MapViewOfFile3, MapViewOfFile2
 * (MapViewOfFileNuma2), UnmapViewOfFileEx, UnmapViewOfFile2. */
#include "mapping-mutants.h"

#define MAP3_PARAMETERS                                                                  \
    HANDLE mapping, HANDLE process, void *base, ULONG64 offset, SIZE_T size, ULONG type, \
        ULONG protect, MEM_EXTENDED_PARAMETER *extended, ULONG count
#define MAP3_ARGUMENTS mapping, process, base, offset, size, type, protect, extended, count
#define REPLACE_PLACEHOLDER 0x4000

static void *WINAPI map3_whole(MAP3_PARAMETERS)
{
    return real(MapViewOfFile3)(mapping, process, base, offset, offset == 0x10000 ? 0 : size, type,
                                protect, extended, count);
}
MUTANT(map_view3_ignores_the_size, "MapViewOfFile3 maps up to the end at the offset 64 KiB",
       PATCH(MapViewOfFile3, map3_whole));

static void *WINAPI map3_round(MAP3_PARAMETERS)
{
    return real(MapViewOfFile3)(mapping, process, base,
                                type & REPLACE_PLACEHOLDER ? offset : offset & ~(ULONG64)0xFFFF,
                                size, type, protect, extended, count);
}
MUTANT(map_view3_rounds_the_offset, "MapViewOfFile3 rounds the offset down",
       PATCH(MapViewOfFile3, map3_round));

static void *WINAPI map3_here(MAP3_PARAMETERS)
{
    (void)process;
    return real(MapViewOfFile3)(mapping, GetCurrentProcess(), base, offset, size, type, protect,
                                extended, count);
}
MUTANT(map_view3_ignores_the_process, "MapViewOfFile3 maps into the caller's own process",
       PATCH(MapViewOfFile3, map3_here));

static void *WINAPI map3_without(MAP3_PARAMETERS)
{
    (void)extended, (void)count;
    return real(MapViewOfFile3)(mapping, process, base, offset, size, type, protect, NULL, 0);
}
MUTANT(map_view3_ignores_requirements, "MapViewOfFile3 ignores the extended parameters",
       PATCH(MapViewOfFile3, map3_without));

static void *WINAPI map3_copy(MAP3_PARAMETERS)
{
    return real(MapViewOfFile3)(mapping, process, base, offset, size, type,
                                type & REPLACE_PLACEHOLDER ? PAGE_WRITECOPY : protect, extended,
                                count);
}
MUTANT(map_view3_in_a_placeholder_is_a_copy, "A view that replaces a placeholder is private",
       PATCH(MapViewOfFile3, map3_copy));

static void *WINAPI map3_split(MAP3_PARAMETERS)
{
    void *view = real(MapViewOfFile3)(MAP3_ARGUMENTS);
    if (view == NULL && (type & REPLACE_PLACEHOLDER) &&
        real(VirtualFree)(base, size, MEM_RELEASE | 2))
        view = real(MapViewOfFile3)(MAP3_ARGUMENTS);
    return view;
}
MUTANT(map_view3_splits_placeholders, "MapViewOfFile3 splits a placeholder that is too large",
       PATCH(MapViewOfFile3, map3_split));

static void *WINAPI no_placeholder(HANDLE process, void *base, SIZE_T size, ULONG type,
                                   ULONG protect, MEM_EXTENDED_PARAMETER *extended, ULONG count)
{
    return real(VirtualAlloc2)(process, base, size, type & ~0x40000ul, protect, extended, count);
}
MUTANT(virtual_alloc2_ignores_placeholders,
       "VirtualAlloc2 reserves memory where it should reserve a placeholder",
       PATCH(VirtualAlloc2, no_placeholder));

#define NUMA2_PARAMETERS                                                                 \
    HANDLE mapping, HANDLE process, ULONG64 offset, void *base, SIZE_T size, ULONG type, \
        ULONG protect, ULONG node

static void *WINAPI numa2_here(NUMA2_PARAMETERS)
{
    return real(MapViewOfFileNuma2)(
        mapping,
        process != GetCurrentProcess() && size == 0 && type == 0 ? GetCurrentProcess() : process,
        offset, base, size, type, protect, node);
}
MUTANT(map_view_numa2_ignores_the_process,
       "MapViewOfFileNuma2 maps into the caller's own process whatever the handle allows",
       PATCH(MapViewOfFileNuma2, numa2_here));

static BOOL WINAPI refuse_zero(void *view, ULONG flags)
{
    if (flags == 0) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    return real(UnmapViewOfFileEx)(view, flags);
}
MUTANT(unmap_view_ex_wants_flags, "UnmapViewOfFileEx refuses to be given no flags",
       PATCH(UnmapViewOfFileEx, refuse_zero));

static BOOL WINAPI boost_only(void *view, ULONG flags)
{
    return flags == 1 ? TRUE : real(UnmapViewOfFileEx)(view, flags);
}
MUTANT(unmap_view_ex_boosts_only, "UnmapViewOfFileEx with the transient boost unmaps nothing",
       PATCH(UnmapViewOfFileEx, boost_only));

static BOOL WINAPI free_placeholder(void *view, ULONG flags)
{
    return real(UnmapViewOfFileEx)(view, flags & ~2ul);
}
MUTANT(unmap_view_ex_keeps_no_placeholder, "UnmapViewOfFileEx ignores MEM_PRESERVE_PLACEHOLDER",
       PATCH(UnmapViewOfFileEx, free_placeholder));

static BOOL WINAPI unmap2_here(HANDLE process, void *view, ULONG flags)
{
    return process == GetCurrentProcess() ? real(UnmapViewOfFile2)(process, view, flags) : TRUE;
}
MUTANT(unmap_view2_ignores_other_processes, "UnmapViewOfFile2 leaves the views of other processes",
       PATCH(UnmapViewOfFile2, unmap2_here));

static BOOL WINAPI unmap2_twice(HANDLE process, void *view, ULONG flags)
{
    real(UnmapViewOfFile2)(process, view, flags);
    return TRUE;
}
MUTANT(unmap_view2_always_succeeds, "UnmapViewOfFile2 succeeds where nothing is mapped",
       PATCH(UnmapViewOfFile2, unmap2_twice));
