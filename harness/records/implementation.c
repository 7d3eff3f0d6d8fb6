/* Which implementation this is: Wine exports its version, ReactOS has a key of its own, the rest is
 * Windows. */
#include "records/implementation.h"
#include "case/late.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct implementation found;

#if defined(__x86_64__)
#define ARCH "x86_64"
#elif defined(__i386__)
#define ARCH "i686"
#elif defined(__aarch64__)
#define ARCH "aarch64"
#else
#define ARCH "unknown"
#endif

/* What an implementation says of itself, for consoles, too. */
static char *print(const char *format, const char *a, const char *b)
{
    size_t size = strlen(format) + strlen(a) + strlen(b) + 1;
    char *text = grow(NULL, size);
    snprintf(text, size, format, a, b);
    char *shown = printable(text);
    free(text);
    return shown;
}

static void detect_wine(const char *version, HMODULE ntdll)
{
    void(CDECL * get_host)(const char **, const char **) =
        (void (*)(const char **, const char **))GetProcAddress(ntdll, "wine_get_host_version");
    const char *(CDECL * get_build)(void) =
        (const char *(*)(void))GetProcAddress(ntdll, "wine_get_build_id");
    const char *system = "", *release = "";
    if (get_host)
        get_host(&system, &release);
    found.family = "wine";
    found.version = printable(version);
    found.build = printable(get_build ? get_build() : version);
    found.host = print("%s %s", system, release);
}

static bool read_registry(const char *key, const char *name, char *value, DWORD size)
{
    HKEY opened;
    DWORD type;
    if (!late_has("RegOpenKeyExA") || !late_has("RegQueryValueExA") || !late_has("RegCloseKey"))
        return false;
    if (RegOpenKeyExA(HKEY_LOCAL_MACHINE, key, 0, KEY_READ, &opened))
        return false;
    memset(value, 0, size--);
    bool got = !RegQueryValueExA(opened, name, NULL, &type, (BYTE *)value, &size) && type == REG_SZ;
    RegCloseKey(opened);
    return got;
}

/* Not GetVersionEx: that tells a program without a manifest that it is on Windows 8. */
static const char *claimed_version(HMODULE ntdll)
{
    LONG(WINAPI * get_version)
    (OSVERSIONINFOW *) = (LONG(WINAPI *)(OSVERSIONINFOW *))GetProcAddress(ntdll, "RtlGetVersion");
    OSVERSIONINFOW version = {.dwOSVersionInfoSize = sizeof(version)};
    char numbers[60];
    if (get_version)
        get_version(&version);
    snprintf(numbers, sizeof(numbers), "%lu.%lu.%lu", version.dwMajorVersion,
             version.dwMinorVersion, version.dwBuildNumber);
    return copy_text(numbers);
}

static void detect_windows(void)
{
    static const char KEY[] = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
    char name[200] = "", build[200] = "";
    read_registry(KEY, "ProductName", name, sizeof(name));
    read_registry(KEY, "BuildLabEx", build, sizeof(build));
    found.family = "windows";
    found.version = found.claims;
    found.build = print("%s %s", name, build);
    found.host = "";
    if (!strncmp(name, "ReactOS", 7)) {
        found.family = "reactos";
        if (read_registry(KEY, "BuildLab", build, sizeof(build)))
            found.build = print("%s %s", name, build);
        /* "0.4.15-x86-dev": its own version, not the Windows version that it claims. */
        char *digit = strpbrk(build, "0123456789");
        if (digit)
            found.version = copy_text(digit);
    }
}

const struct implementation *implementation(void)
{
    if (!found.family) {
        HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
        const char *(CDECL * get_wine)(void) =
            (const char *(*)(void))GetProcAddress(ntdll, "wine_get_version");
        found.arch = ARCH;
        found.claims = claimed_version(ntdll);
        if (get_wine)
            detect_wine(get_wine(), ntdll);
        else
            detect_windows();
    }
    return &found;
}
