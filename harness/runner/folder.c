/* The folder of a run, its owner file, and what dead runs left. */
#include "runner/folder.h"
#include "case/late.h"
#include "base/memory.h"
#include "case/path.h"
#include "case/process.h"

#include <stdarg.h>
#include <stdlib.h>
#include <tlhelp32.h>

#define ROOM (4u * 1024 * 1024) /* bytes that must be free: a case may write about so much */
#define LOCK_AT 0x40000000u     /* behind the text, which others read */

static WCHAR *folder;
static HANDLE owner = INVALID_HANDLE_VALUE;

char *print(const char *format, ...)
{
    char text[4000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    return copy_text(text);
}

static bool remove_tree(const WCHAR *dir)
{
    WIN32_FIND_DATAW entry;
    WCHAR *path = wide_print(L"%ls\\*", dir);
    HANDLE search = FindFirstFileW(path, &entry);
    while (search != INVALID_HANDLE_VALUE) {
        free(path);
        path = wide_print(L"%ls\\%ls", dir, entry.cFileName);
        if (!(entry.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)) {
            if (entry.dwFileAttributes & FILE_ATTRIBUTE_READONLY)
                real(SetFileAttributesW)(path, FILE_ATTRIBUTE_NORMAL);
            real(DeleteFileW)(path);
        } else if (wcscmp(entry.cFileName, L".") && wcscmp(entry.cFileName, L"..")) {
            remove_tree(path);
        }
        if (!FindNextFileW(search, &entry)) {
            FindClose(search);
            break;
        }
    }
    free(path);
    return RemoveDirectoryW(dir) || GetLastError() == ERROR_FILE_NOT_FOUND;
}

bool remove_folder(const WCHAR *dir)
{
    ULONGLONG end = GetTickCount64() + 2000;
    bool removed = remove_tree(dir);
    for (int looks = 0; !removed && GetTickCount64() < end && looks < 2000; looks++) {
        nap();
        removed = remove_tree(dir);
    }
    return removed;
}

/* ---- Owner files */

static WCHAR *owner_name(void)
{
    return wide_print(L"%ls.owner", folder);
}

static bool lock(HANDLE file)
{
    OVERLAPPED at = {.Offset = LOCK_AT};
    return real(LockFileEx)(file, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0,
                            &at);
}

static HANDLE open_owner(const WCHAR *path, DWORD disposition)
{
    return real(CreateFileW)(path, GENERIC_READ | GENERIC_WRITE,
                             FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                             disposition, FILE_ATTRIBUTE_NORMAL, NULL);
}

static ULONGLONG creation_of(HANDLE process)
{
    FILETIME created = {0}, unused;
    GetProcessTimes(process, &created, &unused, &unused, &unused);
    return (ULONGLONG)created.dwHighDateTime << 32 | created.dwLowDateTime;
}

/* When the process that has this number now was created; 0: there is none. */
static ULONGLONG creation_of_number(DWORD number)
{
    HANDLE process = real(OpenProcess)(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, number);
    ULONGLONG created = process ? creation_of(process) : 0;
    if (process)
        real(CloseHandle)(process);
    return created;
}

/* ---- What dead runs left */

static void end_child(DWORD number, ULONGLONG from, ULONGLONG until)
{
    HANDLE process = real(OpenProcess)(
        PROCESS_TERMINATE | PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, number);
    if (!process)
        return;
    ULONGLONG created = creation_of(process);
    if (created >= from && created < until && real(TerminateProcess)(process, 1))
        real(WaitForSingleObject)(process, 5000);
    real(CloseHandle)(process);
}

/* Children of the dead runner NUMBER, created at CREATED, by this program's name or that of the
 * empty program. Its number may be another process's by now, whose children are younger than it. */
static void end_children(DWORD number, ULONGLONG created)
{
    PROCESSENTRY32W entry = {.dwSize = sizeof(entry)};
    ULONGLONG now = creation_of_number(number);
    HANDLE all = late_has("CreateToolhelp32Snapshot")
                     ? CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0)
                     : INVALID_HANDLE_VALUE;
    if (all == INVALID_HANDLE_VALUE)
        return;
    for (BOOL more = Process32FirstW(all, &entry); more; more = Process32NextW(all, &entry))
        if (entry.th32ParentProcessID == number && (!_wcsicmp(entry.szExeFile, program_file()) ||
                                                    !_wcsicmp(entry.szExeFile, L"empty.exe")))
            end_child(entry.th32ProcessID, created, now && now != created ? now : ~0ull);
    real(CloseHandle)(all);
}

