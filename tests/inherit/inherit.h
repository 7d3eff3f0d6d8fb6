/* Set-up of the tests of handle inheritance. */
#ifndef INHERIT_H
#define INHERIT_H

#include "pipe/pipe.h"

#include <stdlib.h>

/* An attribute list that lets a child inherit COUNT handles, which must live as long as the list.
 */
static inline LPPROC_THREAD_ATTRIBUTE_LIST handle_list(HANDLE *handles, size_t count)
{
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(NULL, 1, 0, &size);
    LPPROC_THREAD_ATTRIBUTE_LIST list = malloc(size);
    require(InitializeProcThreadAttributeList(list, 1, 0, &size));
    require(UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles,
                                      count * sizeof(*handles), NULL, NULL));
    return list;
}

#endif
