/* Wrong behaviours, for the tests of numa2.c: MapViewOfFileNuma2, UnmapViewOfFile2 and
 * GetMappedFileName. */
#include "mapping-mutants.h"

#define NUMA2_PARAMETERS                                                                 \
    HANDLE mapping, HANDLE process, ULONG64 offset, PVOID base, SIZE_T size, ULONG type, \
        ULONG protect, ULONG node
#define NUMA2(offset_, base_, size_, protect_) \
    real(MapViewOfFileNuma2)(mapping, process, (offset_), (base_), (size_), type, (protect_), node)

static PVOID WINAPI numa2_first_granule(NUMA2_PARAMETERS)
{
    return NUMA2(offset, base, size ? size : 0x10000, protect);
}
MUTANT(map_view_numa2_maps_64k_without_a_size,
       "MapViewOfFileNuma2 maps 64 KiB at most when no size is given",
       PATCH(MapViewOfFileNuma2, numa2_first_granule));

static PVOID WINAPI numa2_from_the_start(NUMA2_PARAMETERS)
{
    return NUMA2(offset % 0x10000, base, size, protect);
}
MUTANT(map_view_numa2_ignores_the_offset, "MapViewOfFileNuma2 maps from the start of the object",
       PATCH(MapViewOfFileNuma2, numa2_from_the_start));

static PVOID WINAPI numa2_whole(NUMA2_PARAMETERS)
{
    return NUMA2(offset, base, offset ? size : 0, protect);
}
MUTANT(map_view_numa2_ignores_the_size, "MapViewOfFileNuma2 maps all of the object",
       PATCH(MapViewOfFileNuma2, numa2_whole));

static PVOID WINAPI numa2_rounds(NUMA2_PARAMETERS)
{
    return NUMA2(offset & ~(ULONG64)0xFFFF, base, size, protect);
}
MUTANT(map_view_numa2_rounds_the_offset, "MapViewOfFileNuma2 rounds the offset down",
       PATCH(MapViewOfFileNuma2, numa2_rounds));

static PVOID WINAPI numa2_anywhere(NUMA2_PARAMETERS)
{
    (void)base;
    return NUMA2(offset, process == GetCurrentProcess() ? NULL : base, size, protect);
}
MUTANT(map_view_numa2_chooses_the_address,
       "MapViewOfFileNuma2 chooses the address although one is given",
       PATCH(MapViewOfFileNuma2, numa2_anywhere));

static PVOID WINAPI numa2_shares(NUMA2_PARAMETERS)
{
    return NUMA2(offset, base, size, protect == PAGE_WRITECOPY ? PAGE_READWRITE : protect);
}
MUTANT(map_view_numa2_shares_a_copy, "MapViewOfFileNuma2 takes PAGE_WRITECOPY for PAGE_READWRITE",
       PATCH(MapViewOfFileNuma2, numa2_shares));

static PVOID WINAPI numa2_protects_images(NUMA2_PARAMETERS)
{
    char *view = NUMA2(offset, base, size, protect);
    MEMORY_BASIC_INFORMATION region;
    DWORD old;
    for (char *at = view; at != NULL && real(VirtualQuery)(at, &region, sizeof(region)) &&
                          region.AllocationBase == view && region.Type == MEM_IMAGE;
         at += region.RegionSize)
        real(VirtualProtect)(at, region.RegionSize, protect, &old);
    return view;
}
MUTANT(map_view_numa2_protects_images,
       "MapViewOfFileNuma2 gives all pages of an image the protection asked for",
       PATCH(MapViewOfFileNuma2, numa2_protects_images));

static BOOL WINAPI unmap2_here_too(HANDLE process, PVOID base, ULONG flags)
{
    BOOL unmapped = real(UnmapViewOfFile2)(process, base, flags);
    if (unmapped && GetProcessId(process) != GetCurrentProcessId())
        real(UnmapViewOfFile)(base);
    return unmapped;
}
MUTANT(unmap_view2_unmaps_here_as_well,
       "UnmapViewOfFile2 unmaps what is at the address in the caller's process as well",
       PATCH(UnmapViewOfFile2, unmap2_here_too));

static BOOL WINAPI unmap2_no_boost(HANDLE process, PVOID base, ULONG flags)
{
    if (flags == MEM_UNMAP_WITH_TRANSIENT_BOOST) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    return real(UnmapViewOfFile2)(process, base, flags);
}
MUTANT(unmap_view2_refuses_a_boost, "UnmapViewOfFile2 refuses MEM_UNMAP_WITH_TRANSIENT_BOOST",
       PATCH(UnmapViewOfFile2, unmap2_no_boost));

static BOOL WINAPI unmap2_frees(HANDLE process, PVOID base, ULONG flags)
{
    BOOL unmapped = real(UnmapViewOfFile2)(process, base, flags);
    return unmapped || (process == GetCurrentProcess() && VirtualFree(base, 0, MEM_RELEASE));
}
MUTANT(unmap_view2_frees_memory, "UnmapViewOfFile2 frees memory that is no view",
       PATCH(UnmapViewOfFile2, unmap2_frees));

static BOOL WINAPI unmap2_anywhere(HANDLE process, PVOID base, ULONG flags)
{
    if (!GetProcessId(process))
        process = GetCurrentProcess();
    return real(UnmapViewOfFile2)(process, base, flags);
}
MUTANT(unmap_view2_takes_what_is_no_process,
       "UnmapViewOfFile2 takes the caller for the process when the handle is none of a process",
       PATCH(UnmapViewOfFile2, unmap2_anywhere));

static DWORD WINAPI name_here(HANDLE process, LPVOID address, LPWSTR name, DWORD room)
{
    if (process && GetProcessId(process) != GetCurrentProcessId())
        process = GetCurrentProcess();
    return real(K32GetMappedFileNameW)(process, address, name, room);
}
MUTANT(mapped_file_name_is_of_the_caller,
       "GetMappedFileName looks at the address in the caller's process",
       PATCH(K32GetMappedFileNameW, name_here));
