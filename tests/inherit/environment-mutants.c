/* Wrong behaviours of CreateProcess with the environment and the directory of the child. */
#include "inherit-mutants.h"

/* The environment that this process was started with. */
static WCHAR first_environment[0x8000];
static void __attribute__((constructor)) note_environment(void)
{
    WCHAR *own = GetEnvironmentStringsW(), *end = own;
    while (*end)
        end += wcslen(end) + 1;
    if ((size_t)(end - own) < sizeof(first_environment) / sizeof(*first_environment))
        memcpy(first_environment, own, (end - own + 1) * sizeof(*own));
    FreeEnvironmentStringsW(own);
}

/* Without a block: what was set since the process started does not come along. */
static BOOL WINAPI passes_first_environment(CREATE_PROCESS_PARAMETERS)
{
    if (!environment) {
        environment = first_environment;
        flags |= CREATE_UNICODE_ENVIRONMENT;
    }
    return CREATE_PROCESS(inherit, flags, startup);
}
MUTANT(create_process_passes_on_no_variable_that_was_set,
       "CreateProcess without a block gives the child no variable that its parent has set itself",
       PATCH(CreateProcessW, passes_first_environment));

CREATES_AFTER(ignores_block, environment = NULL)
MUTANT(create_process_ignores_the_block,
       "CreateProcess gives the child the parent's environment, although there is a block",
       PATCH(CreateProcessW, ignores_block));

/* Reads a Unicode block as one of the ANSI code page that was converted: what is not in it is lost.
 */
static BOOL WINAPI narrows_block(CREATE_PROCESS_PARAMETERS)
{
    if (environment && flags & CREATE_UNICODE_ENVIRONMENT)
        for (WCHAR *at = environment; at[0] || at[1]; at++)
            if (*at > 0xFF)
                *at = L'?';
    return CREATE_PROCESS(inherit, flags, startup);
}
MUTANT(create_process_narrows_the_block,
       "CreateProcess loses characters of a Unicode block that are in no code page",
       PATCH(CreateProcessW, narrows_block));

static BOOL WINAPI skips_narrow_block(CREATE_PROCESS_PARAMETERS)
{
    if (!(flags & CREATE_UNICODE_ENVIRONMENT))
        environment = NULL;
    return CREATE_PROCESS(inherit, flags, startup);
}
static BOOL WINAPI skips_narrow_block_a(LPCSTR program, LPSTR words,
                                        LPSECURITY_ATTRIBUTES of_process,
                                        LPSECURITY_ATTRIBUTES of_thread, BOOL inherit, DWORD flags,
                                        LPVOID environment, LPCSTR directory,
                                        LPSTARTUPINFOA startup, LPPROCESS_INFORMATION info)
{
    if (!(flags & CREATE_UNICODE_ENVIRONMENT))
        environment = NULL;
    return real(CreateProcessA)(program, words, of_process, of_thread, inherit, flags, environment,
                                directory, startup, info);
}
MUTANT(create_process_w_ignores_an_ansi_block,
       "CreateProcessW takes a block with CREATE_UNICODE_ENVIRONMENT only",
       PATCH(CreateProcessW, skips_narrow_block));
MUTANT(create_process_a_ignores_an_ansi_block,
       "CreateProcessA takes a block with CREATE_UNICODE_ENVIRONMENT only",
       PATCH(CreateProcessA, skips_narrow_block_a));

/* Parent and child share one block, until the child runs. */
static HANDLE suspended;
static BOOL WINAPI keeps_in_mind(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    suspended = created && flags & CREATE_SUSPENDED && !environment ? info->hProcess : NULL;
    return created;
}

static void *pointer_in(HANDLE process, void *at, size_t offset)
{
    void *value = NULL;
    real(ReadProcessMemory)(process, (char *)at + offset, &value, sizeof(value), NULL);
    return value;
}

/* Where the child keeps its environment (PEB, ProcessParameters, Environment). */
static void *environment_of(HANDLE process)
{
    typedef LONG(WINAPI * query)(HANDLE, int, void *, ULONG, ULONG *);
    query information =
        (query)(void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtQueryInformationProcess");
    void *basic[6] = {0}; /* PROCESS_BASIC_INFORMATION */
    information(process, 0, basic, sizeof(basic), NULL);
    bool wide = sizeof(void *) == 8;
    void *parameters = pointer_in(process, basic[1], wide ? 0x20 : 0x10);
    return pointer_in(process, parameters, wide ? 0x80 : 0x48);
}

static BOOL WINAPI sets_in_the_child(LPCWSTR name, LPCWSTR value)
{
    static WCHAR block[0x8000];
    char *theirs = suspended && value ? environment_of(suspended) : NULL;
    SIZE_T got = 0;
    for (SIZE_T size = sizeof(block) - 4; theirs && !got && size > 0x400; size -= 0x400)
        real(ReadProcessMemory)(suspended, theirs, block, size, &got);
    for (WCHAR *at = block; got && *at; at += wcslen(at) + 1) {
        size_t length = wcslen(name);
        if (!_wcsnicmp(at, name, length) && at[length] == L'=' &&
            wcslen(at + length + 1) == wcslen(value))
            real(WriteProcessMemory)(suspended, theirs + (at + length + 1 - block) * sizeof(*at),
                                     value, wcslen(value) * sizeof(*value), NULL);
    }
    return real(SetEnvironmentVariableW)(name, value);
}
MUTANT(set_variable_reaches_a_suspended_child,
       "SetEnvironmentVariable changes the environment of a child that has not run yet",
       PATCH(CreateProcessW, keeps_in_mind), PATCH(SetEnvironmentVariableW, sets_in_the_child));

CREATES_AFTER(ignores_directory, directory = NULL)
MUTANT(create_process_ignores_the_directory,
       "CreateProcess starts the child in the parent's directory, whatever is given",
       PATCH(CreateProcessW, ignores_directory));

CREATES_AFTER(uses_the_root, directory = directory ? directory : L"\\")
MUTANT(create_process_forgets_the_directory,
       "CreateProcess without a directory starts the child in the root",
       PATCH(CreateProcessW, uses_the_root));

static BOOL WINAPI a_ignores_directory(LPCSTR program, LPSTR words,
                                       LPSECURITY_ATTRIBUTES of_process,
                                       LPSECURITY_ATTRIBUTES of_thread, BOOL inherit, DWORD flags,
                                       LPVOID environment, LPCSTR directory, LPSTARTUPINFOA startup,
                                       LPPROCESS_INFORMATION info)
{
    (void)directory;
    return real(CreateProcessA)(program, words, of_process, of_thread, inherit, flags, environment,
                                NULL, startup, info);
}
MUTANT(create_process_a_ignores_the_directory, "CreateProcessA ignores lpCurrentDirectory",
       PATCH(CreateProcessA, a_ignores_directory));