static void clear_up_one(WCHAR *path)
{
    char text[100] = "", *end;
    DWORD size = 0;
    HANDLE file = open_owner(path, OPEN_EXISTING);
    if (file == INVALID_HANDLE_VALUE)
        return;
    if (lock(file)) {
        real(ReadFile)(file, text, sizeof(text) - 1, &size, NULL);
        DWORD number = strtoul(text, &end, 10);
        if (number)
            end_children(number, strtoull(end, NULL, 10));
        WCHAR *dot = wcsrchr(path, L'.');
        *dot = L'\0';
        bool gone = remove_folder(path);
        *dot = L'.';
        if (gone)
            real(DeleteFileW)(path);
    }
    real(CloseHandle)(file);
}

static void clear_up(const WCHAR *temp)
{
    WIN32_FIND_DATAW entry;
    WCHAR *all = wide_print(L"%lswinipc-cts-*.owner", temp);
    HANDLE search = FindFirstFileW(all, &entry);
    free(all);
    while (search != INVALID_HANDLE_VALUE) {
        WCHAR *path = wide_print(L"%ls%ls", temp, entry.cFileName);
        clear_up_one(path);
        free(path);
        if (!FindNextFileW(search, &entry)) {
            FindClose(search);
            break;
        }
    }
}

/* ---- This run's */

/* Makes and locks the owner file. Between the two another run may have taken it for a dead one's,
 * and then has removed it or is about to: false. */
static bool own(const WCHAR *path)
{
    owner = open_owner(path, CREATE_NEW);
    if (owner == INVALID_HANDLE_VALUE)
        return false;
    if (lock(owner) && real(GetFileAttributesW)(path) != INVALID_FILE_ATTRIBUTES) {
        char text[60];
        DWORD written;
        int size = snprintf(text, sizeof(text), "%lu %llu\n", GetCurrentProcessId(),
                            creation_of(GetCurrentProcess()));
        if (real(WriteFile)(owner, text, (DWORD)size, &written, NULL))
            return true;
        real(DeleteFileW)(path);
    }
    DWORD code = GetLastError();
    real(CloseHandle)(owner);
    owner = INVALID_HANDLE_VALUE;
    SetLastError(code);
    return false;
}

char *folder_open(const WCHAR **root)
{
    LARGE_INTEGER count;
    char error[80];
    WCHAR *temp = temporary_folder();
    if (!temp)
        return print("no folder for temporary files: set TMP to one that can be written");
    clear_up(temp);
    bool mine = false;
    for (int i = 0; i < 10 && !mine; i++) {
        QueryPerformanceCounter(&count);
        uint64_t name = checksum(CHECKSUM_START, &count, sizeof(count));
        name = checksum(name, &(DWORD){GetCurrentProcessId()}, sizeof(DWORD));
        free(folder);
        folder = wide_print(L"%lswinipc-cts-%08llx", temp, name & 0xFFFFFFFFu);
        WCHAR *path = owner_name();
        mine = own(path);
        free(path);
    }
    if (!mine || !CreateDirectoryW(folder, NULL)) {
        DWORD code = GetLastError();
        char *problem =
            print("cannot create the folder %s: %s; set TMP to a folder that can be written",
                  utf8_of(folder), error_text(code, error, sizeof(error)));
        folder_close();
        return problem;
    }
    if (!folder_has_room()) {
        folder_close();
        return print("the disk of %s is full (less than %u MiB are free): make room, or set TMP "
                     "to a folder elsewhere",
                     utf8_of(temp), ROOM >> 20);
    }
    free(temp);
    *root = folder;
    return NULL;
}

void folder_close(void)
{
    if (owner == INVALID_HANDLE_VALUE)
        return;
    WCHAR *path = owner_name();
    if (remove_folder(folder))
        real(DeleteFileW)(path);
    free(path);
    real(CloseHandle)(owner);
    owner = INVALID_HANDLE_VALUE;
}

bool folder_has_room(void)
{
    ULARGE_INTEGER available;
    return !GetDiskFreeSpaceExW(folder, &available, NULL, NULL) || available.QuadPart >= ROOM;
}
