/* What an event or a mutex that exists grants to those who create or open it by its name. */
#include "handle.h"

#include <aclapi.h>
#include <sddl.h>

static HANDLE create_event(SECURITY_ATTRIBUTES *security, const WCHAR *name)
{
    return CreateEventW(security, TRUE, FALSE, name);
}

static HANDLE create_mutex(SECURITY_ATTRIBUTES *security, const WCHAR *name)
{
    return CreateMutexW(security, FALSE, name);
}

static HANDLE create_semaphore(SECURITY_ATTRIBUTES *security, const WCHAR *name)
{
    return CreateSemaphoreW(security, 1, 1, name);
}

static HANDLE create_timer(SECURITY_ATTRIBUTES *security, const WCHAR *name)
{
    return CreateWaitableTimerW(security, TRUE, name);
}

/* Lists that give everybody SYNCHRONIZE; that and the right to modify the state; and all access. */
#define WAITS L"D:(A;;0x100000;;;WD)"
#define MODIFIES L"D:(A;;0x100003;;;WD)"
#define DOES_ALL L"D:(A;;0x1f0003;;;WD)"

static SECURITY_ATTRIBUTES attributes_of(const WCHAR *sddl)
{
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes)};
    require(ConvertStringSecurityDescriptorToSecurityDescriptorW(
        sddl, SDDL_REVISION_1, &attributes.lpSecurityDescriptor, NULL));
    return attributes;
}

static const struct kind {
    struct row row;
    HANDLE (*create)(SECURITY_ATTRIBUTES *security, const WCHAR *name);
    HANDLE(WINAPI *open)(DWORD access, BOOL inherit, const WCHAR *name);
} kinds[] = {
    {{"event", NULL}, create_event, OpenEventW},
    {{"mutex", NULL}, create_mutex, OpenMutexW},
    {{"semaphore", NULL}, create_semaphore, OpenSemaphoreW},
    {{"timer", NULL}, create_timer, OpenWaitableTimerW},
};

static HANDLE new_object(const struct kind *kind, const WCHAR *sddl, const WCHAR *name)
{
    SECURITY_ATTRIBUTES attributes = attributes_of(sddl);
    HANDLE object = kind->create(&attributes, name);
    require(object != NULL && GetLastError() != ERROR_ALREADY_EXISTS);
    return object;
}

/* By way of its handle: the list that an object has later on. */
static HANDLE restricted(const struct kind *kind, const WCHAR *sddl, const WCHAR *name)
{
    SECURITY_ATTRIBUTES attributes = attributes_of(sddl);
    HANDLE object = kind->create(NULL, name);
    require(object != NULL && GetLastError() != ERROR_ALREADY_EXISTS);
    require(SetKernelObjectSecurity(object, DACL_SECURITY_INFORMATION,
                                    attributes.lpSecurityDescriptor));
    return object;
}

/* ---- The handle of who creates it ---- */

static const struct created {
    struct row row;
} creations[] = {
    /* in the order of kinds */
    {{"event", "handle.granted.event_all"}},
    {{"mutex", "handle.granted.mutex_all"}},
};

static void use(HANDLE object, bool is_event)
{
    if (is_event) {
        expect_succeeded(SetEvent(object));
        expect_number(WaitForSingleObject(object, 0), WAIT_OBJECT_0);
        expect_succeeded(ResetEvent(object));
        expect_number(WaitForSingleObject(object, 0), WAIT_TIMEOUT);
    } else {
        expect_number(WaitForSingleObject(object, 0), WAIT_OBJECT_0);
        expect_succeeded(ReleaseMutex(object));
    }
}

START_TEST(all_access_to_a_new)
{
    const WCHAR *name = unique_name(L"Local\\");
    SECURITY_ATTRIBUTES waiting = attributes_of(WAITS);

    HANDLE object = kinds[_i].create(NULL, name);

    expect_handle(object);
    use(object, _i == 0);
    char descriptor[0x400];
    DWORD needed = 0;
    expect_succeeded(GetKernelObjectSecurity(object, DACL_SECURITY_INFORMATION, descriptor,
                                             sizeof(descriptor), &needed));
    expect_succeeded(
        SetKernelObjectSecurity(object, DACL_SECURITY_INFORMATION, waiting.lpSecurityDescriptor));
    expect_null(kinds[_i].open(SYNCHRONIZE | 3, FALSE, name), ERROR_ACCESS_DENIED);
    use(object, _i == 0); /* what a handle may do stays */
}
END_TEST
COVERS_ROWS(all_access_to_a_new, creations);

