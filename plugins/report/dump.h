/* dump.h: a report as indented JSON, the bytes that Jansson writes with JSON_INDENT(1) | JSON_REAL_PRECISION(12), in a
 * fraction of the time: large pieces, no search for cycles. Knows no plugin type. */
#ifndef PLUGINS_REPORT_DUMP_H
#define PLUGINS_REPORT_DUMP_H
#include <jansson.h>
#include <stdbool.h>

/* The value in pieces through `write` (true: go on). false: it refused, or the value is nested deeper than 512. */
bool dump_json(const json_t *value, bool (*write)(const char *bytes, size_t n, void *arg), void *arg);
#endif
