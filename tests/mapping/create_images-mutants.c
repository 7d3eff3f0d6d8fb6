/* Wrong behaviours, for the tests of create_images.c: CreateFileMappingFromApp,
 * CreateFileMappingNumaW and OpenFileMappingFromApp. */
#include "variants-mutants.h"

#define NOEXEC SEC_IMAGE_NO_EXECUTE /* SEC_IMAGE and one bit more */

static bool is_noexec(DWORD protect)
{
    return (protect & NOEXEC) == NOEXEC;
}

BOTH_AFTER(noexec_as_data, protect &= is_noexec(protect) ? ~(DWORD)NOEXEC : ~0u)
MUTANT(create_from_app_maps_images_as_data,
       "CreateFileMappingFromApp takes no notice of SEC_IMAGE_NO_EXECUTE",
       PATCH(CreateFileMappingFromApp, app_noexec_as_data));

static HANDLE WINAPI numa_as_data(NUMA_PARAMETERS)
{
    protect &= is_noexec(protect) ? ~0u : ~(DWORD)SEC_IMAGE;
    return NUMA;
}
MUTANT(create_numa_maps_images_as_data, "CreateFileMappingNuma takes no notice of SEC_IMAGE",
       PATCH(CreateFileMappingNumaW, numa_as_data));

MUTANT(create_numa_maps_unexecuted_images_as_data,
       "CreateFileMappingNuma takes no notice of SEC_IMAGE_NO_EXECUTE",
       PATCH(CreateFileMappingNumaW, numa_noexec_as_data));

static DWORD for_reading(DWORD protect)
{
    return is_noexec(protect) ? (protect & ~(DWORD)PAGE_READWRITE) | PAGE_READONLY : protect;
}

BOTH_AFTER(noexec_for_writing, protect = for_reading(protect))
MUTANT(create_from_app_maps_images_for_writing,
       "CreateFileMappingFromApp takes SEC_IMAGE_NO_EXECUTE with PAGE_READWRITE",
       PATCH(CreateFileMappingFromApp, app_noexec_for_writing));

MUTANT(create_numa_maps_images_for_writing,
       "CreateFileMappingNuma takes SEC_IMAGE_NO_EXECUTE with PAGE_READWRITE",
       PATCH(CreateFileMappingNumaW, numa_noexec_for_writing));

/* An image without the attributes that do not go with it. */
static DWORD image_alone(DWORD protect)
{
    return protect & SEC_IMAGE ? protect & ~(DWORD)(SEC_COMMIT | SEC_RESERVE) : protect;
}

BOTH_AFTER(image_in_company, protect = image_alone(protect))
MUTANT(create_from_app_takes_images_with_attributes,
       "CreateFileMappingFromApp takes SEC_IMAGE_NO_EXECUTE together with others",
       PATCH(CreateFileMappingFromApp, app_image_in_company));

MUTANT(create_numa_takes_images_with_attributes,
       "CreateFileMappingNuma takes SEC_IMAGE together with others",
       PATCH(CreateFileMappingNumaW, numa_image_in_company));

static HANDLE WINAPI numa_image_unprotected(NUMA_PARAMETERS)
{
    if (protect == SEC_IMAGE)
        protect |= PAGE_READONLY;
    return NUMA;
}
MUTANT(create_numa_images_need_no_protection,
       "CreateFileMappingNuma takes SEC_IMAGE without a page protection",
       PATCH(CreateFileMappingNumaW, numa_image_unprotected));

BOTH_AFTER(small_pages, protect &= ~(DWORD)SEC_LARGE_PAGES)
MUTANT(create_from_app_ignores_large_pages,
       "CreateFileMappingFromApp takes no notice of SEC_LARGE_PAGES",
       PATCH(CreateFileMappingFromApp, app_small_pages));

MUTANT(create_numa_ignores_large_pages, "CreateFileMappingNuma takes no notice of SEC_LARGE_PAGES",
       PATCH(CreateFileMappingNumaW, numa_small_pages));

/* ---- Objects for execution ---- */

#define EXECUTABLE (PAGE_EXECUTE_READ | PAGE_EXECUTE_READWRITE | PAGE_EXECUTE_WRITECOPY)

static HANDLE WINAPI numa_executes_all(NUMA_PARAMETERS)
{
    HANDLE mapping = NUMA;
    if (mapping == NULL && (protect & EXECUTABLE) && GetLastError() == ERROR_ACCESS_DENIED)
        mapping = real(CreateFileMappingW)(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1, NULL);
    return mapping;
}
MUTANT(create_numa_executes_with_any_handle,
       "CreateFileMappingNuma with a protection for execution takes any handle to the file",
       PATCH(CreateFileMappingNumaW, numa_executes_all));