static const struct created given[] = {
    {{"event", "handle.granted.event_given"}},
    {{"mutex", "handle.granted.mutex_given"}},
};

START_TEST(descriptor_of_a_new)
{
    const WCHAR *name = unique_name(L"Local\\");
    SECURITY_ATTRIBUTES waiting = attributes_of(WAITS);

    HANDLE object = kinds[_i].create(&waiting, name);

    expect_handle(object);
    expect_null(kinds[_i].open(SYNCHRONIZE | 3, FALSE, name), ERROR_ACCESS_DENIED);
    expect_handle(kinds[_i].open(SYNCHRONIZE, FALSE, name));
}
END_TEST
COVERS_ROWS(descriptor_of_a_new, given);

/* ---- Who opens it ---- */

START_TEST(list_that_lets_wait_for_a)
{
    const struct kind *kind = &kinds[_i];
    const WCHAR *name = unique_name(L"Local\\");
    DWORD modify = kind->open == OpenMutexW ? MUTEX_MODIFY_STATE : EVENT_MODIFY_STATE;
    restricted(kind, WAITS, name);
    SetLastError(LAST_ERROR_UNSET);

    HANDLE opened = kind->open(SYNCHRONIZE | modify, FALSE, name);

    expect_null(opened, ERROR_ACCESS_DENIED);
    opened = kind->open(SYNCHRONIZE, FALSE, name);
    expect_handle(opened);
    expect_true(WaitForSingleObject(opened, 0) != WAIT_FAILED);
    name = unique_name(L"Local\\");
    restricted(kind, MODIFIES, name);
    expect_handle(kind->open(SYNCHRONIZE | modify, FALSE, name));
}
END_TEST
COVERS_ROWS(list_that_lets_wait_for_a, kinds, "handle.granted.opened");

PEER(waits_and_releases)
{
    HANDLE mutex = OpenMutexW(SYNCHRONIZE, FALSE, peer_text(0));
    expect_handle(mutex);
    expect_number(WaitForSingleObject(mutex, step_limit()), WAIT_OBJECT_0);
    checkpoint_reach("owned");
    checkpoint_wait("seen");
    expect_succeeded(ReleaseMutex(mutex));
    checkpoint_reach("released");
    checkpoint_wait("end");
}

START_TEST(mutex_with_the_right_to_wait)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE mutex = new_object(&kinds[1], WAITS, name);
    struct peer *peer = peer_start(waits_and_releases, given_text(name));

    checkpoint_wait("owned");

    expect_number(WaitForSingleObject(mutex, 0), WAIT_TIMEOUT);
    checkpoint_reach("seen");
    checkpoint_wait("released");
    expect_number(WaitForSingleObject(mutex, 0), WAIT_OBJECT_0);
    checkpoint_reach("end");
    peer_join(peer);
}
END_TEST
COVERS(mutex_with_the_right_to_wait, "handle.granted.mutex_synchronize");

/* ---- Who creates it again ---- */

static const struct again {
    struct row row;
    unsigned kind;
    const WCHAR *sddl;
    DWORD granted;
} again[] = {
    {{"event_to_wait_for", "handle.granted.event_again"}, 0, WAITS, SYNCHRONIZE},
    {{"event_to_set", "handle.granted.event_again"}, 0, MODIFIES, SYNCHRONIZE | EVENT_MODIFY_STATE},
    {{"mutex_to_wait_for", "handle.granted.mutex_again"}, 1, WAITS, SYNCHRONIZE},
    {{"mutex_to_modify", "handle.granted.mutex_again"}, 1, MODIFIES, SYNCHRONIZE | 1},
};

START_TEST(all_access_is_asked_for_an)
{
    const struct kind *kind = &kinds[again[_i].kind];
    const WCHAR *name = unique_name(L"Local\\");
    new_object(kind, again[_i].sddl, name);
    SetLastError(LAST_ERROR_UNSET);

    HANDLE second = kind->create(NULL, name);

    expect_null(second, ERROR_ACCESS_DENIED);
    expect_handle(kind->open(again[_i].granted, FALSE, name)); /* the list gives that */
    name = unique_name(L"Local\\");
    new_object(kind, DOES_ALL, name);
    second = kind->create(NULL, name);
    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(second);
}
END_TEST
COVERS_ROWS(all_access_is_asked_for_an, again);

