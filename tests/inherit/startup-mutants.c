/* Wrong behaviours of GetStartupInfo. */
#include "inherit-mutants.h"

static void WINAPI forgets_counts(LPSTARTUPINFOW told)
{
    real(GetStartupInfoW)(told);
    told->dwXCountChars = told->dwYCountChars = 0;
}
MUTANT(get_startup_info_forgets_the_counts, "GetStartupInfo loses the size of the console's buffer",
       PATCH(GetStartupInfoW, forgets_counts));

static void WINAPI forgets_title(LPSTARTUPINFOW told)
{
    static WCHAR path[MAX_PATH];
    GetModuleFileNameW(NULL, path, MAX_PATH);
    real(GetStartupInfoW)(told);
    told->lpTitle = path;
}
MUTANT(get_startup_info_takes_the_path_for_the_title,
       "GetStartupInfo gives the program's path instead of the title",
       PATCH(GetStartupInfoW, forgets_title));

static void WINAPI tells_once(LPSTARTUPINFOW told)
{
    static LONG calls;
    real(GetStartupInfoW)(told);
    if (InterlockedIncrement(&calls) > 1) {
        told->dwFlags = 0;
        told->wShowWindow = 0;
    }
}
MUTANT(get_startup_info_tells_once, "The second GetStartupInfo has lost the flags",
       PATCH(GetStartupInfoW, tells_once));

static DWORD first_thread;
static void __attribute__((constructor)) note_first_thread(void)
{
    first_thread = GetCurrentThreadId();
}
static void WINAPI tells_main_thread(LPSTARTUPINFOW told)
{
    real(GetStartupInfoW)(told);
    if (GetCurrentThreadId() != first_thread)
        told->dwX = told->dwY = 0;
}
MUTANT(get_startup_info_tells_the_first_thread_only,
       "GetStartupInfo in a second thread has lost the place of the window",
       PATCH(GetStartupInfoW, tells_main_thread));

static void WINAPI forgets_ansi_title(LPSTARTUPINFOA told)
{
    static char empty[] = "";
    real(GetStartupInfoA)(told);
    told->lpTitle = empty;
}
MUTANT(get_startup_info_a_forgets_the_title, "GetStartupInfoA gives an empty title",
       PATCH(GetStartupInfoA, forgets_ansi_title));

static void WINAPI swaps_handles(LPSTARTUPINFOW told)
{
    real(GetStartupInfoW)(told);
    HANDLE output = told->hStdOutput;
    told->hStdOutput = told->hStdError;
    told->hStdError = output;
}
MUTANT(get_startup_info_swaps_output_and_error, "GetStartupInfo mixes up output and error",
       PATCH(GetStartupInfoW, swaps_handles));

static BOOL WINAPI loses_ansi_title(LPCSTR program, LPSTR words, LPSECURITY_ATTRIBUTES of_process,
                                    LPSECURITY_ATTRIBUTES of_thread, BOOL inherit, DWORD flags,
                                    LPVOID environment, LPCSTR directory, LPSTARTUPINFOA startup,
                                    LPPROCESS_INFORMATION info)
{
    STARTUPINFOA without = *startup;
    without.lpTitle = NULL;
    return real(CreateProcessA)(program, words, of_process, of_thread, inherit, flags, environment,
                                directory, &without, info);
}
MUTANT(create_process_a_loses_the_title, "CreateProcessA does not pass the title on to the child",
       PATCH(CreateProcessA, loses_ansi_title));
