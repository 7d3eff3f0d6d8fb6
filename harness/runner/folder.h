/*
 * folder.h - the folder of a run below TMP, and what runs that were killed have left there.
 *
 * Beside a folder lies its owner file, FOLDER.owner, which its runner keeps locked. A file is the
 * only thing that runs in several Wine prefixes share. What can be locked has lost its runner: the
 * next run removes it, with the folder and the processes that were started and not yet in a job.
 */
#ifndef CTS_FOLDER_H
#define CTS_FOLDER_H

#include "cts.h"

/* Clears up after dead runs, makes a folder for this one; *root is its path, which stays. NULL, or
 * one line (to free) that says why it cannot. */
char *folder_open(const WCHAR **root);

/* Removes the folder. */
void folder_close(void);

/* False when the disk of the folder is as good as full: no verdict can be believed then. */
bool folder_has_room(void);

/* Removes a folder with all that is in it. What is in use (a virus scanner has it open) is tried
 * for 2 s; false: it still is. */
bool remove_folder(const WCHAR *dir);

/* printf into text to free, cut at 4,000 bytes. */
char *print(const char *format, ...) CTS_PRINTF(1, 2);

#endif
