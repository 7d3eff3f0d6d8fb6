/* Wrong behaviours, for the tests of sec.c: the SEC_ attributes of CreateFileMappingW: which go
 * together, and what their views are like. */
#include "mapping-mutants.h"

static bool is_image(DWORD protect)
{
    return (protect & SEC_IMAGE) != 0;
}

static HANDLE WINAPI prefer_reserve(CREATE_PARAMETERS)
{
    if ((protect & SEC_RESERVE) && (protect & SEC_COMMIT) && !is_image(protect))
        protect &= ~SEC_COMMIT;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_takes_reserve_and_commit,
       "CreateFileMapping takes SEC_RESERVE and SEC_COMMIT together for SEC_RESERVE",
       PATCH(CreateFileMappingW, prefer_reserve));

static HANDLE WINAPI add_commit_to_nocache(CREATE_PARAMETERS)
{
    if ((protect & ~PAGE_PROTECTION) == SEC_NOCACHE)
        protect |= SEC_COMMIT;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_takes_nocache_alone,
       "CreateFileMapping takes SEC_NOCACHE alone for SEC_NOCACHE | SEC_COMMIT",
       PATCH(CreateFileMappingW, add_commit_to_nocache));

static HANDLE WINAPI add_commit_to_writecombine(CREATE_PARAMETERS)
{
    if ((protect & ~PAGE_PROTECTION) == SEC_WRITECOMBINE)
        protect |= SEC_COMMIT;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_takes_writecombine_alone,
       "CreateFileMapping takes SEC_WRITECOMBINE alone for SEC_WRITECOMBINE | SEC_COMMIT",
       PATCH(CreateFileMappingW, add_commit_to_writecombine));

static HANDLE WINAPI refuse_uncached(CREATE_PARAMETERS)
{
    if ((protect & (SEC_NOCACHE | SEC_WRITECOMBINE)) && !is_image(protect))
        return refuse(ERROR_INVALID_PARAMETER);
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_refuses_uncached_pages,
       "CreateFileMapping knows neither SEC_NOCACHE nor SEC_WRITECOMBINE",
       PATCH(CreateFileMappingW, refuse_uncached));

static HANDLE WINAPI only_image(CREATE_PARAMETERS)
{
    if (is_image(protect))
        protect &= PAGE_PROTECTION | SEC_IMAGE_NO_EXECUTE;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_ignores_what_comes_with_image,
       "CreateFileMapping ignores other attributes that are combined with SEC_IMAGE",
       PATCH(CreateFileMappingW, only_image));

static HANDLE WINAPI ignore_large_pages(CREATE_PARAMETERS)
{
    if ((protect & SEC_LARGE_PAGES) && !is_image(protect))
        protect &= ~SEC_LARGE_PAGES;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_ignores_large_pages, "CreateFileMapping ignores SEC_LARGE_PAGES",
       PATCH(CreateFileMappingW, ignore_large_pages));

static HANDLE WINAPI misreport_attributes(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping == NULL && (protect & ~PAGE_PROTECTION) != 0 &&
        GetLastError() == ERROR_INVALID_PARAMETER)
        SetLastError(ERROR_NOT_SUPPORTED);
    return mapping;
}
MUTANT(create_mapping_with_bad_attributes_is_not_supported,
       "CreateFileMapping fails with ERROR_NOT_SUPPORTED where attributes do not go together",
       PATCH(CreateFileMappingW, misreport_attributes));

static HANDLE WINAPI commit_always(CREATE_PARAMETERS)
{
    if ((protect & SEC_RESERVE) && file == INVALID_HANDLE_VALUE &&
        !(protect & (SEC_COMMIT | SEC_IMAGE | SEC_LARGE_PAGES)))
        protect = (protect & ~SEC_RESERVE) | SEC_COMMIT;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_commits_reserved_pages, "CreateFileMapping takes SEC_RESERVE for SEC_COMMIT",
       PATCH(CreateFileMappingW, commit_always));

static HANDLE WINAPI reserve_explicit(CREATE_PARAMETERS)
{
    if ((protect & SEC_COMMIT) && file == INVALID_HANDLE_VALUE &&
        !(protect & (SEC_RESERVE | SEC_IMAGE | SEC_LARGE_PAGES)))
        protect = (protect & ~SEC_COMMIT) | SEC_RESERVE;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_reserves_committed_pages,
       "CreateFileMapping takes SEC_COMMIT for SEC_RESERVE",
       PATCH(CreateFileMappingW, reserve_explicit));

static HANDLE WINAPI reserve_by_default(CREATE_PARAMETERS)
{
    if (file == INVALID_HANDLE_VALUE && low > 4 * page_size() && (protect & ~PAGE_PROTECTION) == 0)
        protect |= SEC_RESERVE;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_reserves_by_default,
       "CreateFileMapping assumes SEC_RESERVE for an object of more than four pages",
       PATCH(CreateFileMappingW, reserve_by_default));

static void *WINAPI forget_to_commit(void *address, SIZE_T size, DWORD type, DWORD protect)
{
    if (type == MEM_COMMIT && address != NULL)
        return address;
    return real(VirtualAlloc)(address, size, type, protect);
}
MUTANT(virtual_alloc_commits_nothing_in_views,
       "VirtualAlloc with MEM_COMMIT and an address returns it and commits nothing",
       PATCH(VirtualAlloc, forget_to_commit));

static BOOL WINAPI free_views(void *address, SIZE_T size, DWORD type)
{
    if (real(VirtualFree)(address, size, type))
        return TRUE;
    MEMORY_BASIC_INFORMATION region;
    return type == MEM_DECOMMIT && real(VirtualQuery)(address, &region, sizeof(region)) &&
           region.Type == MEM_MAPPED;
}
MUTANT(virtual_free_claims_to_free_views,
       "VirtualFree says that it has decommitted pages of a view", PATCH(VirtualFree, free_views));

static HANDLE WINAPI refuse_for_files(CREATE_PARAMETERS)
{
    DWORD attributes = protect & ~PAGE_PROTECTION;
    if (file != INVALID_HANDLE_VALUE && (attributes == SEC_RESERVE || attributes == SEC_COMMIT))
        return refuse(ERROR_INVALID_PARAMETER);
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_of_a_file_refuses_attributes,
       "CreateFileMapping refuses SEC_RESERVE and SEC_COMMIT when it is given a file",
       PATCH(CreateFileMappingW, refuse_for_files));
