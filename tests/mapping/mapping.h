/*
 * mapping.h - set-up for the tests of file mappings.
 *
 * Words, here and in the tests: an *object* is what CreateFileMapping creates, backed by a file or
 * by the page file; a *mapping* is a handle to it; a *view* is the memory that MapViewOfFile gives.
 *
 * A test leaves what it does not care about to the end of its process: it closes and unmaps only
 * where closing and unmapping are part of what it shows.
 */
#ifndef MAPPING_H
#define MAPPING_H

#include "cts.h"

/* The everyday access of a view. FILE_MAP_ALL_ACCESS is left to the tests that are about it. */
#define READ_WRITE (FILE_MAP_READ | FILE_MAP_WRITE)

static inline DWORD page_size(void)
{
    SYSTEM_INFO info;
    GetSystemInfo(&info);
    return info.dwPageSize;
}

/* What the offset and the address of a view are multiples of. */
static inline DWORD granularity(void)
{
    SYSTEM_INFO info;
    GetSystemInfo(&info);
    return info.dwAllocationGranularity;
}

/* ---- Objects and views --------------------------------------------------------------------- */

/* An object of the page file without a name. */
static inline HANDLE page_file_mapping(DWORD protect, DWORD size)
{
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, protect, 0, size, NULL);
    require(mapping != NULL);
    return mapping;
}

/* A new read/write object of the page file with a name. */
static inline HANDLE named_mapping(const WCHAR *name, DWORD size)
{
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, size, name);
    require(mapping != NULL && GetLastError() != ERROR_ALREADY_EXISTS);
    return mapping;
}

/* An object of all of a file, without a name. */
static inline HANDLE file_mapping(HANDLE file, DWORD protect)
{
    HANDLE mapping = CreateFileMappingW(file, NULL, protect, 0, 0, NULL);
    require(mapping != NULL);
    return mapping;
}

/* A test that uses a closed handle is done again when it is surprised: another thread of the
 * process (injected by a virus scanner, say) may have got the value in between. */
#define CLOSED_HANDLES 3

/* Closes a handle and returns its value. */
static inline HANDLE closed(HANDLE handle)
{
    require(CloseHandle(handle));
    return handle;
}

/* A view of all of the object. */
static inline void *map_view(HANDLE mapping, DWORD access)
{
    void *view = MapViewOfFile(mapping, access, 0, 0, 0);
    require(view != NULL);
    return view;
}

static inline void unmap_view(const void *view)
{
    require(UnmapViewOfFile(view));
}

/* What VirtualQuery says of the pages from ADDRESS on that are alike. */
static inline MEMORY_BASIC_INFORMATION region_at(const void *address)
{
    MEMORY_BASIC_INFORMATION region;
    require(VirtualQuery(address, &region, sizeof(region)) == sizeof(region));
    return region;
}

/*
 * An address from which SIZE bytes are free, and stay so. Other threads of the process (the loader
 * of Windows 10 keeps some, programs that watch others add theirs) may allocate at any time, but
 * they get addresses at an end of what is free, and this is the middle of much more.
 */
static inline char *free_range(SIZE_T size)
{
    const SIZE_T margin = 32 << 20;
    char *range = VirtualAlloc(NULL, margin + size + margin, MEM_RESERVE, PAGE_NOACCESS);
    require(range != NULL);
    require(VirtualFree(range, 0, MEM_RELEASE));
    return range + margin;
}

/* A view of all of the object at an address where nothing else will be when it is unmapped. Another
 * thread may have taken the address before the view could. */
static inline void *map_view_apart(HANDLE mapping, DWORD access)
{
    void *view = NULL;
    for (int tries = 0; tries < 3 && view == NULL; tries++)
        view = MapViewOfFileEx(mapping, access, 0, 0, 0, free_range(granularity()));
    require(view != NULL);
    return view;
}

/* ---- Files --------------------------------------------------------------------------------- */

/* Opens a file so that others may do with it what they like. */
static inline HANDLE open_file(const WCHAR *path, DWORD access)
{
    HANDLE file = CreateFileW(path, access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                              NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    require(file != INVALID_HANDLE_VALUE);
    return file;
}

/* A new file for reading and writing that holds the first SIZE bytes of the pattern. */
static inline HANDLE create_file(const WCHAR *path, DWORD size)
{
    HANDLE file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE,
                              FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
    require(file != INVALID_HANDLE_VALUE);
    for (DWORD done = 0; done < size;) {
        char bytes[0x1000];
        DWORD some = size - done < sizeof(bytes) ? size - done : sizeof(bytes);
        pattern_fill(bytes, some, done);
        require(WriteFile(file, bytes, some, &some, NULL));
        done += some;
    }
    return file;
}

/*
 * Waits until nobody has the file open: what has just been written is opened by virus scanners and
 * indexers for a moment, which an opening that shares nothing does not survive.
 */
static inline void wait_until_unused(const WCHAR *path)
{
    HANDLE file;
    ULONGLONG start = GetTickCount64();
    do {
        file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    } while (file == INVALID_HANDLE_VALUE && GetLastError() == ERROR_SHARING_VIOLATION &&
             GetTickCount64() - start < step_limit() &&
             WaitForSingleObject(GetCurrentProcess(), 1) == WAIT_TIMEOUT);
    require(file != INVALID_HANDLE_VALUE);
    close_handle(&file);
}

/* Writes a program that does nothing to a new file. */
static inline void create_program(const WCHAR *path)
{
    HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
    require(file != INVALID_HANDLE_VALUE);
    DWORD size, written;
    const void *bytes = program_bytes(&size);
    require(WriteFile(file, bytes, size, &written, NULL) && written == size);
    close_handle(&file);
    wait_until_unused(path);
}

static inline uint64_t size_of_file(HANDLE file)
{
    LARGE_INTEGER size;
    require(GetFileSizeEx(file, &size));
    return size.QuadPart;
}

/* Reads SIZE bytes of the file from OFFSET on through ReadFile. */
static inline void read_file(HANDLE file, DWORD offset, void *buffer, DWORD size)
{
    OVERLAPPED from = {.Offset = offset};
    DWORD got;
    require(ReadFile(file, buffer, size, &got, &from) && got == size);
}

#endif
