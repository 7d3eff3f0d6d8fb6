/* Wrong behaviours, for the tests of size.c: sizes that CreateFileMappingW is given: odd ones,
 * huge ones, and ones beyond the end of a file. */
#include "mapping-mutants.h"

static uint64_t whole_size_of_file(HANDLE file)
{
    LARGE_INTEGER size;
    return real(GetFileSizeEx)(file, &size) ? (uint64_t)size.QuadPart : 0;
}

static uint64_t size_given(DWORD high, DWORD low)
{
    return (uint64_t)high << 32 | low;
}

static HANDLE WINAPI refuse_empty(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && whole_size_of_file(file) == 0 &&
        real(GetFileType)(file) == FILE_TYPE_DISK)
        return refuse(ERROR_FILE_INVALID);
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_never_extends_an_empty_file,
       "CreateFileMapping refuses an empty file even when a size is given",
       PATCH(CreateFileMappingW, refuse_empty));

static void extend(HANDLE file, uint64_t size)
{
    real(SetFilePointerEx)(file, (LARGE_INTEGER){.QuadPart = (LONGLONG)size}, NULL, FILE_BEGIN);
    real(SetEndOfFile)(file);
}

static HANDLE WINAPI extend_for_reading(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && !is_writable(protect) && high == 0 &&
        low > whole_size_of_file(file))
        extend(file, low);
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_extends_for_reading,
       "CreateFileMapping extends the file even when the page protection does not allow writing",
       PATCH(CreateFileMappingW, extend_for_reading));

static HANDLE WINAPI never_extend_executable(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && protect == PAGE_EXECUTE_READWRITE &&
        low > whole_size_of_file(file))
        low = 0;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_for_execution_never_extends,
       "CreateFileMapping with PAGE_EXECUTE_READWRITE maps the file as it is",
       PATCH(CreateFileMappingW, never_extend_executable));

static HANDLE extended_mapping, extended_file;
static uint64_t size_before;

static HANDLE WINAPI note_extension(CREATE_PARAMETERS)
{
    uint64_t before = file != INVALID_HANDLE_VALUE ? whole_size_of_file(file) : 0;
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping != NULL && before != 0 && whole_size_of_file(file) > before) {
        extended_mapping = mapping;
        extended_file = file;
        size_before = before;
    }
    return mapping;
}

static BOOL WINAPI cut_on_close(HANDLE handle)
{
    BOOL closed = real(CloseHandle)(handle);
    if (handle == extended_mapping)
        extend(extended_file, size_before);
    return closed;
}
MUTANT(close_mapping_cuts_the_file,
       "A file that CreateFileMapping extended shrinks again when the object is closed",
       PATCH(CreateFileMappingW, note_extension), PATCH(CloseHandle, cut_on_close));

static HANDLE WINAPI map_what_there_is(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping != NULL || file == INVALID_HANDLE_VALUE || high < 0x10000 || !is_writable(protect))
        return mapping;
    return real(CreateFileMappingW)(file, security, protect, 0, 0, name);
}
MUTANT(create_mapping_without_room_maps_what_there_is,
       "CreateFileMapping maps the file as it is when it cannot be extended",
       PATCH(CreateFileMappingW, map_what_there_is));

static HANDLE WINAPI round_down(CREATE_PARAMETERS)
{
    if (file == INVALID_HANDLE_VALUE && high == 0 && low > page_size())
        low = low / page_size() * page_size();
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_rounds_down_to_pages,
       "An object of the page file has only the whole pages of its size",
       PATCH(CreateFileMappingW, round_down));

static HANDLE WINAPI extend_to_pages(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && is_writable(protect) && high == 0 &&
        low > whole_size_of_file(file))
        low = (low + page_size() - 1) / page_size() * page_size();
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_extends_to_whole_pages,
       "CreateFileMapping extends a file to a whole number of pages",
       PATCH(CreateFileMappingW, extend_to_pages));

static HANDLE WINAPI ignore_high(CREATE_PARAMETERS)
{
    if (high < 0x10000 && low != 0)
        high = 0;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_ignores_the_high_half,
       "CreateFileMapping takes only the lower half of a size",
       PATCH(CreateFileMappingW, ignore_high));

static HANDLE WINAPI end_at_4_gib(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && high == 0 && low == 0 &&
        whole_size_of_file(file) > MAXDWORD)
        low = (DWORD)whole_size_of_file(file);
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_ends_at_4_gib,
       "CreateFileMapping takes only the lower half of the size of a file",
       PATCH(CreateFileMappingW, end_at_4_gib));

static HANDLE WINAPI promise_too_much(CREATE_PARAMETERS)
{
    if (file == INVALID_HANDLE_VALUE && high >= 0x10000 && !(protect & SEC_RESERVE))
        high = 0, low = page_size();
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_promises_too_much,
       "CreateFileMapping creates objects that are larger than what can be committed",
       PATCH(CreateFileMappingW, promise_too_much));

static HANDLE WINAPI count_reserved(CREATE_PARAMETERS)
{
    MEMORYSTATUSEX memory = {.dwLength = sizeof(memory)};
    GlobalMemoryStatusEx(&memory);
    if (file == INVALID_HANDLE_VALUE && size_given(high, low) > memory.ullTotalPageFile)
        return refuse(ERROR_COMMITMENT_LIMIT);
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_counts_reserved_pages,
       "CreateFileMapping refuses to reserve more pages than can be committed",
       PATCH(CreateFileMappingW, count_reserved));

static HANDLE noted_mapping, noted_file;
static DWORD noted_protect;

static HANDLE WINAPI note_file(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping != NULL && file != INVALID_HANDLE_VALUE && high == 0 && low == 0) {
        noted_mapping = mapping;
        noted_file = file;
        noted_protect = protect;
    }
    return mapping;
}

static void *WINAPI map_the_file_as_it_is(MAP_PARAMETERS)
{
    if (mapping == NULL || mapping != noted_mapping)
        return real(MapViewOfFile)(MAP_ARGUMENTS);
    HANDLE now = real(CreateFileMappingW)(noted_file, NULL, noted_protect, 0, 0, NULL);
    void *view = real(MapViewOfFile)(now != NULL ? now : mapping, access, high, low, size);
    DWORD error = GetLastError();
    if (now != NULL)
        real(CloseHandle)(now);
    SetLastError(error);
    return view;
}
MUTANT(map_view_looks_at_the_size_of_the_file,
       "An object that was created with size zero always has the size that the file has",
       PATCH(CreateFileMappingW, note_file), PATCH(MapViewOfFile, map_the_file_as_it_is));
