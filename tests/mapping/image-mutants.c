/* Wrong behaviours, for the tests of image.c: objects of executable images: CreateFileMappingW
 * with SEC_IMAGE and SEC_IMAGE_NO_EXECUTE. */
#include "mapping-mutants.h"

static HANDLE WINAPI flat_image(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping == NULL || (protect & SEC_IMAGE_NO_EXECUTE) != SEC_IMAGE)
        return mapping;
    real(CloseHandle)(mapping);
    protect &= ~SEC_IMAGE_NO_EXECUTE;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_lays_images_out_as_files,
       "The view of an object created with SEC_IMAGE is the file as it is",
       PATCH(CreateFileMappingW, flat_image));

static HANDLE WINAPI refuse_no_execute(CREATE_PARAMETERS)
{
    if ((protect & SEC_IMAGE_NO_EXECUTE) == SEC_IMAGE_NO_EXECUTE)
        return refuse(ERROR_INVALID_PARAMETER);
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_refuses_images_not_executed,
       "CreateFileMapping does not know SEC_IMAGE_NO_EXECUTE",
       PATCH(CreateFileMappingW, refuse_no_execute));

static HANDLE WINAPI read_only_no_execute(CREATE_PARAMETERS)
{
    if ((protect & SEC_IMAGE_NO_EXECUTE) == SEC_IMAGE_NO_EXECUTE)
        protect = (protect & ~PAGE_PROTECTION) | PAGE_READONLY;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_takes_any_image_not_executed_for_read_only,
       "CreateFileMapping with SEC_IMAGE_NO_EXECUTE takes every page protection for PAGE_READONLY",
       PATCH(CreateFileMappingW, read_only_no_execute));

static HANDLE WINAPI data_as_image(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping != NULL || GetLastError() != ERROR_BAD_EXE_FORMAT)
        return mapping;
    protect &= PAGE_PROTECTION;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_takes_data_for_an_image,
       "CreateFileMapping with SEC_IMAGE maps what is not a program as data",
       PATCH(CreateFileMappingW, data_as_image));

static SIZE_T WINAPI all_read_only(const void *address, MEMORY_BASIC_INFORMATION *region,
                                   SIZE_T size)
{
    SIZE_T got = real(VirtualQuery)(address, region, size);
    if (got != 0 && region->Type == MEM_IMAGE)
        region->Protect = PAGE_READONLY;
    return got;
}
MUTANT(image_views_are_read_only_throughout,
       "All pages of a view of an image are PAGE_READONLY, as the object is",
       PATCH(VirtualQuery, all_read_only));
