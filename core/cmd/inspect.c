/* inspect.c: winnow inspect: a plugin's options, from its table; the schema of the YAML. */
#include "cmd/commands.h"
#include "cmd/plugins.h"
#include "config/config.h"
#include "config/options.h"
#include "config/schema.h"
#include "util/show.h"
#include <string.h>

static int inspect_main(int argc, char **argv);

const command cmd_inspect = {
    "inspect",
    "NAME|FILE.so [--plugins DIR]... [--format text|json] | --markdown NAME | --schema",
    "show what a plugin is and which options it has",
    "  --format json    the same for programs\n"
    "  --markdown       the option table as Markdown, for the documentation\n"
    "  --schema         the JSON Schema (draft 2020-12) of a configuration, with\n"
    "                   the options of all plugins found; for editors:\n"
    "                   # yaml-language-server: $schema=FILE\n"
    "  --plugins DIR    look there first\n",
    inspect_main,
};

static void print_range(const wn_option *o)
{
    if (o->type == WN_T_ENUM)
        show_printf(stdout, "%s", o->choices);
    else if (o->type == WN_T_INT || o->type == WN_T_SIZE || o->type == WN_T_REAL)
        printf("%s, %.15g to %.15g", option_type_name(o->type), o->min, o->max);
    else
        printf("%s", option_type_name(o->type));
}

static const char *shown_default(const wn_option *o)
{
    return o->def == NULL ? "none" : o->def[0] == '\0' ? "empty" : o->def;
}

static void print_text(const wn_plugin *p, const char *path)
{
    show_printf(stdout, "%s %s: %s\n", p->name, p->version, p->summary);
    show_printf(stdout, "  kind     %s\n", plugin_kind(p));
    show_printf(stdout, "  licence  %s\n", p->license);
    show_printf(stdout, "  ABI      %u.%u\n", p->abi_major, p->abi_minor);
    show_printf(stdout, "  file     %s\n", path);
    if (p->suffixes != NULL)
        show_printf(stdout, "  suffixes %s\n", p->suffixes);
    size_t n = option_count(p->options);
    printf(n == 0 ? "\nno options\n" : "\noptions\n");
    for (size_t i = 0; i < n; i++) {
        const wn_option *o = &p->options[i];
        printf("  %s (", o->name);
        print_range(o);
        show_printf(stdout, "; default %s)\n", shown_default(o));
        show_printf(stdout, "      %s\n", o->doc);
    }
}

static void print_cell(const char *s)
{
    for (size_t n; *s != '\0'; s += n) {
        n = *s == '|' ? 1 : strcspn(s, "|");
        show_printf(stdout, *s == '|' ? "\\%.*s" : "%.*s", (int)n, s);
    }
}

static void print_markdown(const wn_plugin *p)
{
    size_t n = option_count(p->options);
    if (n == 0) {
        printf("No options.\n");
        return;
    }
    printf("| option | type | default | meaning |\n|---|---|---|---|\n");
    for (size_t i = 0; i < n; i++) {
        const wn_option *o = &p->options[i];
        printf("| `%s` | ", o->name);
        if (o->type == WN_T_ENUM)
            print_cell(o->choices);
        else
            print_range(o);
        show_printf(stdout, " | %s%s%s | ", o->def == NULL || o->def[0] == '\0' ? "" : "`",
                    shown_default(o), o->def == NULL || o->def[0] == '\0' ? "" : "`");
        print_cell(o->doc);
        printf(" |\n");
    }
}

static json_t *option_row(const wn_option *o)
{
    bool ranged = o->type == WN_T_INT || o->type == WN_T_SIZE || o->type == WN_T_REAL;
    return json_pack("{s:s, s:s, s:s?, s:s, s:s*, s:o*, s:o*}", "name", o->name, "type",
                     option_type_name(o->type), "default", o->def, "doc", o->doc, "choices",
                     o->type == WN_T_ENUM ? o->choices : NULL, "min",
                     ranged ? json_real(o->min) : NULL, "max", ranged ? json_real(o->max) : NULL);
}

static json_t *as_json(const wn_plugin *p, const char *path)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < option_count(p->options); i++)
        if (json_array_append_new(rows, option_row(&p->options[i])) != 0) {
            json_decref(rows);
            return NULL;
        }
    char abi[16];
    (void)snprintf(abi, sizeof abi, "%u.%u", p->abi_major, p->abi_minor);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:s?, s:o}", "name", p->name, "version",
                     p->version, "kind", plugin_kind(p), "summary", p->summary, "license",
                     p->license, "abi", abi, "path", show_json(path), "suffixes", p->suffixes,
                     "options", rows);
}

static bool is_file(const char *name)
{
    return strchr(name, '/') != NULL || strchr(name, '.') != NULL;
}

static int inspect_one(plugin_search *s, const char *name)
{
    wn_error err = WN_ERROR_INIT;
    const wn_plugin *p;
    const char *path = name;
    wn_status status = is_file(name) ? plugin_load_file(name, &p, &err)
                                     : plugin_load(name, s->dirs, s->n_dirs, &p, &path, &err);
    if (status != WN_OK)
        return report_error(&err);
    if (s->json)
        return end_output(print_json_value(as_json(p, path)));
    if (s->markdown)
        print_markdown(p);
    else
        print_text(p, path);
    return end_output(EXIT_DONE);
}

static int print_schema(plugin_search *s)
{
    wn_error err = WN_ERROR_INIT;
    plugin_file *files;
    size_t n;
    if (plugins_scan(s->dirs, s->n_dirs, &files, &n, &err) != WN_OK)
        return report_error(&err);
    int status = print_json_value(config_schema(files, n));
    plugins_scan_free(files, n);
    return end_output(status);
}

static int inspect_main(int argc, char **argv)
{
    plugin_search s = PLUGIN_SEARCH_INIT;
    wn_error err = WN_ERROR_INIT;
    if (!plugin_arguments(&s, &cmd_inspect, argc, argv))
        return plugin_search_end(&s, EXIT_USAGE);
    if (s.n_names != (s.schema ? 0 : 1))
        return plugin_search_end(&s,
                                 usage_error(&cmd_inspect, "name one plugin, or --schema alone"));
    if (plugin_search_dirs(&s, &err) != WN_OK)
        return plugin_search_end(&s, report_error(&err));
    return plugin_search_end(&s, s.schema ? print_schema(&s) : inspect_one(&s, s.names[0]));
}
