/* Wrong behaviours, for the tests of protection.c: the page protections that CreateFileMappingW
 * knows, and what it says of a bad file handle. */
#include "mapping-mutants.h"

#define PROTECTION_BITS 0xFFF

/* A mutant that takes the page protection WRONG for RIGHT. */
#define READS_AS(name, wrong, right)                                 \
    static HANDLE WINAPI name(CREATE_PARAMETERS)                     \
    {                                                                \
        if ((protect & PROTECTION_BITS) == (wrong))                  \
            protect = (protect & ~(DWORD)PROTECTION_BITS) | (right); \
        return real(CreateFileMappingW)(CREATE_ARGUMENTS);           \
    }                                                                \
    struct cts_swallow_semicolon

READS_AS(take_noaccess, PAGE_NOACCESS, PAGE_READONLY);

MUTANT(create_mapping_takes_noaccess, "CreateFileMapping takes PAGE_NOACCESS for PAGE_READONLY",
       PATCH(CreateFileMappingW, take_noaccess));

READS_AS(take_execute, PAGE_EXECUTE, PAGE_READONLY);

MUTANT(create_mapping_takes_execute, "CreateFileMapping takes PAGE_EXECUTE for PAGE_READONLY",
       PATCH(CreateFileMappingW, take_execute));

READS_AS(take_guard, PAGE_READWRITE | PAGE_GUARD, PAGE_READWRITE);

MUTANT(create_mapping_ignores_guard, "CreateFileMapping ignores PAGE_GUARD",
       PATCH(CreateFileMappingW, take_guard));

READS_AS(take_nothing, 0, PAGE_READONLY);

MUTANT(create_mapping_reads_by_default,
       "CreateFileMapping takes a missing page protection for PAGE_READONLY",
       PATCH(CreateFileMappingW, take_nothing));

READS_AS(take_writecopy, PAGE_WRITECOPY, PAGE_EXECUTE_WRITECOPY);

MUTANT(create_mapping_with_writecopy_executes,
       "CreateFileMapping takes PAGE_WRITECOPY for PAGE_EXECUTE_WRITECOPY",
       PATCH(CreateFileMappingW, take_writecopy));

READS_AS(take_execute_writecopy, PAGE_EXECUTE_WRITECOPY, PAGE_WRITECOPY);

MUTANT(create_mapping_with_execute_writecopy_does_not_execute,
       "CreateFileMapping takes PAGE_EXECUTE_WRITECOPY for PAGE_WRITECOPY",
       PATCH(CreateFileMappingW, take_execute_writecopy));

static HANDLE WINAPI always_writable(CREATE_PARAMETERS)
{
    if (file == INVALID_HANDLE_VALUE && protect == PAGE_READONLY)
        protect = PAGE_READWRITE;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_of_the_page_file_is_always_writable,
       "CreateFileMapping takes PAGE_READONLY for PAGE_READWRITE when it is given no file",
       PATCH(CreateFileMappingW, always_writable));

static HANDLE WINAPI no_file_no_matter(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping != NULL || file == NULL || file == INVALID_HANDLE_VALUE ||
        real(GetFileType)(file) == FILE_TYPE_DISK)
        return mapping;
    if (high == 0 && low == 0)
        low = page_size();
    return real(CreateFileMappingW)(INVALID_HANDLE_VALUE, security, protect, high, low, name);
}
MUTANT(create_mapping_takes_bad_handles_for_the_page_file,
       "CreateFileMapping takes a handle that is none of a file for INVALID_HANDLE_VALUE",
       PATCH(CreateFileMappingW, no_file_no_matter));
