/* schema.c: JSON Schema of the YAML, from the option tables. */
#include "config/schema.h"
#include "config/private.h"
#include "config/options.h"
#include <string.h>

/* What is put together: NULL once there was no memory for a piece. */
static json_t *with(json_t *take_object, const char *key, json_t *take_value)
{
    if (json_object_set_new(take_object, key, take_value) == 0)
        return take_object;
    json_decref(take_object);
    return NULL;
}

static json_t *also(json_t *take_list, json_t *take_item)
{
    if (json_array_append_new(take_list, take_item) == 0)
        return take_list;
    json_decref(take_list);
    return NULL;
}

/* Any value may be written as "${VARIABLE}". */
static json_t *or_variable(json_t *take_schema)
{
    return json_pack("{s:[o, {s:s, s:s}]}", "anyOf", take_schema, "type", "string", "pattern",
                     "\\$\\{");
}

static json_t *number(const wn_option *o, const char *type)
{
    if (o->type == WN_T_REAL)
        return json_pack("{s:s, s:f, s:f}", "type", type, "minimum", o->min, "maximum", o->max);
    return json_pack("{s:s, s:I, s:I}", "type", type, "minimum", (json_int_t)o->min, "maximum",
                     (json_int_t)o->max);
}

static json_t *choices(const wn_option *o)
{
    char buffer[512];
    const char *words[32];
    size_t n = option_choices(o, buffer, sizeof buffer, words, 32);
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        list = also(list, json_string(words[i]));
    return json_pack("{s:o}", "enum", list);
}

static json_t *words(void)
{
    return json_pack("{s:[s, s, s]}", "type", "string", "number", "boolean");
}

static json_t *value_schema(const wn_option *o)
{
    switch (o->type) {
    case WN_T_BOOL: return or_variable(json_pack("{s:s}", "type", "boolean"));
    case WN_T_INT: return or_variable(number(o, "integer"));
    case WN_T_REAL: return or_variable(number(o, "number"));
    case WN_T_SIZE:
        return json_pack("{s:[o, {s:s, s:s}]}", "anyOf", number(o, "integer"), "type", "string",
                         "pattern", "^[0-9]+ ?(B|[kKMGT]B|[KMGT]iB)?$|\\$\\{");
    case WN_T_ENUM: return or_variable(choices(o));
    case WN_T_LIST:
        return json_pack("{s:[{s:s, s:o}, o]}", "anyOf", "type", "array", "items", words(),
                         words());
    default: return words();
    }
}

static json_t *default_json(const wn_option *o, arena *memory)
{
    char slot[32] = {0};
    wn_option alone[2] = {*o, WN_OPT_END};
    alone[0].offset = 0;
    if (o->def == NULL || options_default(alone, slot, memory, NULL) != WN_OK)
        return NULL;
    return option_json(&alone[0], slot);
}

static json_t *options_schema(const wn_option *table)
{
    json_t *properties = json_object();
    arena *memory = arena_new(0);
    for (size_t i = 0; memory != NULL && i < option_count(table); i++) {
        json_t *value = with(value_schema(&table[i]), "description", json_string(table[i].doc));
        json_t *def = default_json(&table[i], memory);
        if (def != NULL)
            value = with(value, "default", def);
        properties = with(properties, table[i].name, value);
    }
    arena_free(memory);
    return json_pack("{s:[s, s], s:o, s:b}", "type", "object", "null", "properties", properties,
                     "additionalProperties", 0);
}

/* if use = NAME then with = its options */
static json_t *condition(const wn_plugin *p)
{
    return json_pack("{s:{s:{s:{s:s}}, s:[s]}, s:{s:{s:o}}}", "if", "properties", "use", "const",
                     p->name, "required", "use", "then", "properties", "with",
                     options_schema(p->options));
}

static bool belongs(const wn_plugin *p, const char *section)
{
    if (strcmp(section, "input") == 0)
        return p->read != NULL;
    return strcmp(section, "output") == 0 ? p->write != NULL
                                          : p->process != NULL || p->emit != NULL;
}

