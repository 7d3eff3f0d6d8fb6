/* Wrong behaviours of CloseHandle and UnmapViewOfFile, for the tests of afterwards.c. */
#include "mapping-mutants.h"

/* The view at an offset that was mapped last, and its object. */
static HANDLE object_of_the_part;
static char *part;

static void *WINAPI note_part(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view != NULL && (high | low) && size != 0) {
        object_of_the_part = mapping;
        part = view;
    }
    return view;
}

/* From then on it shows the beginning of the object. */
static BOOL WINAPI close_moves_part(HANDLE handle)
{
    MEMORY_BASIC_INFORMATION region;
    if (handle != NULL && handle == object_of_the_part &&
        real(VirtualQuery)(part, &region, sizeof(region)) && region.Protect == PAGE_READWRITE) {
        void *from = real(MapViewOfFile)(handle, FILE_MAP_READ, 0, 0, page_size());
        if (from != NULL) {
            memmove(part, from, page_size());
            real(UnmapViewOfFile)(from);
        }
        object_of_the_part = NULL;
    }
    return real(CloseHandle)(handle);
}
MUTANT(close_mapping_moves_parts_to_the_beginning,
       "CloseHandle on a mapping makes a view at an offset show the beginning of the object",
       PATCH(MapViewOfFile, note_part), PATCH(CloseHandle, close_moves_part));

static unsigned closed;

static BOOL WINAPI count_closed(HANDLE handle)
{
    closed++;
    return real(CloseHandle)(handle);
}

static HANDLE WINAPI forget_after_many(OPEN_PARAMETERS)
{
    if (closed > 0xFF)
        return refuse(ERROR_FILE_NOT_FOUND);
    return real(OpenFileMappingW)(access, inherit, name);
}
MUTANT(close_mapping_counts_in_eight_bits,
       "A name is gone when 256 handles have been closed, although there are more",
       PATCH(CloseHandle, count_closed), PATCH(OpenFileMappingW, forget_after_many));

/* The view that MapViewOfFile3 has mapped of an object, a copy at last. */
static HANDLE object_of_the_view;
static char *view3;

static void *WINAPI note_view3(HANDLE mapping, HANDLE process, void *base, ULONG64 offset,
                               SIZE_T size, ULONG type, ULONG protection,
                               MEM_EXTENDED_PARAMETER *parameters, ULONG count)
{
    void *view = real(MapViewOfFile3)(mapping, process, base, offset, size, type, protection,
                                      parameters, count);
    if (view != NULL && process == GetCurrentProcess() && protection == PAGE_READWRITE) {
        object_of_the_view = mapping;
        view3 = view;
    }
    return view;
}

static BOOL WINAPI close_makes_copy(HANDLE handle)
{
    DWORD old;
    if (handle != NULL && handle == object_of_the_view) {
        real(VirtualProtect)(view3, page_size(), PAGE_NOACCESS, &old);
        real(VirtualProtect)(view3 + page_size(), page_size(), PAGE_NOACCESS, &old);
        object_of_the_view = NULL;
    }
    return real(CloseHandle)(handle);
}
MUTANT(close_mapping_takes_view3_along,
       "CloseHandle on a mapping takes the access to a view of MapViewOfFile3 away",
       PATCH(MapViewOfFile3, note_view3), PATCH(CloseHandle, close_makes_copy));

/* What the first object of a file showed, for the next one, when the file was written to since. */
static HANDLE first_object;
static bool is_written;

static HANDLE WINAPI shows_first(CREATE_PARAMETERS)
{
    if (is_written && first_object != NULL && file != INVALID_HANDLE_VALUE)
        return first_object;
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    if (mapping != NULL && file != INVALID_HANDLE_VALUE && (protect & 0xFF) == PAGE_READONLY &&
        !(protect & SEC_IMAGE) && size_of_file(file) < 1 << 20)
        first_object = copy_of(mapping);
    SetLastError(error);
    return mapping;
}

static BOOL WINAPI note_write(HANDLE file, const void *bytes, DWORD size, DWORD *count,
                              OVERLAPPED *overlapped)
{
    is_written |= first_object != NULL && size != 0;
    return real(WriteFile)(file, bytes, size, count, overlapped);
}
MUTANT(create_mapping_shows_the_file_as_it_was,
       "A new object of a file does not show what WriteFile has written since the last one",
       PATCH(CreateFileMappingW, shows_first), PATCH(WriteFile, note_write));

static void *WINAPI tenth_is_copy(MAP_PARAMETERS)
{
    static int views;
    bool tenth = ++views == 10 && (access & FILE_MAP_WRITE);
    return real(MapViewOfFile)(mapping, tenth ? FILE_MAP_COPY : access, high, low, size);
}
MUTANT(map_view_tenth_is_a_copy, "What is written to the tenth view of a process is lost",
       PATCH(MapViewOfFile, tenth_is_copy));
