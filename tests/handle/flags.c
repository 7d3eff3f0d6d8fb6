/* GetHandleInformation and SetHandleInformation: both flags, and what CloseHandle makes of them. */
#include "handle.h"

static const struct initial_row {
    struct row row;
    BOOL inherit;
    DWORD flags;
} initials[] = {
    {{"plain", NULL}, FALSE, 0},
    {{"inheritable", NULL}, TRUE, HANDLE_FLAG_INHERIT},
};

START_TEST(new_handle_has)
{
    HANDLE event = event_create(initials[_i].inherit);
    DWORD flags = 99;

    BOOL got = GetHandleInformation(event, &flags);

    expect_succeeded(got);
    expect_flags(flags, initials[_i].flags, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS_ROWS(new_handle_has, initials, "handle.flags.get.initial");

START_TEST(inherit_flag_can_be_set)
{
    HANDLE event = event_create(FALSE);

    BOOL set = SetHandleInformation(event, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);

    expect_succeeded(set);
    expect_flags(flags_of(event), HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS(inherit_flag_can_be_set, "handle.flags.set.inherit");

START_TEST(inherit_flag_can_be_cleared)
{
    HANDLE event = event_create(TRUE);

    BOOL cleared = SetHandleInformation(event, HANDLE_FLAG_INHERIT, 0);

    expect_succeeded(cleared);
    expect_flags(flags_of(event), 0, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS(inherit_flag_can_be_cleared, "handle.flags.set.clear_inherit");

START_TEST(only_flags_in_the_mask_change)
{
    HANDLE event = event_create(FALSE);

    BOOL set = SetHandleInformation(event, HANDLE_FLAG_INHERIT,
                                    HANDLE_FLAG_INHERIT | HANDLE_FLAG_PROTECT_FROM_CLOSE);

    expect_succeeded(set);
    expect_flags(flags_of(event), HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
    expect_succeeded(SetHandleInformation(event, HANDLE_FLAG_PROTECT_FROM_CLOSE, 0));
    expect_flags(flags_of(event), HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS(only_flags_in_the_mask_change, "handle.flags.set.mask");

START_TEST(flags_belong_to_one_handle)
{
    HANDLE event = event_create(FALSE), second = duplicate(event);

    BOOL set = SetHandleInformation(second, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);

    expect_succeeded(set);
    expect_flags(flags_of(second), HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
    expect_flags(flags_of(event), 0, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS(flags_belong_to_one_handle, "handle.flags.per_handle");

START_TEST(protected_handle_stays_open)
{
    struct pipe_ends pipe = pipe_create();
    require(SetHandleInformation(pipe.write, HANDLE_FLAG_PROTECT_FROM_CLOSE,
                                 HANDLE_FLAG_PROTECT_FROM_CLOSE));

    BOOL closed = CloseHandle(pipe.write);

    DWORD error = GetLastError();
    char text[80];
    record("CloseHandle on a protected handle", "%s",
           closed ? "TRUE" : error_text(error, text, sizeof(text)));
    expect_written(pipe.write, "still open");
    expect_arrives(pipe.read, "still open");
}
END_TEST
COVERS(protected_handle_stays_open, "handle.flags.protect.close_noop");

START_TEST(protection_can_be_taken_away)
{
    struct pipe_ends pipe = pipe_create();
    require(SetHandleInformation(pipe.write, HANDLE_FLAG_PROTECT_FROM_CLOSE,
                                 HANDLE_FLAG_PROTECT_FROM_CLOSE));
    expect_flags(flags_of(pipe.write), HANDLE_FLAG_PROTECT_FROM_CLOSE, HANDLE_FLAG_NAMES);

    BOOL cleared = SetHandleInformation(pipe.write, HANDLE_FLAG_PROTECT_FROM_CLOSE, 0);

    expect_succeeded(cleared);
    expect_flags(flags_of(pipe.write), 0, HANDLE_FLAG_NAMES);
    expect_succeeded(CloseHandle(pipe.write));
    expect_end_of_file(pipe.read);
}
END_TEST
COVERS(protection_can_be_taken_away, "handle.flags.protect.clear");

PEER(protect_and_end)
{
    require(SetHandleInformation(peer_handle(0), HANDLE_FLAG_PROTECT_FROM_CLOSE,
                                 HANDLE_FLAG_PROTECT_FROM_CLOSE));
}

START_TEST(protection_ends_with_the_process)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *child = peer_start(protect_and_end, given_handle(pipe.write));
    close_handle(&pipe.write);

    peer_join(child);

    expect_end_of_file(pipe.read);
}
END_TEST
COVERS(protection_ends_with_the_process, "handle.flags.protect.process_exit");

START_TEST(closed_handle_has_no_flags)
{
    BOOL got = TRUE;
    DWORD flags = 99;

    for (int tries = CLOSED_HANDLES; got && tries; tries--)
        got = GetHandleInformation(closed(event_create(FALSE)), &flags);

    expect_failed(got, ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(closed_handle_has_no_flags, "handle.flags.get.invalid");

START_TEST(closed_handle_takes_no_flags)
{
    BOOL set = TRUE;

    for (int tries = CLOSED_HANDLES; set && tries; tries--)
        set = SetHandleInformation(closed(event_create(FALSE)), HANDLE_FLAG_INHERIT,
                                   HANDLE_FLAG_INHERIT);

    expect_failed(set, ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(closed_handle_takes_no_flags, "handle.flags.set.invalid");

/* ---- Every kind of object that can be made here ---- */

static HANDLE make_token(void)
{
    HANDLE token = NULL;
    require(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token));
    return token;
}

static HANDLE make_file(void)
{
    return CreateFileW(scratch_path(L"file"), GENERIC_READ, 0, NULL, CREATE_NEW, 0, NULL);
}

static HANDLE make_mapping(void)
{
    return CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1, NULL);
}

static HANDLE make_job(void)
{
    return CreateJobObjectW(NULL, NULL);
}

static HANDLE make_mailslot(void)
{
    return CreateMailslotW(unique_name(L"\\\\.\\mailslot\\"), 0, 0, NULL);
}

static HANDLE make_mutex(void)
{
    return CreateMutexW(NULL, FALSE, NULL);
}

static HANDLE make_pipe(void)
{
    return pipe_create().read;
}

static HANDLE make_process(void)
{
    return duplicate(GetCurrentProcess());
}

static HANDLE make_thread(void)
{
    return duplicate(GetCurrentThread());
}

static HANDLE make_key(void)
{
    HKEY key = NULL;
    require(!RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"Software", 0, KEY_READ, &key));
    return key;
}

static HANDLE make_semaphore(void)
{
    return CreateSemaphoreW(NULL, 1, 1, NULL);
}

static HANDLE make_socket(void)
{
    WSADATA data;
    require(!WSAStartup(MAKEWORD(2, 2), &data));
    return (HANDLE)WSASocketW(AF_INET, SOCK_DGRAM, IPPROTO_UDP, NULL, 0, 0);
}

static HANDLE make_timer(void)
{
    return CreateWaitableTimerW(NULL, TRUE, NULL);
}

static const struct kind {
    struct row row;
    HANDLE (*make)(void);
} kinds[] = {
    {{"token", NULL}, make_token},
    {{"file", NULL}, make_file},
    {{"file_mapping", NULL}, make_mapping},
    {{"job", NULL}, make_job},
    {{"mailslot", NULL}, make_mailslot},
    {{"mutex", NULL}, make_mutex},
    {{"pipe", NULL}, make_pipe},
    {{"process", NULL}, make_process},
    {{"thread", NULL}, make_thread},
    {{"registry_key", NULL}, make_key},
    {{"semaphore", NULL}, make_semaphore},
    {{"socket", NULL}, make_socket},
    {{"timer", NULL}, make_timer},
};

START_TEST(flags_of_a)
{
    HANDLE handle = kinds[_i].make();
    require(handle != NULL && handle != INVALID_HANDLE_VALUE);
    require(SetHandleInformation(handle, HANDLE_FLAG_INHERIT, 0));

    BOOL set = SetHandleInformation(handle, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);

    expect_succeeded(set);
    expect_flags(flags_of(handle), HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
    expect_succeeded(SetHandleInformation(handle, HANDLE_FLAG_INHERIT, 0));
    expect_flags(flags_of(handle), 0, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS_ROWS(flags_of_a, kinds, "handle.flags.kinds");

/* ---- The two low bits of a handle's value ---- */

START_TEST(low_bits_of_a)
{
    HANDLE handle = kinds[_i].make();

    require(handle != NULL && handle != INVALID_HANDLE_VALUE);

    record("low bits", "%u", (unsigned)((UINT_PTR)handle & 3));
}
END_TEST
COVERS_ROWS(low_bits_of_a, kinds, "handle.value.low_bits");

/* A value that an inheritable handle had is given to another one, most often at once. */
START_TEST(value_of_an_inheritable_handle_is_used_again)
{
    HANDLE earlier[8];
    for (int i = 0; i < 8; i++)
        earlier[i] = event_create(TRUE);
    for (int i = 0; i < 8; i++)
        close_handle(&earlier[i]);

    HANDLE later[8];
    for (int i = 0; i < 8; i++)
        later[i] = event_create(FALSE);

    for (int i = 0; i < 8; i++)
        expect_flags(flags_of(later[i]), 0, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS(value_of_an_inheritable_handle_is_used_again, "handle.flags.value_again");
