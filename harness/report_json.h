/* report_json.h - parts of results.json that the journal has, too. What is returned is the caller's
 * to give away or to json_decref. */
#ifndef CTS_REPORT_JSON_H
#define CTS_REPORT_JSON_H

#include <jansson.h>

#include "schedule.h"

/* A string of any bytes: what is no UTF-8 becomes '?'. */
json_t *json_of_text(const char *);

/* The members `suite` and `implementation`. */
json_t *json_of_origin(void);

/* The members of a case that tell of its outcome, without `recorded`. */
json_t *json_of_outcome(const struct outcome *);

/* The way back. False, with nothing to free, when it is none. */
bool outcome_of_json(const json_t *, struct outcome *);

#endif
