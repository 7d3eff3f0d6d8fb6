/* Wrong behaviours of private name spaces. */
#include "mapping-mutants.h"

#include <wchar.h>

/* What is behind a prefix that is none of the system's. */
static const WCHAR *without_prefix(const WCHAR *name)
{
    const WCHAR *end = name ? wcschr(name, L'\\') : NULL;
    return end && wcsncmp(name, L"Local\\", 6) && wcsncmp(name, L"Global\\", 7) ? end + 1 : name;
}

static HANDLE WINAPI drops_prefix(CREATE_PARAMETERS)
{
    return real(CreateFileMappingW)(file, security, protect, high, low, without_prefix(name));
}

static HANDLE WINAPI opens_without_prefix(DWORD access, BOOL inherit, const WCHAR *name)
{
    return real(OpenFileMappingW)(access, inherit, without_prefix(name));
}
MUTANT(create_mapping_drops_a_private_prefix,
       "Objects in a private name space are in the one of the session",
       PATCH(CreateFileMappingW, drops_prefix), PATCH(OpenFileMappingW, opens_without_prefix));

static HANDLE WINAPI makes_its_own(void *boundary, const WCHAR *prefix)
{
    (void)boundary;
    HANDLE another = real(CreateBoundaryDescriptorW)(prefix, 0);
    return real(CreatePrivateNamespaceW)(NULL, another, prefix);
}
MUTANT(open_private_namespace_makes_one_of_its_own,
       "OpenPrivateNamespace creates an empty name space of that prefix",
       PATCH(OpenPrivateNamespaceW, makes_its_own));

static HANDLE WINAPI has_one_name(const WCHAR *name, ULONG flags)
{
    (void)name;
    return real(CreateBoundaryDescriptorW)(L"boundary", flags);
}
MUTANT(create_boundary_descriptor_has_one_name, "CreateBoundaryDescriptor ignores the name",
       PATCH(CreateBoundaryDescriptorW, has_one_name));

static BOOLEAN WINAPI does_nothing(HANDLE space, ULONG flags)
{
    (void)space;
    (void)flags;
    return TRUE;
}
MUTANT(close_private_namespace_does_nothing, "ClosePrivateNamespace leaves the name space open",
       PATCH(ClosePrivateNamespace, does_nothing));
