/* What a child has of its parent's token, and what CreateProcess makes of parameters whose results
 * the pages leave open or say differently. */
#include "inherit.h"

#include <sddl.h>

PEER(be_there)
{
    checkpoint_reach("running");
}

/* ---- The default security descriptors ---- */

/* Every right for everybody, and a mark. */
#define MARKED L"D:(A;;GA;;;WD)(A;;GR;;;AN)"

static void set_default_list(void)
{
    HANDLE token = NULL;
    SECURITY_DESCRIPTOR *descriptor = NULL;
    TOKEN_DEFAULT_DACL list = {NULL};
    BOOL present = FALSE, defaulted = FALSE;
    require(OpenProcessToken(GetCurrentProcess(), TOKEN_ADJUST_DEFAULT, &token));
    require(ConvertStringSecurityDescriptorToSecurityDescriptorW(
        MARKED, SDDL_REVISION_1, (PSECURITY_DESCRIPTOR *)&descriptor, NULL));
    require(GetSecurityDescriptorDacl(descriptor, &present, &list.DefaultDacl, &defaulted));
    require(SetTokenInformation(token, TokenDefaultDacl, &list, sizeof(list)));
}

/* Whether the list of the object names the anonymous user. */
static bool is_marked(HANDLE object)
{
    char descriptor[0x1000], sid[SECURITY_MAX_SID_SIZE];
    DWORD size = sizeof(sid), needed = 0;
    BOOL present = FALSE, defaulted = FALSE;
    ACL *list = NULL;
    require(CreateWellKnownSid(WinAnonymousSid, NULL, sid, &size));
    expect_succeeded(GetKernelObjectSecurity(object, DACL_SECURITY_INFORMATION, descriptor,
                                             sizeof(descriptor), &needed));
    require(GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted));
    for (DWORD i = 0; list && i < list->AceCount; i++) {
        ACCESS_ALLOWED_ACE *entry = NULL;
        require(GetAce(list, i, (void **)&entry));
        if (EqualSid(&entry->SidStart, sid))
            return true;
    }
    return false;
}

static const struct object {
    struct row row;
    bool thread;
} objects[] = {
    {{"process", "inherit.defaults.process_list"}, false},
    {{"thread", "inherit.defaults.thread_list"}, true},
};

/* The list is of the whole process, which is another one than the test's for that reason. */
PEER(creates_with_its_default_list)
{
    set_default_list();
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION child; /* which ends before it has begun: no verdict is to come from it */

    BOOL created = CreateProcessW(NULL, peer_prepare(be_there)->command_line, NULL, NULL, FALSE,
                                  CREATE_SUSPENDED, NULL, NULL, &startup, &child);

    expect_succeeded(created);
    bool marked = is_marked(objects[peer_number(0)].thread ? child.hThread : child.hProcess);
    TerminateProcess(child.hProcess, 1);
    expect_true(marked);
}

START_TEST(default_list_of_the_token_is_that_of_the)
{
    struct peer *parent = peer_start(creates_with_its_default_list, given_number(_i));

    peer_join(parent);
}
END_TEST
COVERS_ROWS(default_list_of_the_token_is_that_of_the, objects);

/* ---- The environment ---- */

#define VARIABLE L"WINIPC_CTS_VARIABLE"

PEER(tells_the_variable)
{
    WCHAR value[16] = {0};
    DWORD length = GetEnvironmentVariableW(VARIABLE, value, 16);
    record("variable of the child", "%lu characters, the first is 0x%04x", length, value[0]);
}

