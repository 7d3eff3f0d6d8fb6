/* report_json.h - a part of results.json that the journal has, too. */
#ifndef CTS_REPORT_JSON_H
#define CTS_REPORT_JSON_H

#include <jansson.h>

/* An object with the members `suite` and `implementation`; the caller's to json_decref. */
json_t *json_of_origin(void);

#endif
