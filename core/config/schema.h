/* schema.h: JSON Schema (draft 2020-12) of the YAML, from the option tables. */
#ifndef CORE_CONFIG_SCHEMA_H
#define CORE_CONFIG_SCHEMA_H
#include "config/config.h"

/* Plugins with a problem are left out. A new reference; NULL: no memory. */
json_t *config_schema(const plugin_file *files, size_t n);
#endif
