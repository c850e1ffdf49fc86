/* newstage.c: winnow new-stage: a folder with a stage that builds, runs and passes its test at
 * once. */
#include "config.h"
#include "cmd/commands.h"
#include "config/options.h"
#include "util/show.h"
#include "util/strbuf.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static int newstage_main(int argc, char **argv);

const command cmd_new_stage = {
    "new-stage",
    "NAME [--in DIR]",
    "write the skeleton of a stage of your own",
    "Makes the folder DIR/NAME (DIR: the current folder; in winnow's own tree:\n"
    "plugins) with NAME.c, a Makefile that asks pkg-config for winnow, a\n"
    "configuration with a test, and a README. `make check` there builds it, judges\n"
    "it (winnow check-plugin) and runs its test. In winnow's own tree a local.mk is\n"
    "written too: add a line for it to plugins/local.mk.\n",
    newstage_main,
};

static const char stage_c[] =
    "/* @NAME@.c: one line about what this stage does. */\n"
    "#include <winnow/plugin.h>\n"
    "\n"
    "typedef struct @NAME@_options {\n"
    "    int64_t min_bytes;\n"
    "} @NAME@_options;\n"
    "\n"
    "static const wn_option options[] = {\n"
    "    WN_OPT_INT(@NAME@_options, min_bytes, \"1\", 0, 1e9, \"drop documents with fewer bytes of "
    "text\"),\n"
    "    WN_OPT_END,\n"
    "};\n"
    "\n"
    "static wn_status process(wn_stage *stage, wn_doc *doc, wn_error *err)\n"
    "{\n"
    "    const @NAME@_options *o = wn_options(stage);\n"
    "    wn_str text = wn_text(doc);\n"
    "    (void)err;\n"
    "    wn_count(doc, \"bytes\", (int64_t)text.len);\n"
    "    if (text.len >= (size_t)o->min_bytes)\n"
    "        return WN_OK;\n"
    "    return wn_drop(doc, \"text is short\", \"min_bytes\", json_integer((json_int_t)text.len), "
    "json_integer(o->min_bytes));\n"
    "}\n"
    "\n"
    "static const wn_plugin plugin = {\n"
    "    WN_PLUGIN_HEAD,\n"
    "    .flags = WN_IDEMPOTENT,\n"
    "    .name = \"@NAME@\",\n"
    "    .version = \"0.1\",\n"
    "    .license = \"MIT\",\n"
    "    .summary = \"drop documents with little text\",\n"
    "    .options = options,\n"
    "    .options_size = sizeof(@NAME@_options),\n"
    "    .process = process,\n"
    "};\n"
    "WN_PLUGIN_ENTRY(plugin)\n";

static const char makefile[] =
    "# Build @NAME@.so against the installed winnow.\n"
    "CFLAGS ?= -O2 -g -Wall -Wextra\n"
    "WINNOW ?= winnow\n"
    "FLAGS := $(shell pkg-config --cflags winnow)\n"
    "LIBS := $(shell pkg-config --libs jansson)\n"
    "\n"
    "@NAME@.so: @NAME@.c\n"
    "\t$(CC) $(CFLAGS) -std=c11 -shared -fPIC -fvisibility=hidden $(FLAGS) -o $@ $< $(LIBS)\n"
    "\n"
    "check: @NAME@.so\n"
    "\t$(WINNOW) check-plugin ./@NAME@.so\n"
    "\t$(WINNOW) test @NAME@.yaml\n"
    "\n"
    "install: @NAME@.so\n"
    "\tinstall -D -m 755 @NAME@.so $(DESTDIR)$(shell pkg-config --variable=plugindir "
    "winnow)/@NAME@.so\n"
    "\n"
    "clean:\n"
    "\trm -f @NAME@.so\n"
    "\n"
    ".PHONY: check install clean\n";

static const char yaml[] = "# winnow run @NAME@.yaml FILES; winnow test @NAME@.yaml\n"
                           "version: 1\n"
                           "plugins: [.]\n"
                           "input: {use: files, with: {path: [sample.txt]}}\n"
                           "stages:\n"
                           "  - use: @NAME@\n"
                           "    with: {min_bytes: 10}\n"
                           "output: [jsonl]\n"
                           "tests:\n"
                           "  - name: a document of some length stays\n"
                           "    input: [sample.txt]\n"
                           "    expect:\n"
                           "      - {file: documents.jsonl, lines: 1}\n";

