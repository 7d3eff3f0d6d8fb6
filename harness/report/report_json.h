/* report_json.h - results.json as JSON, whole and in part. */
#ifndef CTS_REPORT_JSON_H
#define CTS_REPORT_JSON_H

#include <jansson.h>

#include "commands/results.h"

/* An object with the members `suite` and `implementation`; the caller's to json_decref. */
json_t *json_of_origin(void);

/* What results.json says of a run; the caller's to json_decref. */
json_t *json_of_run(const struct run *);

#endif
