/* plugins.c: arguments and output that `list` and `inspect` share. */
#include "cmd/plugins.h"
#include "config/search.h"
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool set_format(plugin_search *s, const command *c, const char *word)
{
    s->json = strcmp(word, "json") == 0;
    if (s->json || strcmp(word, "text") == 0)
        return true;
    (void)usage_error(c, "--format is text or json, not `%s`", word);
    return false;
}

bool plugin_arguments(plugin_search *s, const command *c, int argc, char **argv)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {"plugins", required_argument, NULL, 'p'},
                                            {"schema", no_argument, NULL, 's'},
                                            {"markdown", no_argument, NULL, 'm'},
                                            {NULL, 0, NULL, 0}};
    opterr = 0;
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o == 'f' && !set_format(s, c, optarg))
            return false;
        if (o == 'p' && s->n_extra == MOST_FOLDERS) {
            (void)usage_error(c, "more than %d --plugins", MOST_FOLDERS);
            return false;
        }
        if (o == 'p')
            s->extra[s->n_extra++] = optarg;
        s->schema |= o == 's';
        s->markdown |= o == 'm';
        if (o == '?') {
            (void)usage_error(c, "cannot use `%s`", argv[optind - 1]);
            return false;
        }
    }
    s->names = argv + optind;
    s->n_names = (size_t)(argc - optind);
    return true;
}

wn_status plugin_search_dirs(plugin_search *s, wn_error *err)
{
    struct stat st;
    for (size_t i = 0; i < s->n_extra; i++)
        if (stat(s->extra[i], &st) != 0 || !S_ISDIR(st.st_mode))
            return wn_fail(err, WN_E_CONFIG, "--plugins %.300s: no such folder", s->extra[i]);
    s->memory = arena_new(0);
    if (s->memory == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    return plugin_dirs(s->extra, s->n_extra, s->memory, &s->dirs, &s->n_dirs, err);
}

int plugin_search_end(plugin_search *s, int status)
{
    arena_free(s->memory);
    return status;
}

int print_json_value(json_t *take_value)
{
    char *text =
        take_value == NULL ? NULL : json_dumps(take_value, JSON_INDENT(2) | JSON_ENCODE_ANY);
    json_decref(take_value);
    if (text == NULL) {
        (void)fprintf(stderr, "winnow: out of memory\n");
        return EXIT_INTERNAL;
    }
    (void)puts(text);
    free(text);
    return EXIT_DONE;
}
