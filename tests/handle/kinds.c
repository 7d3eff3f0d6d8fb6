/* Duplicates of handles of tokens, mailslots, registry keys and notifications of changes: each is
 * of the same object and stays good when the first is closed. */
#include "handle.h"

static HANDLE duplicate_of(HANDLE handle)
{
    HANDLE second = NULL;
    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &second, 0,
                                      FALSE, DUPLICATE_SAME_ACCESS);
    expect_succeeded(duplicated);
    expect_true(second != NULL && second != handle);
    return second;
}

static LUID id_of(HANDLE token)
{
    TOKEN_STATISTICS statistics;
    DWORD size;
    expect_succeeded(
        GetTokenInformation(token, TokenStatistics, &statistics, sizeof(statistics), &size));
    return statistics.TokenId;
}

START_TEST(token)
{
    HANDLE first = NULL;
    require(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &first));
    LUID expected = id_of(first);

    HANDLE second = duplicate_of(first);

    LUID told = id_of(second);
    expect_bytes(&told, &expected, sizeof(expected));
    close_handle(&first);
    told = id_of(second);
    expect_bytes(&told, &expected, sizeof(expected));
}
END_TEST
COVERS(token, "handle.duplicate.kind.token");

/* The next message in the mailslot. */
static void expect_letter(HANDLE mailslot, const char *text)
{
    char letter[16];
    DWORD count = 0;
    expect_succeeded(ReadFile(mailslot, letter, sizeof(letter), &count, NULL));
    expect_number(count, strlen(text));
    expect_bytes(letter, text, count);
}

START_TEST(mailslot)
{
    const WCHAR *name = unique_name(L"\\\\.\\mailslot\\");
    HANDLE first = CreateMailslotW(name, 0, 0, NULL);
    require(first != INVALID_HANDLE_VALUE);
    HANDLE client = CreateFileW(name, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                                OPEN_EXISTING, 0, NULL);
    require(client != INVALID_HANDLE_VALUE);
    DWORD count = 0;
    require(WriteFile(client, "one", 3, &count, NULL) && WriteFile(client, "two", 3, &count, NULL));
    require(WriteFile(client, "three", 5, &count, NULL));

    HANDLE second = duplicate_of(first);

    expect_letter(second, "one");
    expect_letter(first, "two");
    close_handle(&first);
    expect_letter(second, "three");
}
END_TEST
COVERS(mailslot, "handle.duplicate.kind.mailslot");

static DWORD keys_below(HANDLE key)
{
    DWORD keys = 0;
    expect_error(RegQueryInfoKeyW((HKEY)key, NULL, NULL, NULL, &keys, NULL, NULL, NULL, NULL, NULL,
                                  NULL, NULL),
                 ERROR_SUCCESS);
    return keys;
}

START_TEST(registry_key)
{
    HKEY first = NULL;
    require(!RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"Software", 0, KEY_READ, &first));
    DWORD expected = keys_below(first);

    HANDLE second = duplicate_of((HANDLE)first);

    expect_number(keys_below(second), expected);
    require(!RegCloseKey(first));
    expect_number(keys_below(second), expected);
}
END_TEST
COVERS(registry_key, "handle.duplicate.kind.registry_key");

START_TEST(change_notification)
{
    const WCHAR *folder = scratch_path(L"watched"), *file = scratch_path(L"watched\\file");
    require(CreateDirectoryW(folder, NULL));
    HANDLE first = FindFirstChangeNotificationW(folder, FALSE, FILE_NOTIFY_CHANGE_FILE_NAME);
    require(first != INVALID_HANDLE_VALUE);

    HANDLE second = duplicate_of(first);

    expect_not_signaled(second);
    HANDLE made = CreateFileW(file, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
    require(made != INVALID_HANDLE_VALUE);
    expect_signaled(second);
    expect_signaled(first);
    require(FindCloseChangeNotification(first));
    expect_signaled(second);
}
END_TEST
COVERS(change_notification, "handle.duplicate.kind.change_notification");