static json_t *entry_schema(const plugin_file *files, size_t n, const char *section)
{
    json_t *names = json_array(), *conditions = json_array();
    for (size_t i = 0; i < n; i++) {
        const wn_plugin *p = files[i].plugin;
        if (p == NULL || !belongs(p, section))
            continue;
        names = also(names, json_pack("{s:s, s:s}", "const", p->name, "description", p->summary));
        conditions = also(conditions, condition(p));
    }
    /* a plugin of the user's own is not known here */
    names = also(names,
                 json_pack("{s:s, s:s}", "type", "string", "pattern", "^[a-z][a-z0-9_-]*$|\\$\\{"));
    json_t *name = json_pack("{s:o}", "anyOf", names);
    json_t *mapping =
        json_pack("{s:s, s:[s], s:b, s:{s:O, s:{s:s, s:s}, s:{s:[s, s]}, s:{s:[s, s]}}, s:o}",
                  "type", "object", "required", "use", "additionalProperties", 0, "properties",
                  "use", name, "id", "type", "string", "pattern", "^[a-z][a-z0-9_-]*$|\\$\\{",
                  "with", "type", "object", "null", "on_error", "enum", "reject", "fail", "allOf",
                  conditions);
    return json_pack("{s:[o, o]}", "anyOf", name, mapping);
}

static json_t *list_of(json_t *take_items, int at_least)
{
    return json_pack("{s:s, s:o, s:i}", "type", "array", "items", take_items, "minItems", at_least);
}

static json_t *operand_schema(test_operand takes)
{
    switch (takes) {
    case OPERAND_FILE:
        return json_pack("{s:[s, s], s:s}", "type", "string", "number", "pattern",
                         "^[^./\\\\][^/\\\\]*$");
    case OPERAND_PATH:
        return json_pack("{s:[s, s], s:s}", "type", "string", "integer", "pattern",
                         "^[^.]+([.][^.]+)*$");
    case OPERAND_COUNT:
        return or_variable(json_pack("{s:s, s:i}", "type", "integer", "minimum", 0));
    case OPERAND_NUMBER: return or_variable(json_pack("{s:s}", "type", "number"));
    case OPERAND_TRUE: return json_pack("{s:b}", "const", 1);
    case OPERAND_TEXT:
    case OPERAND_PATTERN: return words();
    case OPERAND_VALUE: break;
    }
    return json_object();
}

static json_t *test_schema(void)
{
    json_t *properties = json_object();
    for (const test_key *key = test_expectations; key->name != NULL; key++)
        properties = with(properties, key->name, operand_schema(key->takes));
    json_t *files = json_pack("{s:[o, {s:s, s:o, s:i}]}", "anyOf", words(), "type", "array",
                              "items", words(), "minItems", 1);
    return json_pack("{s:s, s:[s, s, s], s:b, s:{s:o, s:o, s:o}}", "type", "object", "required",
                     "name", "input", "expect", "additionalProperties", 0, "properties", "name",
                     words(), "input", files, "expect",
                     list_of(json_pack("{s:s, s:[s], s:b, s:i, s:o}", "type", "object", "required",
                                       "file", "additionalProperties", 0, "minProperties", 2,
                                       "properties", properties),
                             1));
}

json_t *config_schema(const plugin_file *files, size_t n)
{
    json_t *strings = json_pack("{s:[{s:s}, {s:s, s:{s:s}}]}", "anyOf", "type", "string", "type",
                                "array", "items", "type", "string");
    return json_pack("{s:s, s:s, s:s, s:b, s:{s:{s:i}, s:{s:s, s:{s:[s, s, s]}}, s:O, s:o, s:o, "
                     "s:o, s:o, s:o, s:o, s:o}}",
                     "$schema", "https://json-schema.org/draft/2020-12/schema", "title",
                     "winnow configuration", "type", "object", "additionalProperties", 0,
                     "properties", "version", "const", 1, "vars", "type", "object",
                     "additionalProperties", "type", "string", "number", "boolean", "plugins",
                     strings, "include", strings, "input", entry_schema(files, n, "input"),
                     "stages", list_of(entry_schema(files, n, "stages"), 0), "output",
                     list_of(entry_schema(files, n, "output"), 1), "limits",
                     options_schema(limit_options), "text", options_schema(text_options_table),
                     "tests", list_of(test_schema(), 0));
}