static HANDLE WINAPI numa_does_not_execute(NUMA_PARAMETERS)
{
    if (protect & EXECUTABLE)
        protect = (protect & ~0xFFu) | (protect & 0xF0) >> 4;
    return NUMA;
}
MUTANT(create_numa_forgets_execution,
       "CreateFileMappingNuma takes a protection for execution for the one without",
       PATCH(CreateFileMappingNumaW, numa_does_not_execute));

static HANDLE WINAPI numa_writes(NUMA_PARAMETERS)
{
    if (protect == PAGE_EXECUTE_WRITECOPY)
        protect = PAGE_EXECUTE_READWRITE;
    return NUMA;
}
MUTANT(create_numa_writes_what_it_executes,
       "CreateFileMappingNuma takes PAGE_EXECUTE_WRITECOPY for PAGE_EXECUTE_READWRITE",
       PATCH(CreateFileMappingNumaW, numa_writes));

/* ---- What exists already ---- */

static bool exists(const WCHAR *name)
{
    DWORD error = GetLastError();
    HANDLE mapping = name ? real(OpenFileMappingW)(FILE_MAP_READ, FALSE, name) : NULL;
    if (mapping != NULL)
        real(CloseHandle)(mapping);
    SetLastError(error);
    return mapping != NULL;
}

BOTH_AFTER(opens_for_writing, protect = exists(name) ? PAGE_READWRITE : protect)
MUTANT(create_from_app_opens_for_writing,
       "CreateFileMappingFromApp gives all access to an object that exists",
       PATCH(CreateFileMappingFromApp, app_opens_for_writing));

MUTANT(create_numa_opens_for_writing,
       "CreateFileMappingNuma gives all access to an object that exists",
       PATCH(CreateFileMappingNumaW, numa_opens_for_writing));

static HANDLE WINAPI numa_whole_pages(NUMA_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && high == 0 && low == 0 && !(protect & SEC_IMAGE))
        low = size_of_file(file) & ~(page_size() - 1);
    return NUMA;
}
MUTANT(create_numa_takes_whole_pages,
       "CreateFileMappingNuma without a size leaves the last bytes of a file out",
       PATCH(CreateFileMappingNumaW, numa_whole_pages));

/* The file of the object that was made last, and whether its handle was closed. */
static HANDLE file_of_the_object;
static bool is_closed;

BOTH_AFTER(notes_file, file_of_the_object = file)

static BOOL WINAPI closes_file(HANDLE handle)
{
    is_closed |= handle != NULL && handle == file_of_the_object;
    return real(CloseHandle)(handle);
}

static void *WINAPI maps_while_open(MAP_PARAMETERS)
{
    return is_closed ? refuse(ERROR_INVALID_HANDLE) : real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(close_file_takes_the_object_of_an_app_along,
       "Nothing is mapped of CreateFileMappingFromApp's object when the file's handle is closed",
       PATCH(CreateFileMappingFromApp, app_notes_file), PATCH(CloseHandle, closes_file),
       PATCH(MapViewOfFile, maps_while_open));
MUTANT(close_file_takes_the_object_of_a_node_along,
       "Nothing is mapped of CreateFileMappingNuma's object when the file's handle is closed",
       PATCH(CreateFileMappingNumaW, numa_notes_file), PATCH(CloseHandle, closes_file),
       PATCH(MapViewOfFile, maps_while_open));

/* ---- OpenFileMappingFromApp ---- */

static bool created_without_prefix;

static HANDLE WINAPI note_name(CREATE_PARAMETERS)
{
    created_without_prefix |= name != NULL && wcschr(name, L'\\') == NULL;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}

static HANDLE WINAPI literal_local(ULONG access, BOOL inherit, const WCHAR *name)
{
    if (created_without_prefix && !wcsncmp(name, L"Local\\", 6))
        name = changed(name, name);
    return real(OpenFileMappingFromApp)(access, inherit, name);
}
MUTANT(open_from_app_takes_prefixes_literally,
       "OpenFileMappingFromApp takes Local\\ for a part of the name",
       PATCH(CreateFileMappingW, note_name), PATCH(OpenFileMappingFromApp, literal_local));

static HANDLE WINAPI literal_global(ULONG access, BOOL inherit, const WCHAR *name)
{
    if (!wcsncmp(name, L"Global\\", 7))
        name = changed(name, name);
    return real(OpenFileMappingFromApp)(access, inherit, name);
}
MUTANT(open_from_app_takes_global_literally,
       "OpenFileMappingFromApp takes Global\\ for a part of the name",
       PATCH(OpenFileMappingFromApp, literal_global));

static HANDLE WINAPI any_backslash(ULONG access, BOOL inherit, const WCHAR *name)
{
    const WCHAR *prefix = wcschr(name, L'\\');
    if (prefix != NULL && wcschr(prefix + 1, L'\\'))
        name = changed(name, prefix + 1);
    return real(OpenFileMappingFromApp)(access, inherit, name);
}
MUTANT(open_from_app_takes_backslashes,
       "OpenFileMappingFromApp takes a backslash for a character like any other",
       PATCH(OpenFileMappingFromApp, any_backslash));
