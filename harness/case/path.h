/* path.h - names of files: UTF-8 outside, UTF-16 for Win32, any letter and any length. */
#ifndef CTS_PATH_H
#define CTS_PATH_H

#include <stddef.h>
#include <stdio.h>
#include <wchar.h>

/*
 * The name of a file, as the command line has it, for Win32's functions. One that is too long for
 * them as it is becomes a full one that is not. Returns a copy to free, or NULL: it is empty, no
 * UTF-8, or longer than any name can be.
 */
wchar_t *path_of(const char *name);

/* The same for a name in UTF-16. */
wchar_t *path_long(const wchar_t *name);

/* Text in UTF-8, to free. What is no text in it (half a surrogate pair) becomes U+FFFD. */
char *utf8_of(const wchar_t *text);

/* swprintf into memory of its own, to free. */
wchar_t *wide_print(const wchar_t *format, ...);

/* The file of this program. Lives until the process ends. */
const wchar_t *program_name(void);

/* The same without its folders. */
const wchar_t *program_file(void);

/* The folder for temporary files, with a backslash at its end; to free. NULL: there is none. */
wchar_t *temporary_folder(void);

/* NAME with SUFFIX at its end, to free. */
char *beside(const char *name, const char *suffix);

/* Opens a file for writing, behind what is in it. NULL when it cannot be, or when path_of gives
 * none. */
FILE *open_utf8(const char *name);

/* The text of a file (*size bytes, terminated), to free. NULL with *problem, one line to free, when
 * it cannot be read or has more than LIMIT bytes. */
char *text_of_file(const char *name, size_t limit, size_t *size, char **problem);

#endif