START_TEST(parents_variables_without_the_flag)
{
    require(SetEnvironmentVariableW(VARIABLE, L"\x416\x4E2D"));
    struct peer *child = peer_prepare(tells_the_variable);
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS(parents_variables_without_the_flag, "inherit.environment.null_without_flag");

/* This process's own variables and one that is as long as a block may be. */
static char *long_block(size_t more)
{
    WCHAR *own = GetEnvironmentStringsW(), *end = own;
    while (*end)
        end += wcslen(end) + 1;
    size_t length = end - own;
    char *block = calloc(1, 3 * length + more + 10), *to = block;
    to += WideCharToMultiByte(CP_ACP, 0, own, (int)length, to, (int)(3 * length), NULL, NULL);
    memcpy(to, "Z=", 2);
    memset(to + 2, 'z', more);
    FreeEnvironmentStringsW(own);
    return block;
}

START_TEST(ansi_block_of_40000_characters)
{
    struct peer *child = peer_prepare(be_there);
    char words[2000];
    require(
        WideCharToMultiByte(CP_ACP, 0, child->command_line, -1, words, sizeof(words), NULL, NULL));
    STARTUPINFOA startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessA(NULL, words, NULL, NULL, FALSE, 0, long_block(40000), NULL,
                                  &startup, &child->info);

    DWORD error = GetLastError();
    char text[80];
    record("CreateProcessA with 40,000 characters", "%s",
           created ? "TRUE" : error_text(error, text, sizeof(text)));
    if (created)
        peer_join(child);
}
END_TEST
COVERS(ansi_block_of_40000_characters, "inherit.environment.ansi_limit");

/* ---- STARTUPINFO and its list ---- */

PEER(tells_its_output)
{
    record("standard output", "%s",
           GetStdHandle(STD_OUTPUT_HANDLE) == peer_handle(0) ? "given" : "another");
}

START_TEST(hot_key_beside_standard_handles)
{
    struct pipe_ends out = pipe_create();
    struct peer *child = peer_prepare(tells_its_output, given_handle(inheritable(out.write)));
    STARTUPINFOW startup = {.cb = sizeof(startup),
                            .dwFlags = STARTF_USESTDHANDLES | STARTF_USEHOTKEY,
                            .hStdOutput = out.write};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    DWORD error = GetLastError();
    char text[80];
    record("CreateProcess with both flags", "%s",
           created ? "TRUE" : error_text(error, text, sizeof(text)));
    if (created)
        peer_join(child);
}
END_TEST
COVERS(hot_key_beside_standard_handles, "inherit.startup_info.hot_key_and_handles");

START_TEST(flags_of_an_attribute_list)
{
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(NULL, 1, 0, &size);
    LPPROC_THREAD_ATTRIBUTE_LIST list = malloc(size);

    BOOL initialized = InitializeProcThreadAttributeList(list, 1, 1, &size);

    DWORD error = GetLastError();
    char text[80];
    record("dwFlags 1", "%s", initialized ? "TRUE" : error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(flags_of_an_attribute_list, "inherit.attribute.list_flags");

START_TEST(size_of_the_plain_structure)
{
    HANDLE event = event_create(TRUE);
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(STARTUPINFOW),
                              .lpAttributeList = handle_list(&event, 1)};
    struct peer *child = peer_prepare(be_there, given_handle(event));

    BOOL created =
        CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, EXTENDED_STARTUPINFO_PRESENT,
                       NULL, NULL, &startup.StartupInfo, &child->info);

    DWORD error = GetLastError();
    char text[80];
    record("cb of STARTUPINFO with EXTENDED_STARTUPINFO_PRESENT", "%s",
           created ? "TRUE" : error_text(error, text, sizeof(text)));
    if (created)
        peer_join(child);
}
END_TEST
COVERS(size_of_the_plain_structure, "inherit.startup_info.extended_size");

/* ---- The end ---- */

static DWORD wait_for(void *event)
{
    WaitForSingleObject(event, step_limit());
    return 0;
}

PEER(ends_while_a_thread_waits)
{
    struct thread *waiter = thread_start(wait_for, peer_handle(0));
    expect_stays_unsignaled(waiter->handle);
    peer_passed();
    ExitProcess(7);
}

START_TEST(thread_that_waits)
{
    HANDLE event = event_create(FALSE);
    struct peer *child = peer_start(ends_while_a_thread_waits, given_handle(event));

    bool ended = WaitForSingleObject(child->info.hProcess, step_limit() / 2) == WAIT_OBJECT_0;

    record("process whose thread waits", ended ? "ends" : "goes on");
    require(SetEvent(event));
    expect_exit_code(child->info.hProcess, 7);
}
END_TEST
COVERS(thread_that_waits, "inherit.ending.thread_that_waits");
