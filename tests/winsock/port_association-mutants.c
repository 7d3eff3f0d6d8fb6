/* Wrong behaviours, for the tests of port_association.c: CreateIoCompletionPort. */
#include "completion_port-mutants.h"
#include "plain-mutants.h"

#define ASSOCIATE_PARAMETERS HANDLE file, HANDLE existing, ULONG_PTR key, DWORD threads
#define ASSOCIATE real(CreateIoCompletionPort)(file, existing, key, threads)

static HANDLE WINAPI creates_only(ASSOCIATE_PARAMETERS)
{
    bool is_datagrams = file != INVALID_HANDLE_VALUE && is_datagram((SOCKET)file);
    return existing || !is_datagrams
               ? ASSOCIATE
               : real(CreateIoCompletionPort)(INVALID_HANDLE_VALUE, NULL, key, threads);
}
MUTANT(new_port_is_not_associated,
       "CreateIoCompletionPort associates a datagram socket with no new port",
       PATCH(CreateIoCompletionPort, creates_only));

static HANDLE WINAPI key_of_port(ASSOCIATE_PARAMETERS)
{
    HANDLE port = ASSOCIATE;
    if (port && file == INVALID_HANDLE_VALUE && key)
        real(PostQueuedCompletionStatus)(port, 0, key, NULL);
    return port;
}
MUTANT(port_without_file_minds_its_key, "A port that is created with a key begins with a packet",
       PATCH(CreateIoCompletionPort, key_of_port));

static HANDLE WINAPI takes_no_file(ASSOCIATE_PARAMETERS)
{
    return file == INVALID_HANDLE_VALUE && existing ? existing : ASSOCIATE;
}
MUTANT(port_is_associated_with_no_file,
       "CreateIoCompletionPort returns an existing port for INVALID_HANDLE_VALUE",
       PATCH(CreateIoCompletionPort, takes_no_file));

static HANDLE WINAPI minds_threads(ASSOCIATE_PARAMETERS)
{
    if (existing && threads > 1024) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return NULL;
    }
    return ASSOCIATE;
}
MUTANT(existing_port_minds_its_threads,
       "CreateIoCompletionPort checks the number of threads of an existing port",
       PATCH(CreateIoCompletionPort, minds_threads));

static HANDLE keyed_port;
static ULONG_PTR port_key;

static HANDLE WINAPI key_of_first(ASSOCIATE_PARAMETERS)
{
    if (existing && existing == keyed_port)
        key = port_key;
    else if (existing)
        keyed_port = existing, port_key = key;
    return ASSOCIATE;
}
MUTANT(port_has_one_key, "All files of a port have the key of the first one",
       PATCH(CreateIoCompletionPort, key_of_first));

static HANDLE WINAPI says_associated(ASSOCIATE_PARAMETERS)
{
    HANDLE port = ASSOCIATE;
    DWORD flags;
    bool is_socket = port || socket_option((SOCKET)file, SO_TYPE);
    if (!port && is_socket && GetLastError() == ERROR_INVALID_PARAMETER && key != 0x1234 &&
        real(GetHandleInformation)(file, &flags))
        return existing;
    return port;
}
MUTANT(second_association_seems_to_work, "Associating a socket a second time seems to work",
       PATCH(CreateIoCompletionPort, says_associated));

static bool waits(HANDLE file)
{
    DWORD error = GetLastError();
    bool is_disk = GetFileType(file) == FILE_TYPE_DISK;
    SetLastError(error);
    return is_disk;
}

static HANDLE WINAPI takes_file(ASSOCIATE_PARAMETERS)
{
    HANDLE port = ASSOCIATE;
    return !port && waits(file) ? existing : port;
}
MUTANT(file_that_waits_is_associated,
       "CreateIoCompletionPort takes a file that was not opened for overlapped operations",
       PATCH(CreateIoCompletionPort, takes_file));

static HANDLE WINAPI takes_socket(ASSOCIATE_PARAMETERS)
{
    HANDLE port = ASSOCIATE;
    return !port && existing && file != INVALID_HANDLE_VALUE && (SOCKET)file == plain ? existing
                                                                                      : port;
}
MUTANT(socket_that_waits_is_associated,
       "CreateIoCompletionPort takes a socket that was not created for overlapped operations",
       PATCH(WSASocketW, notes_plain), PATCH(CreateIoCompletionPort, takes_socket));

static bool is_event(HANDLE handle)
{
    DWORD error = GetLastError();
    bool event = real(ResetEvent)(handle);
    SetLastError(error);
    return event;
}

static HANDLE WINAPI takes_event(ASSOCIATE_PARAMETERS)
{
    return existing && is_event(file) ? existing : ASSOCIATE;
}
MUTANT(event_is_associated, "CreateIoCompletionPort takes an event for a file",
       PATCH(CreateIoCompletionPort, takes_event));

static HANDLE WINAPI event_for_port(ASSOCIATE_PARAMETERS)
{
    return existing && is_event(existing) ? existing : ASSOCIATE;
}
MUTANT(event_is_a_port, "CreateIoCompletionPort takes an event for a port",
       PATCH(CreateIoCompletionPort, event_for_port));

static HANDLE a_copy;

static BOOL WINAPI notes_copy(HANDLE from, HANDLE source, HANDLE to, LPHANDLE target, DWORD access,
                              BOOL inherit, DWORD options)
{
    BOOL done = real(DuplicateHandle)(from, source, to, target, access, inherit, options);
    a_copy = done && target ? *target : NULL;
    return done;
}

static BOOL WINAPI no_packet_of_copy(HANDLE file, LPCVOID bytes, DWORD size, LPDWORD count,
                                     LPOVERLAPPED overlapped)
{
    if (file == a_copy && overlapped)
        overlapped->hEvent = (HANDLE)((ULONG_PTR)CreateEventW(NULL, TRUE, FALSE, NULL) | 1);
    return real(WriteFile)(file, bytes, size, count, overlapped);
}
MUTANT(duplicate_makes_no_packets, "What is written through a duplicated handle makes no packet",
       PATCH(DuplicateHandle, notes_copy), PATCH(WriteFile, no_packet_of_copy));

static HANDLE associated;

static HANDLE WINAPI notes_file(ASSOCIATE_PARAMETERS)
{
    HANDLE port = ASSOCIATE;
    if (port)
        associated = file;
    return port;
}

static BOOL WINAPI reads_all_the_same(HANDLE file, LPVOID bytes, DWORD size,
                                      LPOVERLAPPED overlapped,
                                      LPOVERLAPPED_COMPLETION_ROUTINE routine)
{
    BOOL reading = real(ReadFileEx)(file, bytes, size, overlapped, routine);
    return file == associated ? TRUE : reading;
}
MUTANT(associated_files_have_routines, "ReadFileEx works on a file that reports to a port",
       PATCH(CreateIoCompletionPort, notes_file), PATCH(ReadFileEx, reads_all_the_same));
