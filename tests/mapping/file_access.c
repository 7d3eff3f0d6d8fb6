/* Which access to a file CreateFileMappingW wants for an object of which protection. */
#include "mapping.h"

#define READ GENERIC_READ
#define WRITE GENERIC_WRITE
#define EXECUTE GENERIC_EXECUTE

struct access_row {
    struct row row;
    DWORD access; /* to the file */
    DWORD protect;
};

/* A handle with this access to a new file of one page. */
static HANDLE file_opened_for(DWORD access)
{
    const WCHAR *path = scratch_path(L"data");
    create_file(path, page_size());
    return open_file(path, access);
}

static const struct access_row enough_rows[] = {
    {{"readonly", "mapping.create.prot_access.ok.readonly"}, READ, PAGE_READONLY},
    {{"readwrite", "mapping.create.prot_access.ok.readwrite"}, READ | WRITE, PAGE_READWRITE},
    {{"writecopy", "mapping.create.prot_access.ok.writecopy"}, READ, PAGE_WRITECOPY},
    {{"execute_read", "mapping.create.prot_access.ok.execute_read"},
     READ | EXECUTE,
     PAGE_EXECUTE_READ},
    {{"execute_readwrite", "mapping.create.prot_access.ok.execute_readwrite"},
     READ | WRITE | EXECUTE,
     PAGE_EXECUTE_READWRITE},
    {{"execute_writecopy", "mapping.create.prot_access.ok.execute_writecopy"},
     READ | EXECUTE,
     PAGE_EXECUTE_WRITECOPY},
    {{"readonly_by_file_rights", "mapping.create.prot_access.file_rights"},
     FILE_GENERIC_READ,
     PAGE_READONLY},
    {{"writecopy_by_file_rights", "mapping.create.prot_access.file_rights"},
     FILE_GENERIC_READ,
     PAGE_WRITECOPY},
    {{"readwrite_by_file_rights", "mapping.create.prot_access.file_rights"},
     FILE_GENERIC_READ | FILE_GENERIC_WRITE,
     PAGE_READWRITE},
    {{"execute_read_by_file_rights", "mapping.create.prot_access.file_rights"},
     FILE_GENERIC_READ | FILE_GENERIC_EXECUTE,
     PAGE_EXECUTE_READ},
    {{"readwrite_by_all", "mapping.create.prot_access.file_rights"}, GENERIC_ALL, PAGE_READWRITE},
};

START_TEST(enough)
{
    HANDLE file = file_opened_for(enough_rows[_i].access);

    HANDLE mapping = CreateFileMappingW(file, NULL, enough_rows[_i].protect, 0, 0, NULL);

    expect_handle(mapping);
    expect_pattern(map_view(mapping, FILE_MAP_READ), page_size(), 0);
}
END_TEST
COVERS_ROWS(enough, enough_rows, "mapping.create.hfile.exclusive_not_required");

static const struct access_row lacking_rows[] = {
    {{"readonly_without_any", "mapping.create.prot_access.none_file_readonly"}, 0, PAGE_READONLY},
    {{"readonly_without_read", "mapping.create.prot_access.wo_file_readonly"},
     WRITE,
     PAGE_READONLY},
    {{"writecopy_without_any", "mapping.create.prot_access.none_file_writecopy"},
     0,
     PAGE_WRITECOPY},
    {{"readwrite_without_any", "mapping.create.prot_access.none_file_readwrite"},
     0,
     PAGE_READWRITE},
    {{"readwrite_without_read", "mapping.create.prot_access.wo_file_readwrite"},
     WRITE,
     PAGE_READWRITE},
    {{"readwrite_without_write", "mapping.create.prot_access.ro_file_readwrite"},
     READ,
     PAGE_READWRITE},
    {{"readonly_with_execute_alone", "mapping.create.prot_access.xo_file_readonly"},
     EXECUTE,
     PAGE_READONLY},
    {{"execute_read_without_read", "mapping.create.prot_access.xo_file_exec_read"},
     EXECUTE,
     PAGE_EXECUTE_READ},
    {{"execute_read_without_execute", "mapping.create.prot_access.ro_file_exec_read"},
     READ,
     PAGE_EXECUTE_READ},
    {{"execute_writecopy_without_execute", "mapping.create.prot_access.ro_file_exec_writecopy"},
     READ,
     PAGE_EXECUTE_WRITECOPY},
    {{"execute_readwrite_without_execute", "mapping.create.prot_access.rw_file_exec_readwrite"},
     READ | WRITE,
     PAGE_EXECUTE_READWRITE},
    {{"execute_readwrite_without_write", "mapping.create.prot_access.ro_file_exec_readwrite"},
     READ,
     PAGE_EXECUTE_READWRITE},
};

START_TEST(lacking)
{
    HANDLE file = file_opened_for(lacking_rows[_i].access);

    HANDLE mapping = CreateFileMappingW(file, NULL, lacking_rows[_i].protect, 0, 0, NULL);

    expect_failed_somehow(mapping);

    /* With all access to the file the same call is right. */
    file = open_file(scratch_path(L"data"), READ | WRITE | EXECUTE);
    mapping = CreateFileMappingW(file, NULL, lacking_rows[_i].protect, 0, 0, NULL);
    expect_handle(mapping);
}
END_TEST
COVERS_ROWS(lacking, lacking_rows);