static const char sample[] = "The tide came in at four, the harbour master said.\n";

static const char readme[] =
    "# @NAME@\n"
    "\n"
    "A stage for winnow. `make` builds it, `make check` judges and tests it, `make install` puts "
    "it where winnow looks.\n"
    "What a stage may do: `man winnow-plugin`, and the comments of `winnow/plugin.h`.\n";

static const char local_mk[] = "pkgplugin_LTLIBRARIES += plugins/@NAME@.la\n"
                               "plugins_@NAME@_la_SOURCES = %D%/@NAME@.c\n"
                               "plugins_@NAME@_la_CPPFLAGS = $(MODULE_INCLUDES)\n"
                               "plugins_@NAME@_la_LDFLAGS = $(MODULE_LINK)\n"
                               "plugins_@NAME@_la_LIBADD = $(JANSSON_LIBS)\n"
                               "EXTRA_DIST += %D%/README.md\n";

static void expand(const char *template, const char *name, strbuf *out)
{
    for (const char *p = template, *at; *p != '\0'; p = at + 6) {
        at = strstr(p, "@NAME@");
        if (at == NULL) {
            strbuf_puts(out, p);
            return;
        }
        strbuf_add(out, p, (size_t)(at - p));
        strbuf_puts(out, name);
    }
}

static bool write_file(const char *dir, const char *file, const char *template, const char *name)
{
    char path[4096];
    strbuf text = STRBUF_INIT;
    bool fits = snprintf(path, sizeof path, "%s/%s", dir, file) < (int)sizeof path;
    expand(template, name, &text);
    errno = !fits ? ENAMETOOLONG : ENOMEM;
    /* never over something that is there */
    FILE *f = fits && !text.oom ? fopen(path, "wx") : NULL;
    bool ok = f != NULL && fwrite(text.p, 1, text.len, f) == text.len;
    if (f != NULL)
        ok = fclose(f) == 0 && ok;
    if (ok)
        show_printf(stdout, "%s\n", path);
    else
        show_printf(stderr, "winnow: %s: %s\n", path, strerror(errno));
    strbuf_release(&text);
    return ok;
}

static bool write_stage(const char *dir, const char *name, bool in_tree)
{
    char c_file[256], yaml_file[256];
    (void)snprintf(c_file, sizeof c_file, "%s.c", name);
    (void)snprintf(yaml_file, sizeof yaml_file, "%s.yaml", name);
    return write_file(dir, c_file, stage_c, name) && write_file(dir, "README.md", readme, name) &&
           (in_tree ? write_file(dir, "local.mk", local_mk, name)
                    : write_file(dir, "Makefile", makefile, name) &&
                          write_file(dir, yaml_file, yaml, name) &&
                          write_file(dir, "sample.txt", sample, name));
}

/* The current folder is winnow's own tree. */
static bool stands_in_tree(void)
{
    struct stat st;
    return stat("plugins/local.mk", &st) == 0 && stat("include/winnow/plugin.h", &st) == 0;
}

/* `in`: the folder that was asked for; NULL: none. An exit status, after a message. */
static int make_stage(const char *name, const char *in)
{
    char dir[4096];
    bool in_tree = in == NULL && stands_in_tree();
    in = in_tree ? "plugins" : in != NULL ? in : ".";
    bool fits = snprintf(dir, sizeof dir, "%s/%s", in, name) < (int)sizeof dir;
    if (!fits || mkdir(dir, 0777) != 0) {
        show_printf(stderr, "winnow: %s: %s\n", dir, strerror(fits ? errno : ENAMETOOLONG));
        return EXIT_IO;
    }
    if (!write_stage(dir, name, in_tree))
        return EXIT_IO;
    if (in_tree)
        show_printf(stdout, "Add to plugins/local.mk: include %%D%%/%s/local.mk\n", name);
    else
        show_printf(stdout, "Next: cd %s && make check\n", dir);
    return EXIT_DONE;
}

static int newstage_main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : NULL;
    const char *in = argc == 4 && strcmp(argv[2], "--in") == 0 ? argv[3] : NULL;
    if (name == NULL || (argc > 2 && in == NULL))
        return usage_error(&cmd_new_stage, "which name?");
    /* A C identifier, for the name stands in the code. */
    if (!name_is_valid(name, "_") || strlen(name) > 60)
        return usage_error(
            &cmd_new_stage,
            "`%s` is no name for a stage: small letters, digits and _, a letter first", name);
    return end_output(make_stage(name, in));
}
