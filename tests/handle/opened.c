/* Objects that are opened by their name: the same object, in any process, by its exact name. */
#include "handle.h"

#include <wchar.h>

static bool is_signaled(HANDLE handle)
{
    return WaitForSingleObject(handle, 0) == WAIT_OBJECT_0;
}

/* ---- Each kind of object: created so that it is not signaled, and made so ---- */

static HANDLE create_event(const WCHAR *name)
{
    return CreateEventW(NULL, TRUE, FALSE, name);
}

static HANDLE open_event(BOOL inherit, const WCHAR *name)
{
    return OpenEventW(SYNCHRONIZE | EVENT_MODIFY_STATE, inherit, name);
}

static HANDLE open_event_ansi(BOOL inherit, const WCHAR *name)
{
    char ansi[100];
    require(WideCharToMultiByte(CP_ACP, 0, name, -1, ansi, sizeof(ansi), NULL, NULL));
    SetLastError(LAST_ERROR_UNSET);
    return OpenEventA(SYNCHRONIZE | EVENT_MODIFY_STATE, inherit, ansi);
}

static void set_event(HANDLE event)
{
    expect_succeeded(SetEvent(event));
}

static HANDLE create_semaphore(const WCHAR *name)
{
    return CreateSemaphoreW(NULL, 0, 5, name);
}

static HANDLE open_semaphore(BOOL inherit, const WCHAR *name)
{
    return OpenSemaphoreW(SYNCHRONIZE | SEMAPHORE_MODIFY_STATE, inherit, name);
}

static void release_semaphore(HANDLE semaphore)
{
    expect_succeeded(ReleaseSemaphore(semaphore, 1, NULL));
}

static HANDLE create_timer(const WCHAR *name)
{
    return CreateWaitableTimerW(NULL, TRUE, name);
}

static HANDLE open_timer(BOOL inherit, const WCHAR *name)
{
    return OpenWaitableTimerW(SYNCHRONIZE | TIMER_MODIFY_STATE, inherit, name);
}

static void set_timer(HANDLE timer)
{
    LARGE_INTEGER now = {.QuadPart = -1};
    expect_succeeded(SetWaitableTimer(timer, &now, 0, NULL, NULL, FALSE));
    expect_signaled(timer);
}

/* Owned by this thread, until its owner gives it back. */
static HANDLE create_mutex(const WCHAR *name)
{
    return CreateMutexW(NULL, TRUE, name);
}

static HANDLE open_mutex(BOOL inherit, const WCHAR *name)
{
    return OpenMutexW(SYNCHRONIZE | MUTEX_MODIFY_STATE, inherit, name);
}

static void release_mutex(HANDLE mutex)
{
    expect_succeeded(ReleaseMutex(mutex));
}

static const struct kind {
    struct row row;
    HANDLE (*create)(const WCHAR *name);
    HANDLE (*open)(BOOL inherit, const WCHAR *name);
    void (*signal)(HANDLE);
} kinds[] = {
    {{"event", NULL}, create_event, open_event, set_event},
    {{"event_by_ansi_name", NULL}, create_event, open_event_ansi, set_event},
    {{"semaphore", NULL}, create_semaphore, open_semaphore, release_semaphore},
    {{"timer", NULL}, create_timer, open_timer, set_timer},
    {{"mutex", NULL}, create_mutex, open_mutex, release_mutex},
};

static HANDLE new_object(const struct kind *kind, const WCHAR *name)
{
    HANDLE object = kind->create(name);
    require(object != NULL && GetLastError() != ERROR_ALREADY_EXISTS);
    return object;
}

/* ---- Which object ---- */

PEER(finds_it_signaled)
{
    HANDLE opened = kinds[peer_number(0)].open(FALSE, peer_text(0));

    expect_handle(opened);
    expect_true(!is_signaled(opened));
    checkpoint_reach("opened");
    checkpoint_wait("signaled");
    expect_signaled(opened);
}

START_TEST(same_object)
{
    const struct kind *kind = &kinds[_i];
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE object = new_object(kind, name);
    struct peer *peer = peer_start(finds_it_signaled, given_text(name), given_number(_i));

    checkpoint_wait("opened");
    kind->signal(object);

    checkpoint_reach("signaled");
    peer_join(peer);
}
END_TEST
COVERS_ROWS(same_object, kinds, "handle.opened.same_object");

START_TEST(keeps_the_object)
{
    const struct kind *kind = &kinds[_i];
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE object = new_object(kind, name);

    HANDLE opened = kind->open(FALSE, name);

    expect_handle(opened);
    expect_true(opened != object);
    close_handle(&object);
    object = kind->open(FALSE, name);
    expect_handle(object);
    close_handle(&opened);
    close_handle(&object);
    expect_null(kind->open(FALSE, name), ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS_ROWS(keeps_the_object, kinds, "handle.opened.keeps_the_object", "handle.opened.missing");

START_TEST(name_in_other_case)
{
    const struct kind *kind = &kinds[_i];
    WCHAR name[100];
    wcscpy(name, unique_name(L"Local\\"));
    wcscat(name, L"a");
    new_object(kind, name);
    expect_handle(kind->open(FALSE, name));
    name[wcslen(name) - 1] = 'A';

    HANDLE opened = kind->open(FALSE, name);

    expect_null(opened, ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS_ROWS(name_in_other_case, kinds, "handle.opened.case");

/* ---- Whether a child inherits the handle ---- */

static DWORD flags_of_opened(const struct kind *kind, BOOL inherit, const WCHAR *name)
{
    DWORD flags = 99;
    HANDLE opened = kind->open(inherit, name);
    expect_handle(opened);
    expect_succeeded(GetHandleInformation(opened, &flags));
    return flags;
}

START_TEST(inheritable_if_asked_for)
{
    const struct kind *kind = &kinds[_i];
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE object = new_object(kind, name);

    DWORD inheritable_ = flags_of_opened(kind, TRUE, name);

    expect_flags(inheritable_, HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
    expect_flags(flags_of_opened(kind, FALSE, name), 0, HANDLE_FLAG_NAMES);
    DWORD flags = 99;
    expect_succeeded(GetHandleInformation(object, &flags));
    expect_flags(flags, 0, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS_ROWS(inheritable_if_asked_for, kinds, "handle.opened.inherit");
