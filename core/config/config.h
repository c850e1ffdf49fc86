/* config.h: a configuration file, read, checked and turned into configured stages. One path
 * for `run`, `validate`, `plan` and `test`: what config_open accepts, starts. */
#ifndef CORE_CONFIG_CONFIG_H
#define CORE_CONFIG_CONFIG_H
#include <winnow/plugin.h>
#include "text/rules.h"
#include "text/tagger.h"
#include "util/strbuf.h"

typedef enum on_error { ON_ERROR_REJECT, ON_ERROR_FAIL } on_error;

/* One configured stage: what lies behind wn_stage. */
typedef struct stage {
    wn_stage handle; /* first member */
    const wn_plugin *plugin;
    const char *plugin_path; /* file it was loaded from; "(built in)" */
    const char *id;          /* unique in the pipeline */
    on_error on_error;
    void *options; /* plugin->options_size bytes */
    void *state;   /* wn_set_state */
    bool opened;
    struct config *config;
    tagger *tagger;     /* wn_load_tagger; NULL: none */
    json_t *data_files; /* {name: {"path", "sha256"}} of wn_load_data */
    void *run;          /* the runner's own */
} stage;

/* The step behind the handle: one struct begins with the other. */
static inline stage *stage_of(wn_stage *s)
{
    return (stage *)s;
}
static inline const stage *stage_of_const(const wn_stage *s)
{
    return (const stage *)s;
}

/* section `limits` of the YAML */
typedef struct limits {
    /* bytes of one record, decompressed (12 MiB); it takes four times as much memory */
    int64_t max_record;
    int64_t max_document_memory; /* arena of one document (1 GiB) */
    /* bytes of spans for each byte of text, above 6 MiB (16); 0: none */
    int64_t max_span_ratio;
    /* 60; of the processor, for one document in one step (plan.h): through all stages of it. The
     * only place where time can reach a result */
    double max_document_seconds;
    int64_t max_rejects; /* the run fails beyond it; -1: none */
    int64_t split_size;  /* files above it are cut into units of it (32 MiB) */
    int64_t max_memory;  /* buffers of the whole run (1 GiB) */
} limits;

/* section `text` of the YAML */
typedef struct text_options {
    wn_list rules; /* rule files, see core/text/README.md */
} text_options;

typedef struct config {
    const char *path; /* of the main file */
    stage source;
    stage *stages;
    size_t n_stages;
    stage *sinks;
    size_t n_sinks;
    /* patterns and paths: the source's option `path` or the command line's; relative ones of the
     * file are relative to it */
    const char *const *inputs;
    size_t n_inputs;
    bool inputs_from_command_line;
    limits limits;
    text_options text;
    text_rule_set text_rules; /* those files, read once for all stages; none without a host */
    json_t *data_files;       /* {name: {"path", "sha256"}} of them */
    /* the whole configuration, every default filled in; what came from the environment stands as it
     * is written: "${NAME}" */
    json_t *resolved;
    json_t *origin; /* {"stages.dedup.with.threshold": "news.yaml:12:18", ...} */
    /* [{"name", "input": [path], "expect": [{"file", ...}]}], checked; NULL: none. Texts as they
     * are written, inputs relative to `folder` */
    json_t *tests;
    struct config_private *priv;
    /* of the main file, "" for the current one: base of relative inputs */
    const char *folder;
} config;

typedef struct config_args {
    const char *path; /* NULL: text below */
    wn_str text;      /* used by tests and fuzzers */
    const char *const *set;
    size_t n_set; /* KEY=VALUE of --set */
    const char *const *inputs;
    size_t n_inputs;
    /* folders searched for plugins before those of the file */
    const char *const *plugins;
    size_t n_plugins;
    const wn_host *host; /* what the stages get to see */
} config_args;

/* Read, interpolate, check, load the plugins, fill the options, call every open().
 * WN_E_CONFIG with where/line/column on any fault; *ret_config untouched then. Arguments must
 * outlive the configuration. To be called by one thread. */
wn_status config_open(const config_args *args, config **ret_config, wn_error *err);
void config_close(config *c); /* calls close() of the stages; NULL is fine */
/* Where the list of inputs was written ("file:line:column", "command line"); NULL: not known. */
const char *config_inputs_origin(const config *c);

/* The files that every run writes, beside those of the sinks. */
enum { N_OWN_OUTPUTS = 3 };
extern const char *const own_outputs[N_OWN_OUTPUTS];
/* The file that a sink writes, or what the names of its files begin with; NULL: it has no option
 * with the role OUTPUT. */
const char *output_name(const stage *sink);

/* What the host table's functions of these names do (contracts: wn_load_data, wn_load_tagger,
 * wn_stage_alloc). A data file has 256 MiB at most. WN_E_CONFIG: not found, or no model. */
wn_status stage_load_data(wn_stage *stage, const char *name, wn_str *ret_bytes, wn_error *err);
wn_status stage_load_tagger(wn_stage *stage, const char *name, wn_error *err);
void *stage_alloc(wn_stage *stage, size_t size);

/* loader.c: finding and loading of plugins. Shared objects stay loaded until the process ends. */
typedef struct plugin_file {
    const char *name, *path;
    const wn_plugin *plugin; /* NULL: it could not be loaded, see problem */
    char problem[512];
} plugin_file;
/* All plugins of the folders; one that cannot be loaded is listed with its problem. *ret_files is
 * the caller's, for plugins_scan_free. Folders that cannot be read have none. WN_E_NOMEM. */
wn_status plugins_scan(const char *const *dirs, size_t n_dirs, plugin_file **ret_files,
                       size_t *ret_n, wn_error *err);
void plugins_scan_free(plugin_file *files, size_t n);
/* NAME.so of the first folder that has one, loaded and checked. *ret_plugin and *ret_path live as
 * long as the process. WN_E_CONFIG: none, or no plugin name; WN_E_ABI and others: it cannot be
 * used. */
wn_status plugin_load(const char *name, const char *const *dirs, size_t n_dirs,
                      const wn_plugin **ret_plugin, const char **ret_path, wn_error *err);
/* The same of one file. */
wn_status plugin_load_file(const char *path, const wn_plugin **ret_plugin, wn_error *err);

/* May this host run the plugin: magic, versions, sizes, what must be there for its kind, the option
 * table? WN_E_ABI with the reason. Pure. */
wn_status abi_check(const wn_plugin *p, wn_error *err);
/* A descriptor that passed, as this host sees it: what its header did not have yet is zero. */
wn_plugin abi_copy(const wn_plugin *p);
/* "source", "document", "corpus", "sink", "source, sink"; static. */
const char *plugin_kind(const wn_plugin *p);
#endif
