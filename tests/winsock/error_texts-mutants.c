/* Wrong behaviours, for the tests of error_texts.c: FormatMessageW. */
#include "winsock-mutants.h"

/* Has no text for the codes from FIRST to LAST. */
#define KNOWS_NOT(name, first, last)                                                               \
    static DWORD WINAPI name(DWORD flags, LPCVOID source, DWORD code, DWORD language, LPWSTR text, \
                             DWORD size, va_list *arguments)                                       \
    {                                                                                              \
        if (code >= (first) && code <= (last)) {                                                   \
            SetLastError(ERROR_MR_MID_NOT_FOUND);                                                  \
            return 0;                                                                              \
        }                                                                                          \
        return real(FormatMessageW)(flags, source, code, language, text, size, arguments);         \
    }

KNOWS_NOT(no_names, WSANO_DATA, WSANO_DATA)
MUTANT(format_message_knows_no_names, "FormatMessage has no text for WSANO_DATA",
       PATCH(FormatMessageW, no_names));
