/* What tests set things up with: names, paths, bytes, bounds, and memory accesses that may fault.
 */
#include "case/path.h"
#include "case/process.h"
#include "base/memory.h"

#include <stdio.h>
#include <string.h>

DWORD step_limit(void)
{
    return scaled(5000);
}

/* ---- Names and paths */

static LONG names_made;

const WCHAR *unique_name(const WCHAR *prefix)
{
    size_t size = wcslen(prefix) + 120;
    WCHAR *name = zeroed(size, sizeof(*name));
    swprintf(name, size, L"%lscts-%hs-%hs-%ld", prefix, process.nonce, process.number,
             InterlockedIncrement(&names_made));
    SetLastError(LAST_ERROR_UNSET);
    return name;
}

const char *unique_name_a(const char *prefix)
{
    size_t size = strlen(prefix) + 120;
    char *name = zeroed(size, 1);
    snprintf(name, size, "%scts-%s-%s-%ld", prefix, process.nonce, process.number,
             InterlockedIncrement(&names_made));
    SetLastError(LAST_ERROR_UNSET);
    return name;
}

const WCHAR *scratch_path(const WCHAR *file)
{
    const WCHAR *path = wide_print(L"%ls\\%ls", process.dir, file);
    SetLastError(LAST_ERROR_UNSET);
    return path;
}

/* ---- Bytes */

char *zero_bytes(size_t size)
{
    char *bytes = zeroed(size, 1);
    SetLastError(LAST_ERROR_UNSET);
    return bytes;
}

/* Four bytes at a time from a multiplicative hash of their index: no period that a buffer size has.
 */
static uint32_t pattern_word(uint64_t index)
{
    uint32_t word = (uint32_t)index * 2654435761u;
    return word ^ (word >> 15);
}

void pattern_fill(void *buffer, size_t size, uint64_t offset)
{
    uint8_t *to = buffer;
    size_t i = 0;
    for (; i < size && (offset + i) % 4; i++)
        to[i] = (uint8_t)(pattern_word((offset + i) / 4) >> 8 * ((offset + i) % 4));
    for (; i + 4 <= size; i += 4) {
        uint32_t word = pattern_word((offset + i) / 4);
        memcpy(to + i, &word, 4);
    }
    for (; i < size; i++)
        to[i] = (uint8_t)(pattern_word((offset + i) / 4) >> 8 * ((offset + i) % 4));
}

uint64_t checksum(uint64_t so_far, const void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        so_far = (so_far ^ ((const uint8_t *)bytes)[i]) * 0x100000001b3u;
    return so_far;
}

/* ---- Accesses that may fault
 *
 * A vectored handler turns the fault into a continuation at resume(), which leaves by
 * __builtin_longjmp: no frame is unwound and no exception stays half dispatched. */

static void *resume_point[5];
static struct fault caught;
static DWORD faulting_thread;

static void resume(void) CTS_NORETURN;
static void resume(void)
{
    __builtin_longjmp(resume_point, 1);
}

static LONG CALLBACK on_fault(EXCEPTION_POINTERS *pointers)
{
    const EXCEPTION_RECORD *e = pointers->ExceptionRecord;
    if (GetCurrentThreadId() != faulting_thread)
        return EXCEPTION_CONTINUE_SEARCH;
    faulting_thread = 0;
    caught.code = e->ExceptionCode;
    if (e->NumberParameters >= 2) {
        caught.write = e->ExceptionInformation[0] == 1;
        caught.address = (const void *)e->ExceptionInformation[1];
    }
#ifdef _WIN64
    /* As if resume() had been called: the stack is 8 off a multiple of 16. */
    pointers->ContextRecord->Rsp = ((pointers->ContextRecord->Rsp - 256) & ~15ull) - 8;
    pointers->ContextRecord->Rip = (DWORD64)resume;
#else
    pointers->ContextRecord->Esp = ((pointers->ContextRecord->Esp - 256) & ~15ul) - 4;
    pointers->ContextRecord->Eip = (DWORD)resume;
#endif
    return EXCEPTION_CONTINUE_EXECUTION;
}

enum access { ACCESS_READ, ACCESS_WRITE, ACCESS_EXECUTE };

static struct fault __attribute__((noinline))
attempt(enum access access, volatile void *address, uint8_t byte)
{
    DWORD error = GetLastError();
    void *handler = AddVectoredExceptionHandler(1, on_fault);
    memset(&caught, 0, sizeof(caught));
    faulting_thread = GetCurrentThreadId();
    if (__builtin_setjmp(resume_point) == 0) {
        if (access == ACCESS_READ)
            (void)*(volatile uint8_t *)address;
        else if (access == ACCESS_WRITE)
            *(volatile uint8_t *)address = byte;
        else
            ((void (*)(void))address)();
    }
    faulting_thread = 0;
    RemoveVectoredExceptionHandler(handler);
    SetLastError(error);
    return caught;
}

struct fault try_read(const volatile void *address)
{
    return attempt(ACCESS_READ, (volatile void *)address, 0);
}

struct fault try_write(volatile void *address, uint8_t byte)
{
    return attempt(ACCESS_WRITE, address, byte);
}

struct fault try_execute(const volatile void *address)
{
    return attempt(ACCESS_EXECUTE, (volatile void *)address, 0);
}
