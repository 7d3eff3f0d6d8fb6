/* A runner is trusted, and right, wherever it is started: in a job, with a console or without one,
 * with whatever folder for temporary files. */
#include "cts.h"

#include <stdio.h>

static const struct place_row {
    struct row row;
    DWORD flags;       /* of its creation */
    const WCHAR *temp; /* name of the folder for temporary files */
    enum { AS_IT_IS, BY_SHORT_NAME, BEYOND_MAX_PATH } given;
} place_rows[] = {
    {{"in_the_job_of_a_case", NULL}, 0, L"plain", AS_IT_IS},
    {{"without_a_console", NULL}, DETACHED_PROCESS, L"plain", AS_IT_IS},
    {{"with_a_console_but_no_window", NULL}, CREATE_NO_WINDOW, L"plain", AS_IT_IS},
    {{"temporary_folder_of_latin_letters", NULL}, 0, L"J\u00F6rg \u00C5ngstr\u00F6m", AS_IT_IS},
    {{"temporary_folder_of_many_alphabets", NULL}, 0, L"\u0416\u4E2D \u03A9\U0001F4C1", AS_IT_IS},
    {{"temporary_folder_with_signs", NULL}, 0, L"a & b (100%) 'c' ^d", AS_IT_IS},
    {{"temporary_folder_by_its_short_name", NULL}, 0, L"a folder with a long name", BY_SHORT_NAME},
    {{"temporary_folder_beyond_max_path", NULL}, 0, L"long", BEYOND_MAX_PATH},
};

static const WCHAR *folder_for(const struct place_row *row)
{
    static WCHAR path[3 * MAX_PATH];
    const WCHAR *whole = scratch_path(row->temp);
    require(CreateDirectoryW(whole, NULL));
    if (row->given == BEYOND_MAX_PATH) {
        swprintf(path, 3 * MAX_PATH, L"\\\\?\\%ls\\%0250d", whole, 0);
        require(CreateDirectoryW(path, NULL));
        return path + 4; /* without the sign that it may be long */
    }
    if (row->given == AS_IT_IS)
        return whole;
    DWORD size = GetShortPathNameW(whole, path, MAX_PATH);
    require(size > 0 && size < MAX_PATH);
    return path; /* the long one on a volume that has no short names */
}

/* Cases that read and write files, start further processes, and say where they are. */
START_TEST(runner_started)
{
    const struct place_row *row = &place_rows[_i];
    WCHAR program[MAX_PATH], words[2 * MAX_PATH];
    PROCESS_INFORMATION info;
    STARTUPINFOW startup = {.cb = sizeof(startup),
                            .dwFlags = STARTF_USESTDHANDLES,
                            .hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE),
                            .hStdError = GetStdHandle(STD_ERROR_HANDLE)};
    const WCHAR *folder = folder_for(row);
    require(SetEnvironmentVariableW(L"TMP", folder) && SetEnvironmentVariableW(L"TEMP", folder));
    require(SetHandleInformation(startup.hStdOutput, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT));
    require(GetModuleFileNameW(NULL, program, MAX_PATH));
    swprintf(words, 2 * MAX_PATH,
             L"\"%ls\" run -v -j2 harness.verdicts.tells_its_folder harness.verdicts.passes "
             L"harness.handles.scratch_folder_is_its_own harness.peers.arguments_arrive_unchanged",
             program);

    require(CreateProcessW(NULL, words, NULL, NULL, TRUE, row->flags, NULL, NULL, &startup, &info));

    require(WaitForSingleObject(info.hProcess, 10 * step_limit()) == WAIT_OBJECT_0);
    expect_exit_code(info.hProcess, 0);
    if (row->given == BEYOND_MAX_PATH)
        folder -= 4;
    expect_true(RemoveDirectoryW(folder)); /* nothing is left in it */
}
END_TEST
COVERS_ROWS(runner_started, place_rows);
TAKES(runner_started, 60);
