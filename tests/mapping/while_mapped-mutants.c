/* Wrong behaviours, for the tests of while_mapped.c: what can be done to a file while it is
 * mapped: opening, truncating, deleting it. */
#include "mapping-mutants.h"

static void *nothing(DWORD error)
{
    SetLastError(error);
    return INVALID_HANDLE_VALUE;
}

#define ROOM 8
static struct object {
    HANDLE mapping;
    void *view;
    bool writable, cut;
} objects[ROOM];
static HANDLE last_file;

static HANDLE WINAPI note_object(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    for (int i = 0; mapping != NULL && file != INVALID_HANDLE_VALUE && i < ROOM; i++) {
        if (objects[i].mapping == NULL && objects[i].view == NULL) {
            objects[i] = (struct object){.mapping = mapping, .writable = protect == PAGE_READWRITE};
            last_file = file;
            break;
        }
    }
    SetLastError(error);
    return mapping;
}

static void *WINAPI note_view(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    for (int i = 0; i < ROOM; i++)
        if (objects[i].mapping == mapping)
            objects[i].view = view;
    return view;
}

static BOOL WINAPI forget_view(const void *view)
{
    for (int i = 0; i < ROOM; i++)
        if (objects[i].view == view)
            objects[i].view = NULL;
    return real(UnmapViewOfFile)(view);
}

static BOOL WINAPI forget_mapping(HANDLE handle)
{
    for (int i = 0; i < ROOM; i++)
        if (objects[i].mapping == handle)
            objects[i].mapping = NULL;
    return real(CloseHandle)(handle);
}

#define NOTING                                                               \
    PATCH(CreateFileMappingW, note_object), PATCH(MapViewOfFile, note_view), \
        PATCH(UnmapViewOfFile, forget_view), PATCH(CloseHandle, forget_mapping)
#define CREATE_FILE_PARAMETERS                                                   \
    const WCHAR *path, DWORD access, DWORD share, SECURITY_ATTRIBUTES *security, \
        DWORD disposition, DWORD flags, HANDLE like
#define CREATE_FILE_ARGUMENTS path, access, share, security, disposition, flags, like

static HANDLE WINAPI share_write(CREATE_FILE_PARAMETERS)
{
    HANDLE file = real(CreateFileW)(CREATE_FILE_ARGUMENTS);
    if (file == INVALID_HANDLE_VALUE && GetLastError() == ERROR_SHARING_VIOLATION &&
        disposition == OPEN_EXISTING &&
        share != (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE))
        file = real(CreateFileW)(path, access, share | FILE_SHARE_WRITE, security, disposition,
                                 flags, like);
    return file;
}
MUTANT(create_file_ignores_writable_mappings,
       "CreateFile need not share writing while there is a mapping with write access",
       PATCH(CreateFileW, share_write));

static HANDLE WINAPI refuse_mapped(CREATE_FILE_PARAMETERS)
{
    for (int i = 0; i < ROOM; i++)
        if (objects[i].mapping != NULL && !objects[i].writable && disposition == OPEN_EXISTING &&
            (access & GENERIC_READ) && !(share & FILE_SHARE_WRITE))
            return nothing(ERROR_SHARING_VIOLATION);
    return real(CreateFileW)(CREATE_FILE_ARGUMENTS);
}
MUTANT(create_file_minds_all_mappings,
       "CreateFile must share writing even when the file is mapped for reading only",
       PATCH(CreateFileW, refuse_mapped), NOTING);

static HANDLE WINAPI refuse_writable(CREATE_FILE_PARAMETERS)
{
    for (int i = 0; i < ROOM; i++)
        if (objects[i].mapping != NULL && objects[i].writable && disposition == OPEN_EXISTING &&
            objects[i].view == NULL && (share & FILE_SHARE_WRITE) && flags == 0)
            return nothing(ERROR_SHARING_VIOLATION);
    return real(CreateFileW)(CREATE_FILE_ARGUMENTS);
}
MUTANT(create_file_is_kept_out_by_mappings,
       "CreateFile fails while a mapping with write access is all that holds the file",
       PATCH(CreateFileW, refuse_writable), NOTING);

