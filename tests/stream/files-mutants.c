/* Wrong behaviours, for the tests of files.c: a connection as a file. */
#include "stream-mutants.h"

static BOOL WINAPI read_would_block(HANDLE file, LPVOID bytes, DWORD size, LPDWORD got,
                                    LPOVERLAPPED overlapped)
{
    if (is_stream((SOCKET)file) && has_peer((SOCKET)file) && !bytes_waiting((SOCKET)file))
        return failed(WSAEWOULDBLOCK);
    return real(ReadFile)(file, bytes, size, got, overlapped);
}
MUTANT(read_file_of_a_connection_would_block, "ReadFile on a connection without data fails",
       PATCH(ReadFile, read_would_block));

static BOOL WINAPI not_for_connections(HANDLE file, LPVOID bytes, DWORD size,
                                       LPOVERLAPPED overlapped,
                                       LPOVERLAPPED_COMPLETION_ROUTINE routine)
{
    return is_stream((SOCKET)file) ? failed(ERROR_INVALID_FUNCTION)
                                   : real(ReadFileEx)(file, bytes, size, overlapped, routine);
}
MUTANT(read_file_ex_is_not_for_connections, "ReadFileEx fails on a connection",
       PATCH(ReadFileEx, not_for_connections));

static BOOL WINAPI sends_nothing(HANDLE file, LPCVOID bytes, DWORD size, LPOVERLAPPED overlapped,
                                 LPOVERLAPPED_COMPLETION_ROUTINE routine)
{
    return real(WriteFileEx)(file, bytes, is_stream((SOCKET)file) ? 0 : size, overlapped, routine);
}
MUTANT(write_file_ex_sends_nothing, "WriteFileEx on a connection sends nothing",
       PATCH(WriteFileEx, sends_nothing));

static SOCKET associated = INVALID_SOCKET;

static HANDLE WINAPI notes_port(HANDLE file, HANDLE port, ULONG_PTR key, DWORD threads)
{
    HANDLE result = real(CreateIoCompletionPort)(file, port, key, threads);
    if (result && is_stream((SOCKET)file))
        associated = (SOCKET)file;
    return result;
}

static BOOL WINAPI tells_no_port(HANDLE file, LPCVOID bytes, DWORD size, LPDWORD written,
                                 LPOVERLAPPED overlapped)
{
    if ((SOCKET)file == associated && overlapped && !overlapped->hEvent)
        return real(send)((SOCKET)file, bytes, (int)size, 0) == (int)size;
    return real(WriteFile)(file, bytes, size, written, overlapped);
}
MUTANT(write_file_of_a_connection_tells_no_port, "WriteFile on a connection tells no port",
       PATCH(CreateIoCompletionPort, notes_port), PATCH(WriteFile, tells_no_port));
