/* Wrong behaviours of ReadProcessMemory and WriteProcessMemory, for the tests of private_pages.c.
 */
#include "mapping-mutants.h"

/* The object that was made before the others: that of the data. */
static HANDLE object;

static HANDLE WINAPI note_object(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (object == NULL && mapping != NULL)
        object = mapping;
    return mapping;
}

/* What the object has where there is a copy-on-write view of it, or NULL. The view remains. */
static char *shared_bytes(HANDLE process, const void *address)
{
    MEMORY_BASIC_INFORMATION region = {0};
    DWORD error = GetLastError();
    real(VirtualQueryEx)(process, address, &region, sizeof(region));
    char *view = NULL;
    if (object != NULL && region.Type == MEM_MAPPED && region.AllocationProtect == PAGE_WRITECOPY)
        view = real(MapViewOfFile)(object, FILE_MAP_READ | FILE_MAP_WRITE, 0, 0, 0);
    SetLastError(error);
    return view ? view + ((const char *)address - (char *)region.AllocationBase) : NULL;
}

#define READ_PARAMETERS HANDLE process, const void *address, void *bytes, SIZE_T size, SIZE_T *count
#define READ real(ReadProcessMemory)(process, address, bytes, size, count)
#define WRITE_PARAMETERS \
    HANDLE process, void *address, const void *bytes, SIZE_T size, SIZE_T *count

static BOOL WINAPI reads_object(READ_PARAMETERS)
{
    BOOL read = READ;
    char *shared = read ? shared_bytes(process, address) : NULL;
    if (shared != NULL)
        memcpy(bytes, shared, size);
    return read;
}
MUTANT(read_process_memory_reads_the_object,
       "ReadProcessMemory finds what the object has where the process has a page of its own",
       PATCH(CreateFileMappingW, note_object), PATCH(ReadProcessMemory, reads_object));

static BOOL WINAPI writes_object(WRITE_PARAMETERS)
{
    BOOL written = real(WriteProcessMemory)(process, address, bytes, size, count);
    char *shared = written ? shared_bytes(process, address) : NULL;
    if (shared != NULL)
        memcpy(shared, bytes, size);
    return written;
}
MUTANT(write_process_memory_reaches_the_object,
       "WriteProcessMemory writes to the object where the process has a copy-on-write view",
       PATCH(CreateFileMappingW, note_object), PATCH(WriteProcessMemory, writes_object));

static BOOL WINAPI reads_into_object(READ_PARAMETERS)
{
    BOOL read = READ;
    char *shared = read ? shared_bytes(GetCurrentProcess(), bytes) : NULL;
    if (shared != NULL)
        memcpy(shared, bytes, size);
    return read;
}
MUTANT(read_process_memory_reaches_the_object,
       "ReadProcessMemory into a copy-on-write view changes the object",
       PATCH(CreateFileMappingW, note_object), PATCH(ReadProcessMemory, reads_into_object));
