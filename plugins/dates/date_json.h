/* date_json.h: results as the JSON objects of plugins/README.md. New references; NULL: out of
 * memory. */
#ifndef DATES_DATE_JSON_H
#define DATES_DATE_JSON_H
#include "docdate.h"
#include <jansson.h>

/* Of a span of the layer `date`, and of the metadata `document_date`. What is not known has no
 * key. */
json_t *date_attributes(const date_value *v);
json_t *docdate_object(const docdate *d);
#endif
