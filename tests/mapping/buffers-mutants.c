/* Wrong behaviours, for the tests of buffers.c: views as the buffers of ReadFile and WriteFile. */
#include "mapping-mutants.h"

#define READ_PARAMETERS HANDLE file, void *buffer, DWORD size, DWORD *got, OVERLAPPED *overlapped
#define READ_ARGUMENTS file, buffer, size, got, overlapped

/* The pages that the buffer begins with, when they are of a view that was mapped with PROTECT. */
static bool in_a_view(const void *buffer, DWORD protect)
{
    MEMORY_BASIC_INFORMATION region;
    DWORD error = GetLastError();
    bool in = real(VirtualQuery)(buffer, &region, sizeof(region)) && region.Type == MEM_MAPPED &&
              region.AllocationProtect == protect;
    SetLastError(error);
    return in;
}

static BOOL WINAPI stop_at_a_page(READ_PARAMETERS)
{
    char *end = (char *)buffer + size;
    DWORD beyond = (DWORD)((UINT_PTR)end % page_size());
    bool cut = in_a_view(buffer, PAGE_READWRITE) && beyond != 0 && beyond < size;
    DWORD here = cut ? size - beyond : size;
    BOOL read = real(ReadFile)(file, buffer, here, got, overlapped);
    if (read && cut) {
        DWORD more;
        char rest[0x1000];
        if (beyond <= sizeof(rest) && real(ReadFile)(file, rest, beyond, &more, overlapped))
            *got += more;
    }
    return read;
}
MUTANT(read_file_into_two_pages_stops,
       "ReadFile into a view says it filled what it should, and did so up to the next page",
       PATCH(ReadFile, stop_at_a_page));

/* The file behind the view that is copied: the last one that was mapped to be copied. */
static HANDLE copied;
static char *copy;

static void *WINAPI note_copy(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view != NULL && access == FILE_MAP_COPY) {
        copied = mapping;
        copy = view;
    }
    return view;
}

static BOOL WINAPI write_through(READ_PARAMETERS)
{
    BOOL read = real(ReadFile)(READ_ARGUMENTS);
    if (read && copied != NULL && in_a_view(buffer, PAGE_WRITECOPY)) {
        char *shared = real(MapViewOfFile)(copied, FILE_MAP_WRITE, 0, 0, 0);
        if (shared != NULL)
            memcpy(shared + ((char *)buffer - copy), buffer, size);
    }
    return read;
}
MUTANT(read_file_into_a_copy_writes_the_file,
       "What ReadFile reads into a copy-on-write view comes to the object as well",
       PATCH(MapViewOfFile, note_copy), PATCH(ReadFile, write_through));

static BOOL WINAPI skip_unwritable(READ_PARAMETERS)
{
    if (in_a_view(buffer, PAGE_READONLY)) {
        *got = size;
        return TRUE;
    }
    return real(ReadFile)(READ_ARGUMENTS);
}
MUTANT(read_file_into_a_view_for_reading_succeeds,
       "ReadFile into a view for reading succeeds and reads nothing",
       PATCH(ReadFile, skip_unwritable));

static BOOL WINAPI open_pages(HANDLE file, const void *buffer, DWORD size, DWORD *written,
                              OVERLAPPED *overlapped)
{
    MEMORY_BASIC_INFORMATION region;
    DWORD old;
    if (real(VirtualQuery)(buffer, &region, sizeof(region)) && region.Type == MEM_MAPPED &&
        region.Protect == PAGE_NOACCESS)
        real(VirtualProtect)(region.BaseAddress, page_size(), PAGE_READONLY, &old);
    return real(WriteFile)(file, buffer, size, written, overlapped);
}
MUTANT(write_file_opens_pages, "WriteFile reads its buffer from pages that have no access",
       PATCH(WriteFile, open_pages));

static BOOL WINAPI write_the_object(HANDLE file, const void *buffer, DWORD size, DWORD *written,
                                    OVERLAPPED *overlapped)
{
    char *shared = copied != NULL && in_a_view(buffer, PAGE_WRITECOPY)
                       ? real(MapViewOfFile)(copied, FILE_MAP_READ, 0, 0, 0)
                       : NULL;
    if (shared != NULL)
        buffer = shared + ((const char *)buffer - copy);
    return real(WriteFile)(file, buffer, size, written, overlapped);
}
MUTANT(write_file_from_a_copy_writes_the_object,
       "WriteFile from a copy-on-write view writes what the object holds",
       PATCH(MapViewOfFile, note_copy), PATCH(WriteFile, write_the_object));
