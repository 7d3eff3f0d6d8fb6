/* Asks functions, in a process for each, whether they are stubs. */
#include "commands/stubs.h"
#include "case/interpose.h"
#include "case/path.h"
#include "runner/schedule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT 5000 /* ms for one function */
#define OWNS 3     /* exit code */

/* Of what Wine calls for a function that a library has the name of and nothing else. */
#define EXCEPTION_WINE_STUB 0x80000100u

#define STATUS_NOT_IMPLEMENTED 0xC0000002u

/* With zeros it would not fail at once: it would look up this machine's name, maybe elsewhere. */
static const char *const NOT_CALLED[] = {"gethostbyname"};

enum stub stub_ask(unsigned api)
{
    DWORD exit_code = OWNS + 1;
    for (size_t i = 0; i < sizeof(NOT_CALLED) / sizeof(NOT_CALLED[0]); i++)
        if (!strcmp(interposed[api].name, NOT_CALLED[i]))
            return STUB_ANSWERS;
    WCHAR *words = wide_print(L"\"%ls\" @stub %hs", program_name(), interposed[api].name);
    bool ran = run_program(words, LIMIT, &exit_code);
    free(words);
    if (!ran)
        return STUB_UNTOLD;
    return exit_code == OWNS ? STUB_OWNS : exit_code == 0 ? STUB_ANSWERS : STUB_UNTOLD;
}

/* A function that dies of zeros has done something. */
static LONG WINAPI on_exception(EXCEPTION_POINTERS *what)
{
    DWORD code = what->ExceptionRecord->ExceptionCode;
    bool owns = code == EXCEPTION_WINE_STUB || code == STATUS_NOT_IMPLEMENTED ||
                code == STATUS_ENTRYPOINT_NOT_FOUND;
    real(TerminateProcess)(GetCurrentProcess(), owns ? OWNS : 0);
    return EXCEPTION_EXECUTE_HANDLER;
}

int stub_main(const wchar_t *name)
{
    WSADATA data;
    unsigned api = 0;
    char text[100];
    snprintf(text, sizeof(text), "%ls", name);
    interpose_init();
    while (api < API_COUNT && strcmp(interposed[api].name, text))
        api++;
    FARPROC function = api < API_COUNT ? cts_find_api(api) : NULL;
    if (!function)
        return OWNS + 1;
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    SetUnhandledExceptionFilter(on_exception);
    if (!strcmp(interposed[api].module, "ws2_32.dll")) /* else that is all that they would say */
        real(WSAStartup)(MAKEWORD(2, 2), &data);
    SetLastError(ERROR_SUCCESS);
    interposed[api].call_with_zeros(function);
    return GetLastError() == ERROR_CALL_NOT_IMPLEMENTED ? OWNS : 0;
}
