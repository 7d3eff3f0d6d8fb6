/* Wrong behaviours, for the tests of create2.c: the later ways to create: CreateFileMappingNumaW
 * and CreateFileMapping2. */
#include "mapping-mutants.h"

#define NUMA_PARAMETERS CREATE_PARAMETERS, DWORD node
#define NUMA_ARGUMENTS CREATE_ARGUMENTS, node

static HANDLE WINAPI short_without_node(NUMA_PARAMETERS)
{
    if (node == NUMA_NO_PREFERRED_NODE && name == NULL && low > 2 * page_size())
        low -= page_size();
    return real(CreateFileMappingNumaW)(NUMA_ARGUMENTS);
}
MUTANT(create_mapping_numa_without_node_is_short,
       "CreateFileMappingNuma without a preferred node creates an object that is a page short",
       PATCH(CreateFileMappingNumaW, short_without_node));

static HANDLE WINAPI refuse_nodes(NUMA_PARAMETERS)
{
    if (node != NUMA_NO_PREFERRED_NODE)
        return refuse(ERROR_INVALID_PARAMETER);
    return real(CreateFileMappingNumaW)(NUMA_ARGUMENTS);
}
MUTANT(create_mapping_numa_refuses_nodes, "CreateFileMappingNuma refuses every node",
       PATCH(CreateFileMappingNumaW, refuse_nodes));

static HANDLE WINAPI hide_existing_numa(NUMA_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingNumaW)(NUMA_ARGUMENTS);
    if (mapping != NULL)
        SetLastError(ERROR_SUCCESS);
    return mapping;
}
MUTANT(create_mapping_numa_hides_that_it_existed,
       "CreateFileMappingNuma sets the last error to zero for an object that existed",
       PATCH(CreateFileMappingNumaW, hide_existing_numa));

static HANDLE WINAPI misreport_clash_numa(NUMA_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingNumaW)(NUMA_ARGUMENTS);
    if (mapping == NULL && GetLastError() == ERROR_INVALID_HANDLE)
        SetLastError(ERROR_ALREADY_EXISTS);
    return mapping;
}
MUTANT(create_mapping_numa_clash_is_already_exists,
       "CreateFileMappingNuma fails with ERROR_ALREADY_EXISTS on the name of an event",
       PATCH(CreateFileMappingNumaW, misreport_clash_numa));

static HANDLE WINAPI misreport_empty_numa(NUMA_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingNumaW)(NUMA_ARGUMENTS);
    if (mapping == NULL && GetLastError() == ERROR_FILE_INVALID)
        SetLastError(ERROR_HANDLE_EOF);
    return mapping;
}
MUTANT(create_mapping_numa_of_empty_file_is_end_of_file,
       "CreateFileMappingNuma of an empty file fails with ERROR_HANDLE_EOF",
       PATCH(CreateFileMappingNumaW, misreport_empty_numa));

#define CREATE2_PARAMETERS                                                                     \
    HANDLE file, SECURITY_ATTRIBUTES *security, ULONG access, ULONG protect, ULONG attributes, \
        ULONG64 size, const WCHAR *name, MEM_EXTENDED_PARAMETER *extended, ULONG count
#define CREATE2_ARGUMENTS file, security, access, protect, attributes, size, name, extended, count

static HANDLE WINAPI refuse_commit_2(CREATE2_PARAMETERS)
{
    if (file == INVALID_HANDLE_VALUE && attributes == SEC_COMMIT && name == NULL &&
        access == FILE_MAP_ALL_ACCESS)
        return refuse(ERROR_INVALID_PARAMETER);
    return real(CreateFileMapping2)(CREATE2_ARGUMENTS);
}
MUTANT(create_mapping_2_refuses_commit, "CreateFileMapping2 refuses SEC_COMMIT",
       PATCH(CreateFileMapping2, refuse_commit_2));

static HANDLE WINAPI hide_existing_2(CREATE2_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMapping2)(CREATE2_ARGUMENTS);
    if (mapping != NULL)
        SetLastError(ERROR_SUCCESS);
    return mapping;
}
MUTANT(create_mapping_2_hides_that_it_existed,
       "CreateFileMapping2 sets the last error to zero for an object that existed",
       PATCH(CreateFileMapping2, hide_existing_2));

static HANDLE WINAPI all_access_2(CREATE2_PARAMETERS)
{
    if (file == INVALID_HANDLE_VALUE)
        access |= FILE_MAP_ALL_ACCESS;
    return real(CreateFileMapping2)(CREATE2_ARGUMENTS);
}
MUTANT(create_mapping_2_gives_all_access, "CreateFileMapping2 gives all access",
       PATCH(CreateFileMapping2, all_access_2));

static HANDLE WINAPI ignore_no_change(CREATE2_PARAMETERS)
{
    attributes &= ~0x00400000u;
    return real(CreateFileMapping2)(CREATE2_ARGUMENTS);
}
MUTANT(create_mapping_2_ignores_no_change, "CreateFileMapping2 ignores SEC_NO_CHANGE",
       PATCH(CreateFileMapping2, ignore_no_change));

static HANDLE WINAPI misreport_empty_2(CREATE2_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMapping2)(CREATE2_ARGUMENTS);
    if (mapping == NULL && GetLastError() == ERROR_FILE_INVALID)
        SetLastError(ERROR_HANDLE_EOF);
    return mapping;
}
MUTANT(create_mapping_2_of_empty_file_is_end_of_file,
       "CreateFileMapping2 of an empty file fails with ERROR_HANDLE_EOF",
       PATCH(CreateFileMapping2, misreport_empty_2));

static HANDLE WINAPI low_half_2(CREATE2_PARAMETERS)
{
    if (size > MAXDWORD)
        size &= MAXDWORD;
    return real(CreateFileMapping2)(CREATE2_ARGUMENTS);
}
MUTANT(create_mapping_2_drops_the_high_half, "CreateFileMapping2 drops the high half of the size",
       PATCH(CreateFileMapping2, low_half_2));

static HANDLE WINAPI forget_no_change(CREATE2_PARAMETERS)
{
    if (file == INVALID_HANDLE_VALUE)
        attributes &= ~0x00400000u;
    return real(CreateFileMapping2)(CREATE2_ARGUMENTS);
}
MUTANT(create_mapping_2_forgets_no_change,
       "CreateFileMapping2 ignores SEC_NO_CHANGE of an object of the page file",
       PATCH(CreateFileMapping2, forget_no_change));

static HANDLE WINAPI no_parameters(CREATE2_PARAMETERS)
{
    if (count != 0)
        return refuse(ERROR_INVALID_PARAMETER);
    return real(CreateFileMapping2)(CREATE2_ARGUMENTS);
}
MUTANT(create_mapping_2_knows_no_parameters, "CreateFileMapping2 refuses extended parameters",
       PATCH(CreateFileMapping2, no_parameters));