static HANDLE WINAPI remember_share(CREATE_FILE_PARAMETERS)
{
    static bool exclusive;
    if (exclusive && disposition == OPEN_EXISTING)
        return nothing(ERROR_SHARING_VIOLATION);
    exclusive = exclusive || (share == 0 && access == GENERIC_READ);
    return real(CreateFileW)(CREATE_FILE_ARGUMENTS);
}
MUTANT(create_file_keeps_the_share_mode,
       "The share mode of a file opened for itself to read stays when its handle is closed",
       PATCH(CreateFileW, remember_share));

static HANDLE WINAPI overwrite(CREATE_FILE_PARAMETERS)
{
    HANDLE file = real(CreateFileW)(CREATE_FILE_ARGUMENTS);
    if (file == INVALID_HANDLE_VALUE && GetLastError() == ERROR_USER_MAPPED_FILE)
        file = real(CreateFileW)(path, access, share, security, OPEN_EXISTING, flags, like);
    return file;
}
MUTANT(create_file_overwrites_mapped_files,
       "CreateFile opens a mapped file that it cannot overwrite", PATCH(CreateFileW, overwrite));

static HANDLE WINAPI refuse_deletion(CREATE_FILE_PARAMETERS)
{
    if ((flags & FILE_FLAG_DELETE_ON_CLOSE) && disposition == OPEN_EXISTING)
        for (int i = 0; i < ROOM; i++)
            if (objects[i].view != NULL)
                return nothing(ERROR_ACCESS_DENIED);
    return real(CreateFileW)(CREATE_FILE_ARGUMENTS);
}
MUTANT(create_file_deletes_no_mapped_file, "FILE_FLAG_DELETE_ON_CLOSE fails on a mapped file",
       PATCH(CreateFileW, refuse_deletion), NOTING);

static HANDLE unbuffered;

static HANDLE WINAPI note_unbuffered(CREATE_FILE_PARAMETERS)
{
    HANDLE file = real(CreateFileW)(CREATE_FILE_ARGUMENTS);
    if (flags & FILE_FLAG_NO_BUFFERING)
        unbuffered = file;
    return file;
}

static HANDLE WINAPI refuse_unbuffered(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && file == unbuffered)
        return refuse(ERROR_INVALID_PARAMETER);
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_wants_a_buffered_file,
       "CreateFileMapping refuses a file that was opened with FILE_FLAG_NO_BUFFERING",
       PATCH(CreateFileW, note_unbuffered), PATCH(CreateFileMappingW, refuse_unbuffered));

static BOOL set_end(bool when)
{
    BOOL set = real(SetEndOfFile)(last_file);
    if (!set && GetLastError() == ERROR_USER_MAPPED_FILE && when)
        return TRUE;
    return set;
}

static BOOL WINAPI cut_with_both(HANDLE file)
{
    return file == last_file ? set_end(objects[0].mapping && objects[0].view)
                             : real(SetEndOfFile)(file);
}
MUTANT(set_end_of_file_pretends, "SetEndOfFile pretends to truncate a file with mapping and view",
       PATCH(SetEndOfFile, cut_with_both), NOTING);

static BOOL WINAPI cut_with_mapping(HANDLE file)
{
    return file == last_file ? set_end(!objects[0].view) : real(SetEndOfFile)(file);
}
MUTANT(set_end_of_file_minds_views_only,
       "SetEndOfFile pretends to truncate a file of which there is a mapping but no view",
       PATCH(SetEndOfFile, cut_with_mapping), NOTING);

static BOOL WINAPI cut_with_view(HANDLE file)
{
    return file == last_file ? set_end(!objects[0].mapping) : real(SetEndOfFile)(file);
}
MUTANT(set_end_of_file_minds_mappings_only,
       "SetEndOfFile pretends to truncate a file of which there is a view but no mapping",
       PATCH(SetEndOfFile, cut_with_view), NOTING);

static BOOL WINAPI cut_for_others(HANDLE file)
{
    return file == last_file ? set_end(!objects[0].mapping && !objects[0].view)
                             : real(SetEndOfFile)(file);
}
MUTANT(set_end_of_file_minds_its_own_process_only,
       "SetEndOfFile pretends to truncate a file that only another process has mapped",
       PATCH(SetEndOfFile, cut_for_others), NOTING);

