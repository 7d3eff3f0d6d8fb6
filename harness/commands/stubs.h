/*
 * stubs.h - whether a function that is there says of itself that it is not implemented.
 */
#ifndef CTS_STUBS_H
#define CTS_STUBS_H

#include <wchar.h>

enum stub {
    STUB_ANSWERS, /* by any result, an error or a crash: it may work */
    STUB_OWNS,  /* it sets ERROR_CALL_NOT_IMPLEMENTED, or raises an exception that says the like */
    STUB_UNTOLD /* it was not called, as there was no process for it, or did not return in time */
};

/* Calls the function of api.txt with this number, which is there, with zeros for all parameters, in
 * a process of its own. */
enum stub stub_ask(unsigned api);

/* That process, `@stub NAME`. Returns its exit code. */
int stub_main(const wchar_t *name);

#endif
