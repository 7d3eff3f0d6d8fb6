/* What mutants of packets know: the last socket that was associated with a port. */
#ifndef ASSOCIATED_MUTANTS_H
#define ASSOCIATED_MUTANTS_H

#include "../dgram/dgram-mutants.h"

static struct {
    HANDLE file, port;
    ULONG_PTR key;
} associated;

static inline HANDLE WINAPI notes_association(HANDLE file, HANDLE port, ULONG_PTR key,
                                              DWORD threads)
{
    HANDLE result = real(CreateIoCompletionPort)(file, port, key, threads);
    if (result && file != INVALID_HANDLE_VALUE) {
        associated.file = file;
        associated.port = result;
        associated.key = key;
    }
    return result;
}

#define NOTES PATCH(CreateIoCompletionPort, notes_association)

#endif