static const struct created ignored[] = {
    {{"event", "handle.granted.event_descriptor"}},
    {{"mutex", "handle.granted.mutex_descriptor"}},
};

START_TEST(descriptor_is_not_that_of_a_second)
{
    const struct kind *kind = &kinds[_i];
    const WCHAR *name = unique_name(L"Local\\");
    SECURITY_ATTRIBUTES waiting = attributes_of(WAITS);
    new_object(kind, DOES_ALL, name);

    HANDLE second = kind->create(&waiting, name);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(second);
    expect_handle(kind->open(SYNCHRONIZE | 3, FALSE, name));
    expect_handle(kind->create(NULL, name));
}
END_TEST
COVERS_ROWS(descriptor_is_not_that_of_a_second, ignored);

static const struct inherited {
    struct row row;
    unsigned kind;
    BOOL first, second;
    bool attributes;
} inherited[] = {
    {{"event_inheritable", "handle.granted.event_inherit"}, 0, FALSE, TRUE, true},
    {{"event_not_inheritable", "handle.granted.event_inherit"}, 0, TRUE, FALSE, true},
    {{"event_without_attributes", "handle.granted.event_inherit"}, 0, TRUE, FALSE, false},
    {{"mutex_inheritable", "handle.granted.mutex_inherit"}, 1, FALSE, TRUE, true},
    {{"mutex_not_inheritable", "handle.granted.mutex_inherit"}, 1, TRUE, FALSE, true},
    {{"mutex_without_attributes", "handle.granted.mutex_inherit"}, 1, TRUE, FALSE, false},
};

START_TEST(second)
{
    const struct inherited *row = &inherited[_i];
    const struct kind *kind = &kinds[row->kind];
    const WCHAR *name = unique_name(L"Local\\");
    SECURITY_ATTRIBUTES of_first = {sizeof(of_first), NULL, row->first};
    SECURITY_ATTRIBUTES of_second = {sizeof(of_second), NULL, row->second};
    HANDLE first = kind->create(&of_first, name);
    require(first != NULL);

    HANDLE second = kind->create(row->attributes ? &of_second : NULL, name);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(second);
    expect_flags(flags_of(second), row->second ? HANDLE_FLAG_INHERIT : 0, HANDLE_FLAG_NAMES);
    expect_flags(flags_of(first), row->first ? HANDLE_FLAG_INHERIT : 0, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS_ROWS(second, inherited);

static const struct created modes[] = {
    {{"auto_reset_event", NULL}},
    {{"manual_reset_event", NULL}},
};

START_TEST(created_again)
{
    const WCHAR *name = unique_name(L"Local\\");
    BOOL manual = _i;
    HANDLE first = CreateEventW(NULL, manual, FALSE, name);
    require(first != NULL);

    HANDLE second = CreateEventW(NULL, !manual, FALSE, name);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(second);
    HANDLE both[] = {first, second};
    for (int i = 0; i < 2; i++) {
        expect_succeeded(SetEvent(both[i]));
        expect_number(WaitForSingleObject(both[i], 0), WAIT_OBJECT_0);
        expect_number(WaitForSingleObject(both[i], 0), manual ? WAIT_OBJECT_0 : WAIT_TIMEOUT);
    }
}
END_TEST
COVERS_ROWS(created_again, modes, "handle.granted.reset_mode");

/* ---- The state of a new one ---- */

static const struct initial {
    struct row row;
    BOOL manual, set;
} initials[] = {
    {{"auto_reset_set", NULL}, FALSE, TRUE},
    {{"auto_reset_not_set", NULL}, FALSE, FALSE},
    {{"manual_reset_set", NULL}, TRUE, TRUE},
    {{"manual_reset_not_set", NULL}, TRUE, FALSE},
};

START_TEST(state_of_a_new_event)
{
    const struct initial *row = &initials[_i];
    HANDLE event = CreateEventW(NULL, row->manual, row->set, NULL);

    DWORD waited = WaitForSingleObject(event, 0);

    expect_number(waited, row->set ? WAIT_OBJECT_0 : WAIT_TIMEOUT);
    expect_number(WaitForSingleObject(event, 0),
                  row->set && row->manual ? WAIT_OBJECT_0 : WAIT_TIMEOUT);
}
END_TEST
COVERS_ROWS(state_of_a_new_event, initials, "handle.granted.initial_state");
