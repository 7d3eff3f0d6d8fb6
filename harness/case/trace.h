/*
 * trace.h - the API trace: one line a call, with its arguments by name, its result and last error.
 * Used by the generated hooks. A call's line is written before the call and its result after it, so
 * that the last line of a process that hung or was killed names the call it was in.
 */
#ifndef CTS_TRACE_H
#define CTS_TRACE_H

#include "cts.h"

struct trace_call {
    char text[1500];
    size_t used;
    unsigned number; /* of the call in this process */
    DWORD error;     /* the last error that the caller will see */
    bool failed;     /* the result is one that reports the last error */
};

/* Opens the file that this process's calls are written to from now on, and closes it. */
bool trace_open(const WCHAR *path);
void trace_close(void);

void trace_begin(struct trace_call *, const char *function);
void trace_number(struct trace_call *, const char *name, uint64_t);
void trace_large(struct trace_call *, const char *name, LARGE_INTEGER);
void trace_in_addr(struct trace_call *, const char *name, struct in_addr);
void trace_bool(struct trace_call *, const char *name, BOOL);
void trace_handle(struct trace_call *, const char *name, UINT_PTR);
void trace_pointer(struct trace_call *, const char *name, const void *);
void trace_wide(struct trace_call *, const char *name, const WCHAR *);
void trace_text(struct trace_call *, const char *name, const char *);
void trace_flags(struct trace_call *, const char *name, DWORD, const struct flag_name *);
void trace_security(struct trace_call *, const char *name, const SECURITY_ATTRIBUTES *);
void trace_sockaddr(struct trace_call *, const char *name, const struct sockaddr *);
void trace_calling(struct trace_call *); /* the arguments are complete: write them */

void trace_returned(struct trace_call *); /* first thing after the call: keeps the last error */
void trace_result_bool(struct trace_call *, BOOL);
void trace_result_handle(struct trace_call *, UINT_PTR);
void trace_result_pointer(struct trace_call *, const void *);
void trace_result_number(struct trace_call *, uint64_t);
void trace_result_int(struct trace_call *, int);
void trace_dword_at(struct trace_call *, const char *name, const void *); /* output parameters */
void trace_handle_at(struct trace_call *, const char *name, const HANDLE *);
void trace_end(struct trace_call *); /* writes the result and restores the last error */

#endif
