/* Objects of executable images: CreateFileMappingW with SEC_IMAGE and SEC_IMAGE_NO_EXECUTE. */
#include "mapping.h"

/* Three places in this program whose pages an image view has to protect in different ways. */
static const char constant[] = "somewhere in the constants of this program";
static volatile int variable = 0x600DDA7A;
static int code(int argument)
{
    return argument + variable;
}

/* The file of this program, and where something of it lies behind the base of an image. */
static HANDLE program(void)
{
    WCHAR path[MAX_PATH];
    require(GetModuleFileNameW(NULL, path, MAX_PATH));
    return open_file(path, GENERIC_READ | GENERIC_EXECUTE);
}

static size_t offset_of(const volatile void *place)
{
    return (const volatile char *)place - (const volatile char *)GetModuleHandleW(NULL);
}

static const struct {
    struct row row;
    DWORD protect;
} image_rows[] = {
    {{"image", "mapping.create.sec.image_ok"}, PAGE_READONLY | SEC_IMAGE},
    {{"image_execute_read", "mapping.create.sec.image_ok"}, PAGE_EXECUTE_READ | SEC_IMAGE},
    {{"image_no_execute", "mapping.create.sec.image_noexec"}, PAGE_READONLY | SEC_IMAGE_NO_EXECUTE},
};

START_TEST(view_is_laid_out_as_an_image)
{
    HANDLE file = program();

    HANDLE mapping = CreateFileMappingW(file, NULL, image_rows[_i].protect, 0, 0, NULL);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(mapping);
    const char *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);
    expect_not_null(view);
    expect_bytes(view, "MZ", 2);
    expect_bytes(view + offset_of(constant), constant, sizeof(constant));
    expect_flags(region_at(view).Type, MEM_IMAGE, MEM_NAMES);
}
END_TEST
COVERS_ROWS(view_is_laid_out_as_an_image, image_rows);

/* The contrast: without SEC_IMAGE a program is a file of data. */
START_TEST(view_of_data_is_laid_out_as_the_file)
{
    HANDLE file = program();

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READONLY, 0, 0, NULL);

    expect_handle(mapping);
    const char *view = map_view(mapping, FILE_MAP_READ);
    char bytes[0x800];
    read_file(file, 0, bytes, sizeof(bytes));
    expect_bytes(view, bytes, sizeof(bytes));
    expect_flags(region_at(view).Type, MEM_MAPPED, MEM_NAMES);
}
END_TEST
COVERS(view_of_data_is_laid_out_as_the_file, "mapping.create.create.file_basic");

#define EXECUTABLE \
    (PAGE_EXECUTE | PAGE_EXECUTE_READ | PAGE_EXECUTE_READWRITE | PAGE_EXECUTE_WRITECOPY)

START_TEST(program_decides_on_the_protection)
{
    HANDLE mapping = file_mapping(program(), PAGE_READONLY | SEC_IMAGE);

    char *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);

    expect_not_null(view);
    expect_true((region_at(view + offset_of(code)).Protect & EXECUTABLE) != 0);
    expect_flags(region_at(view).Protect, PAGE_READONLY, PAGE_NAMES);
    expect_flags(region_at(view + offset_of(constant)).Protect, PAGE_READONLY, PAGE_NAMES);
    expect_fault(try_write(view + offset_of(&variable), 0), 0);
}
END_TEST
COVERS(program_decides_on_the_protection, "mapping.create.sec.image_protection_from_file");

static const struct {
    struct row row;
    bool page_file;
} not_a_program_rows[] = {
    {{"data", "mapping.create.sec.image_bad_file"}, false},
    {{"page_file", "mapping.create.sec.image_pagefile"}, true},
};

START_TEST(not_a_program)
{
    bool page_file = not_a_program_rows[_i].page_file;
    HANDLE file =
        page_file ? INVALID_HANDLE_VALUE : create_file(scratch_path(L"data"), 2 * page_size());
    DWORD size = page_file ? page_size() : 0;

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READONLY | SEC_IMAGE, 0, size, NULL);

    expect_null(mapping, ERROR_BAD_EXE_FORMAT);

    /* As data the same is right, and so is a program as an image. */
    mapping = CreateFileMappingW(file, NULL, PAGE_READONLY, 0, size, NULL);
    expect_handle(mapping);
    mapping = CreateFileMappingW(program(), NULL, PAGE_READONLY | SEC_IMAGE, 0, 0, NULL);
    expect_handle(mapping);
}
END_TEST
COVERS_ROWS(not_a_program, not_a_program_rows);

START_TEST(image_not_executed_has_no_protection_for_execution)
{
    HANDLE file = program();

    HANDLE mapping =
        CreateFileMappingW(file, NULL, PAGE_EXECUTE_READ | SEC_IMAGE_NO_EXECUTE, 0, 0, NULL);

    expect_failed_somehow(mapping);

    /* With PAGE_READONLY the same call is right. */
    mapping = CreateFileMappingW(file, NULL, PAGE_READONLY | SEC_IMAGE_NO_EXECUTE, 0, 0, NULL);
    expect_handle(mapping);
}
END_TEST
COVERS(image_not_executed_has_no_protection_for_execution,
       "mapping.create.sec.image_noexec_only_readonly");

START_TEST(image_for_writing)
{
    const WCHAR *path = scratch_path(L"program.exe");
    create_program(path);
    HANDLE file = open_file(path, GENERIC_READ | GENERIC_WRITE | GENERIC_EXECUTE);

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE | SEC_IMAGE, 0, 0, NULL);

    DWORD error = GetLastError();
    char text[80];
    record("PAGE_READWRITE | SEC_IMAGE", "%s",
           mapping ? "created" : error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(image_for_writing, "mapping.create.sec.image_writable_prot");
