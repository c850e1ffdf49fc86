/* list.c: winnow list: the plugins that can be used here. */
#include "cmd/commands.h"
#include "cmd/plugins.h"
#include "config/config.h"
#include "util/show.h"
#include <string.h>

static int list_main(int argc, char **argv);

const command cmd_list = {
    "list",
    "[--plugins DIR]... [--format text|json]",
    "list the plugins that are found",
    "Looks into the folders given with --plugins, then those of WINNOW_PLUGIN_PATH,\n"
    "then the tree of this program (where it was built, installed or moved to). Of\n"
    "two plugins with one name the first counts. A plugin that cannot be used is\n"
    "listed with the reason, and the exit status is 1.\n",
    list_main,
};

static void print_text(const plugin_file *files, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const wn_plugin *p = files[i].plugin;
        if (p != NULL)
            show_printf(stdout, "%-12s %-13s %-8s %s\n", p->name, plugin_kind(p), p->version,
                        p->summary);
        else
            show_printf(stdout, "%-12s cannot be used: %s\n", files[i].name, files[i].problem);
    }
}

static int print_json(const plugin_file *files, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        const wn_plugin *p = files[i].plugin;
        json_t *path = show_json(files[i].path);
        json_t *row = p == NULL
                          ? json_pack("{s:s, s:o, s:o}", "name", files[i].name, "path", path,
                                      "problem", show_json(files[i].problem))
                          : json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "name", p->name, "kind",
                                      plugin_kind(p), "version", p->version, "license", p->license,
                                      "summary", p->summary, "path", path);
        if (json_array_append_new(list, row) != 0) {
            json_decref(list);
            return print_json_value(NULL);
        }
    }
    return print_json_value(list);
}

static int nothing_found(const plugin_search *s)
{
    (void)fprintf(stderr, "winnow: no plugins in");
    for (size_t i = 0; i < s->n_dirs; i++)
        show_printf(stderr, "%s %s", i == 0 ? "" : ",", s->dirs[i]);
    (void)fprintf(stderr, "; name their folder with --plugins or WINNOW_PLUGIN_PATH\n");
    return EXIT_CHECK;
}

static int list_main(int argc, char **argv)
{
    plugin_search s = PLUGIN_SEARCH_INIT;
    wn_error err = WN_ERROR_INIT;
    if (!plugin_arguments(&s, &cmd_list, argc, argv))
        return plugin_search_end(&s, EXIT_USAGE);
    if (s.n_names > 0)
        return plugin_search_end(
            &s,
            usage_error(&cmd_list, "`%s` is too much: to look into one plugin there is `inspect`",
                        s.names[0]));
    plugin_file *files;
    size_t n;
    if (plugin_search_dirs(&s, &err) != WN_OK ||
        plugins_scan(s.dirs, s.n_dirs, &files, &n, &err) != WN_OK)
        return plugin_search_end(&s, report_error(&err));
    int status = EXIT_DONE;
    for (size_t i = 0; i < n; i++)
        if (files[i].plugin == NULL)
            status = EXIT_CHECK;
    if (n == 0)
        status = nothing_found(&s);
    int printed = EXIT_DONE;
    if (s.json)
        printed = print_json(files, n);
    else
        print_text(files, n);
    plugins_scan_free(files, n);
    return plugin_search_end(&s, end_output(printed != EXIT_DONE ? printed : status));
}
