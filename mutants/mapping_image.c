/* Wrong behaviours of copy-on-write pages, and of DeleteFile on the files of images. */
#include "mapping.h"

/* Pages that a process gets a copy of when it writes to them. */
static bool is_private(const void *address)
{
    MEMORY_BASIC_INFORMATION region;
    return real.VirtualQuery(address, &region, sizeof(region)) &&
           (region.AllocationProtect & (PAGE_WRITECOPY | PAGE_EXECUTE_WRITECOPY));
}

static bool is_image(const void *address)
{
    MEMORY_BASIC_INFORMATION region;
    return real.VirtualQuery(address, &region, sizeof(region)) && region.Type == MEM_IMAGE;
}

/* ---- Pages ---------------------------------------------------------------------------------- */

static SIZE_T WINAPI query_forgets(const void *address, MEMORY_BASIC_INFORMATION *region,
                                   SIZE_T size)
{
    SIZE_T got = real.VirtualQuery(address, region, size);
    if (got != 0 && (region->Protect & (PAGE_READWRITE | PAGE_EXECUTE_READWRITE)) &&
        is_private(address))
        region->Protect <<= 1;
    return got;
}
MUTANT(virtual_query_forgets_that_copies_were_written,
       "VirtualQuery goes on calling copy on write what was written to",
       PATCH(VirtualQuery, query_forgets));

static BOOL WINAPI protect_forgets(void *address, SIZE_T size, DWORD wanted, DWORD *old)
{
    BOOL set = real.VirtualProtect(address, size, wanted, old);
    if (set && (*old & (PAGE_READWRITE | PAGE_EXECUTE_READWRITE)) && is_private(address))
        *old <<= 1;
    return set;
}
MUTANT(virtual_protect_forgets_that_copies_were_written,
       "VirtualProtect tells copy on write as the old protection of what was written to",
       PATCH(VirtualProtect, protect_forgets));

static BOOL WINAPI protect_infects(void *address, SIZE_T size, DWORD wanted, DWORD *old)
{
    BOOL set = real.VirtualProtect(address, size, wanted, old);
    const char *page_before = (const char *)address - page_size();
    if (set && (*old & (PAGE_WRITECOPY | PAGE_EXECUTE_WRITECOPY)) && is_private(page_before) &&
        *page_before == '!')
        *old >>= 1;
    return set;
}
MUTANT(virtual_protect_takes_the_next_page_for_written,
       "VirtualProtect tells read and write as the old protection of the page after a written one",
       PATCH(VirtualProtect, protect_infects));

static BOOL WINAPI protect_restores(void *address, SIZE_T size, DWORD wanted, DWORD *old)
{
    BOOL set = real.VirtualProtect(address, size, wanted, old);
    if (set && (wanted & (PAGE_WRITECOPY | PAGE_READWRITE)) && is_image(address))
        *(char *)address = 0;
    return set;
}
MUTANT(virtual_protect_brings_image_pages_back,
       "A page of an image is what it was in the file when it is made writable again",
       PATCH(VirtualProtect, protect_restores));

static HANDLE last_object;
static void *last_view;

static void *WINAPI share_copies(MAP_PARAMETERS)
{
    if (mapping == last_object && last_view != NULL)
        return last_view;
    void *view = real.MapViewOfFile(MAP_ARGUMENTS);
    if (view != NULL && is_private(view)) {
        last_object = mapping;
        last_view = view;
    }
    return view;
}

static BOOL WINAPI forget_view(const void *view)
{
    last_view = NULL;
    return real.UnmapViewOfFile(view);
}
MUTANT(map_view_gives_one_copy, "Further views of an object after a private one are that one again",
       PATCH(MapViewOfFile, share_copies), PATCH(UnmapViewOfFile, forget_view));

/* ---- Files ---------------------------------------------------------------------------------- */

static bool made_image, started;

static HANDLE WINAPI note_image(CREATE_PARAMETERS)
{
    made_image |= (protect & SEC_IMAGE) != 0;
    return real.CreateFileMappingW(CREATE_ARGUMENTS);
}

static BOOL WINAPI note_program(const WCHAR *application, WCHAR *command,
                                SECURITY_ATTRIBUTES *process, SECURITY_ATTRIBUTES *thread,
                                BOOL inherit, DWORD flags, void *environment,
                                const WCHAR *directory, STARTUPINFOW *startup,
                                PROCESS_INFORMATION *info)
{
    started |= application != NULL;
    return real.CreateProcessW(application, command, process, thread, inherit, flags, environment,
                               directory, startup, info);
}

static BOOL WINAPI delete_image(const WCHAR *path)
{
    BOOL deleted = real.DeleteFileW(path);
    return deleted || (made_image && GetLastError() == ERROR_ACCESS_DENIED);
}
MUTANT(delete_file_pretends_for_images,
       "DeleteFile succeeds, without effect, on a file that is mapped as an image",
       PATCH(CreateFileMappingW, note_image), PATCH(DeleteFileW, delete_image));

static BOOL WINAPI delete_program(const WCHAR *path)
{
    BOOL deleted = real.DeleteFileW(path);
    return deleted || (started && GetLastError() == ERROR_ACCESS_DENIED);
}
MUTANT(delete_file_pretends_for_programs,
       "DeleteFile succeeds, without effect, on the file of a program that runs",
       PATCH(CreateProcessW, note_program), PATCH(DeleteFileW, delete_program));

static BOOL WINAPI keep_image(const WCHAR *path)
{
    static bool refused;
    if (refused) {
        SetLastError(ERROR_ACCESS_DENIED);
        return FALSE;
    }
    BOOL deleted = real.DeleteFileW(path);
    refused = !deleted && GetLastError() == ERROR_ACCESS_DENIED;
    return deleted;
}
MUTANT(delete_file_never_lets_go_of_images,
       "DeleteFile goes on failing when the last view of an image is unmapped",
       PATCH(DeleteFileW, keep_image));

static BOOL WINAPI keep_program(const WCHAR *path)
{
    if (started) {
        SetLastError(ERROR_ACCESS_DENIED);
        return FALSE;
    }
    return real.DeleteFileW(path);
}
MUTANT(delete_file_never_lets_go_of_programs, "DeleteFile fails on a program that has run",
       PATCH(CreateProcessW, note_program), PATCH(DeleteFileW, keep_program));
