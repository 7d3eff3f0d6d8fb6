/* user32.h - functions of user32.dll, which takes longer to load than most cases to run: it is
 * loaded by those that call one of its functions. */
#ifndef WINSOCK_USER32_H
#define WINSOCK_USER32_H

#include "cts.h"

static inline FARPROC user32_function(const char *name)
{
    HMODULE module = LoadLibraryA("user32.dll");
    FARPROC function = module ? GetProcAddress(module, name) : NULL;
    if (!function)
        unsupported("needs %s", name);
    return function;
}

/* The function NAME, to be called: USER32(DestroyWindow)(window). */
#define USER32(name) ((typeof(&name))(void *)user32_function(#name))

#endif
