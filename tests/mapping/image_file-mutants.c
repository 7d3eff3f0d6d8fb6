/* Wrong behaviours, for the tests of image_file.c: deleting the file of an image: while it is
 * mapped, while its program runs, and afterwards. */
#include "mapping-mutants.h"

static bool made_image, started;

static HANDLE WINAPI note_image(CREATE_PARAMETERS)
{
    made_image |= (protect & SEC_IMAGE) != 0;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}

static BOOL WINAPI note_program(const WCHAR *application, WCHAR *command,
                                SECURITY_ATTRIBUTES *process, SECURITY_ATTRIBUTES *thread,
                                BOOL inherit, DWORD flags, void *environment,
                                const WCHAR *directory, STARTUPINFOW *startup,
                                PROCESS_INFORMATION *info)
{
    started |= application != NULL;
    return real(CreateProcessW)(application, command, process, thread, inherit, flags, environment,
                                directory, startup, info);
}

static BOOL WINAPI delete_image(const WCHAR *path)
{
    BOOL deleted = real(DeleteFileW)(path);
    return deleted || (made_image && GetLastError() == ERROR_ACCESS_DENIED);
}
MUTANT(delete_file_pretends_for_images,
       "DeleteFile succeeds, without effect, on a file that is mapped as an image",
       PATCH(CreateFileMappingW, note_image), PATCH(DeleteFileW, delete_image));

static BOOL WINAPI delete_program(const WCHAR *path)
{
    BOOL deleted = real(DeleteFileW)(path);
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
    BOOL deleted = real(DeleteFileW)(path);
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
    return real(DeleteFileW)(path);
}
MUTANT(delete_file_never_lets_go_of_programs, "DeleteFile fails on a program that has run",
       PATCH(CreateProcessW, note_program), PATCH(DeleteFileW, keep_program));