static BOOL WINAPI remember_mapped(HANDLE file)
{
    if (file == last_file && !objects[0].mapping && !objects[0].view) {
        SetLastError(ERROR_USER_MAPPED_FILE);
        return FALSE;
    }
    return real(SetEndOfFile)(file);
}
MUTANT(set_end_of_file_remembers_mappings,
       "SetEndOfFile fails on a file that was mapped and is no more",
       PATCH(SetEndOfFile, remember_mapped), NOTING);

static DWORD WINAPI low_size(HANDLE file, DWORD *high)
{
    DWORD low = real(GetFileSize)(file, high);
    if (high != NULL)
        *high = 0;
    return low;
}
MUTANT(get_file_size_has_no_high_half, "GetFileSize gives the high half as 0",
       PATCH(GetFileSize, low_size));

static BOOL WINAPI set_no_time(HANDLE file, const FILETIME *created, const FILETIME *accessed,
                               const FILETIME *written)
{
    return real(SetFileTime)(file, created, accessed, file == last_file ? NULL : written);
}
MUTANT(set_file_time_of_a_mapped_file_is_lost,
       "SetFileTime does not set the time of the last write of a file that was mapped",
       PATCH(SetFileTime, set_no_time), NOTING);

static BOOL WINAPI refuse_buffers(HANDLE file)
{
    if (file == last_file) {
        SetLastError(ERROR_USER_MAPPED_FILE);
        return FALSE;
    }
    return real(FlushFileBuffers)(file);
}
MUTANT(flush_file_refuses_mapped_files, "FlushFileBuffers fails on a file that is mapped",
       PATCH(FlushFileBuffers, refuse_buffers), NOTING);

/* A view of a part of a file is private here, and FlushViewOfFile writes it to the wrong place. */
static void *part;
static DWORD part_offset;

static void *WINAPI map_part(MAP_PARAMETERS)
{
    if (low == 0 || !(access & FILE_MAP_WRITE))
        return note_view(MAP_ARGUMENTS);
    part_offset = low;
    return part = real(MapViewOfFile)(mapping, FILE_MAP_COPY, high, low, size);
}

static BOOL WINAPI flush_part(const void *address, SIZE_T size)
{
    BOOL flushed = real(FlushViewOfFile)(address, size);
    if (part != NULL && (char *)address >= (char *)part &&
        (char *)address < (char *)part + granularity()) {
        OVERLAPPED at = {.Offset = (DWORD)((char *)address - (char *)part)};
        DWORD done;
        real(WriteFile)(last_file, address, (DWORD)size, &done, &at);
    }
    return flushed;
}
MUTANT(flush_view_ignores_the_offset,
       "FlushViewOfFile writes a view of a part to the beginning of the file",
       PATCH(CreateFileMappingW, note_object), PATCH(MapViewOfFile, map_part),
       PATCH(FlushViewOfFile, flush_part));

/* The process did not create the object: what it writes stays with it, flushed or not. */
static void *WINAPI keep_foreign(MAP_PARAMETERS)
{
    for (int i = 0; i < ROOM; i++)
        if (objects[i].mapping == mapping)
            return note_view(MAP_ARGUMENTS);
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    MEMORY_BASIC_INFORMATION region;
    if (view != NULL && access == (FILE_MAP_READ | FILE_MAP_WRITE) &&
        real(VirtualQuery)(view, &region, sizeof(region)) && region.RegionSize == 2 * page_size()) {
        real(UnmapViewOfFile)(view);
        view = real(MapViewOfFile)(mapping, FILE_MAP_COPY, high, low, size);
    }
    return view;
}
MUTANT(killed_process_loses_its_writes,
       "What a process wrote to two pages of another's file is lost when it is killed",
       PATCH(CreateFileMappingW, note_object), PATCH(MapViewOfFile, keep_foreign));

static BOOL WINAPI close_ends_views(HANDLE handle)
{
    for (int i = 0; i < ROOM; i++) {
        if (handle == last_file && objects[i].mapping == NULL && objects[i].view != NULL) {
            DWORD old;
            real(VirtualProtect)(objects[i].view, 1, PAGE_NOACCESS, &old);
        }
    }
    return forget_mapping(handle);
}
MUTANT(close_file_after_the_mapping_ends_views,
       "Views end when the file is closed after the mapping",
       PATCH(CreateFileMappingW, note_object), PATCH(MapViewOfFile, note_view),
       PATCH(UnmapViewOfFile, forget_view), PATCH(CloseHandle, close_ends_views));
