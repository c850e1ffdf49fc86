/* option_table.c: is an option table honest, and what does it say? Pure but for scratch memory. */
#include "config/options.h"
#include "config/node.h"
#include "util/utf8.h"
#include <string.h>

enum { MOST_OPTIONS = 200 };

static const struct {
    const char *name;
    size_t size;
} types[] = {
    [WN_T_END] = {"end", 0},
    [WN_T_BOOL] = {"true or false", sizeof(bool)},
    [WN_T_INT] = {"whole number", sizeof(int64_t)},
    [WN_T_SIZE] = {"size", sizeof(int64_t)},
    [WN_T_REAL] = {"number", sizeof(double)},
    [WN_T_STRING] = {"string", sizeof(const char *)},
    [WN_T_ENUM] = {"choice", sizeof(const char *)},
    [WN_T_LIST] = {"list of strings", sizeof(wn_list)},
};

const char *option_type_name(uint32_t type)
{
    return type <= WN_T_LIST ? types[type].name : "unknown";
}

size_t option_count(const wn_option *table)
{
    size_t n = 0;
    while (table != NULL && n < MOST_OPTIONS && table[n].type != WN_T_END)
        n++;
    return n;
}

const wn_option *option_with_role(const wn_option *table, wn_role role)
{
    for (size_t i = 0, n = option_count(table); i < n; i++)
        if (table[i].role == (uint32_t)role)
            return &table[i];
    return NULL;
}

static const char *role_problem(const wn_option *table, size_t i)
{
    static const uint32_t type_of[] = {
        [WN_ROLE_INPUTS] = WN_T_LIST, [WN_ROLE_OUTPUT] = WN_T_STRING};
    const wn_option *o = &table[i];
    if (o->role == WN_ROLE_NONE)
        return NULL;
    if (o->role >= sizeof type_of / sizeof type_of[0])
        return "has an unknown role (rebuild the plugin with this winnow's option.h)";
    if (o->type != type_of[o->role])
        return "has a role that its type cannot have (WN_OPT_INPUTS is a list, WN_OPT_OUTPUT a "
               "string)";
    return option_with_role(table, (wn_role)o->role) == o ? NULL
                                                          : "has a role that another option has";
}

static bool ranged(uint32_t type)
{
    return type == WN_T_INT || type == WN_T_SIZE || type == WN_T_REAL;
}

static bool is_utf8(const char *s)
{
    return s == NULL || utf8_valid(s, strlen(s));
}

static const char *place_problem(const wn_option *o, size_t options_size)
{
    size_t size = types[o->type].size, align = o->type == WN_T_BOOL ? 1 : sizeof(void *);
    if (o->offset > options_size || size > options_size - o->offset)
        return "lies outside the options struct (is options_size right?)";
    if (o->offset % align != 0)
        return "is not aligned for its type (does the member have that type?)";
    return NULL;
}

static const char *words_problem(const wn_option *o)
{
    if (o->doc == NULL || o->doc[0] == '\0' || strchr(o->doc, '\n') != NULL)
        return "needs one line of doc";
    if (!is_utf8(o->doc) || !is_utf8(o->def) || !is_utf8(o->choices))
        return "has a doc, a default or choices that are not UTF-8";
    return NULL;
}

static const char *value_problem(const wn_option *o)
{
    if (ranged(o->type) && !(o->min <= o->max))
        return "has a minimum above its maximum";
    if (o->def == NULL && (ranged(o->type) || o->type == WN_T_BOOL || o->type == WN_T_ENUM))
        return "needs a default";
    return NULL;
}

static const char *shape_problem(const wn_option *o, size_t options_size)
{
    if (!name_is_valid(o->name, "_"))
        return "name must be lower_snake_case";
    const char *problem = place_problem(o, options_size);
    if (problem == NULL)
        problem = words_problem(o);
    return problem != NULL ? problem : value_problem(o);
}

static const char *choices_problem(const wn_option *o)
{
    char buffer[512];
    const char *words[32];
    if (o->type != WN_T_ENUM)
        return o->choices == NULL ? NULL : "has choices but is not an ENUM";
    size_t n = option_choices(o, buffer, sizeof buffer, words, 32);
    for (size_t i = 0; i < n; i++)
        if (words[i][0] == '\0')
            return "has an empty choice";
    return n == 0 ? "needs choices such as \"a|b|c\"" : NULL;
}

static const char *overlap_problem(const wn_option *table, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (strcmp(table[j].name, table[i].name) == 0)
            return "occurs twice";
        if (table[j].offset < table[i].offset + types[table[i].type].size &&
            table[i].offset < table[j].offset + types[table[j].type].size)
            return "shares its place in the options struct with another option";
    }
    return NULL;
}

static wn_status default_problem(const wn_option *o, arena *memory, char *problem, size_t size)
{
    union {
        double real;
        int64_t whole;
        const char *text;
        bool flag;
    } slot;
    if (o->def == NULL || o->type == WN_T_LIST)
        return WN_OK;
    char why[200] = "";
    wn_status status = option_parse(o, o->def, memory, &slot, why, sizeof why);
    if (status == WN_E_CONFIG)
        (void)snprintf(problem, size, "has the default `%.60s`, but %s", o->def, why);
    return status;
}

static wn_status check_row(const wn_option *table, size_t i, size_t options_size, arena *memory,
                           wn_error *err)
{
    const wn_option *o = &table[i];
    const char *name = o->name == NULL ? "(no name)" : o->name;
    if (o->type > WN_T_LIST)
        return wn_fail(err, WN_E_ABI,
                       "option table: `%.60s` has the unknown type %u: rebuild the plugin with "
                       "this winnow's plugin.h",
                       name, (unsigned)o->type);
    const char *what = shape_problem(o, options_size);
    if (what == NULL)
        what = choices_problem(o);
    if (what == NULL)
        what = overlap_problem(table, i);
    if (what == NULL)
        what = role_problem(table, i);
    char problem[300];
    if (what == NULL) {
        wn_status status = default_problem(o, memory, problem, sizeof problem);
        if (status == WN_E_NOMEM)
            return out_of_memory(err);
        what = status == WN_OK ? NULL : problem;
    }
    return what == NULL ? WN_OK : wn_fail(err, WN_E_ABI, "option table: `%.60s` %s", name, what);
}

wn_status option_table_check(const wn_option *table, size_t options_size, wn_error *err)
{
    if (table == NULL)
        return WN_OK;
    if (options_size > 1 << 20)
        return wn_fail(err, WN_E_ABI,
                       "option table: options_size is %zu bytes, that cannot be right",
                       options_size);
    size_t n = option_count(table);
    if (n == MOST_OPTIONS)
        return wn_fail(err, WN_E_ABI, "option table: does not end (WN_OPT_END) within %d options",
                       MOST_OPTIONS);
    arena *memory = arena_new(0);
    wn_status status = memory == NULL ? out_of_memory(err) : WN_OK;
    for (size_t i = 0; i < n && status == WN_OK; i++)
        status = check_row(table, i, options_size, memory, err);
    arena_free(memory);
    return status;
}
