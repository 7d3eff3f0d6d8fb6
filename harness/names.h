/* names.h - names for numbers: Win32 and Winsock errors, exceptions, and sets of flags. */
#ifndef CTS_NAMES_H
#define CTS_NAMES_H

#include <windows.h>

/* Newer than the headers of mingw-w64 10. */
#ifndef ERROR_OBJECT_NAME_EXISTS
#define ERROR_OBJECT_NAME_EXISTS 698L
#endif
#ifndef ERROR_NOT_SAME_OBJECT
#define ERROR_NOT_SAME_OBJECT 1656L
#endif

/* One flag or value of a set; a set ends with a NULL name. */
struct flag_name {
    DWORD value;
    const char *name;
};

extern const struct flag_name PAGE_NAMES[];           /* PAGE_* and SEC_* */
extern const struct flag_name FILE_MAP_NAMES[];       /* FILE_MAP_* */
extern const struct flag_name MEM_NAMES[];            /* MEM_* of VirtualAlloc and VirtualQuery */
extern const struct flag_name ACCESS_NAMES[];         /* GENERIC_* and standard rights */
extern const struct flag_name SHARE_NAMES[];          /* FILE_SHARE_* */
extern const struct flag_name FILE_FLAG_NAMES[];      /* FILE_FLAG_*, FILE_ATTRIBUTE_* */
extern const struct flag_name FILE_TYPE_NAMES[];      /* FILE_TYPE_* */
extern const struct flag_name DUPLICATE_NAMES[];      /* DUPLICATE_* */
extern const struct flag_name HANDLE_FLAG_NAMES[];    /* HANDLE_FLAG_* */
extern const struct flag_name CREATE_PROCESS_NAMES[]; /* creation flags of CreateProcess */
extern const struct flag_name PIPE_OPEN_NAMES[];      /* dwOpenMode of CreateNamedPipe */
extern const struct flag_name PIPE_MODE_NAMES[];      /* dwPipeMode of CreateNamedPipe */
extern const struct flag_name PIPE_INFO_NAMES[];      /* lpFlags of GetNamedPipeInfo */
extern const struct flag_name MSG_NAMES[];            /* MSG_* of send and recv */
extern const struct flag_name WSA_FLAG_NAMES[];       /* WSA_FLAG_* of WSASocket */

/*
 * Writes "ERROR_PIPE_BUSY (231)" for a Win32 or Winsock error; "error 4711" for one without a name;
 * "(not set)" for LAST_ERROR_UNSET. Returns buffer, which is always terminated.
 */
char *error_text(DWORD error, char *buffer, size_t size);

/* The same for an exception code: "EXCEPTION_ACCESS_VIOLATION (0xC0000005)". */
char *exception_text(DWORD code, char *buffer, size_t size);

/* Writes "PAGE_READWRITE | SEC_COMMIT"; bits without a name follow in hexadecimal; "0" for none. */
char *flags_text(DWORD flags, const struct flag_name *set, char *buffer, size_t size);

#endif
