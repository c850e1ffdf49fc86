/* stub_host.h: a host for configuration tests: what open() may call, nothing else; and helpers that
 * open a configuration with the plugins of tests/plugins. */
#ifndef TESTS_UNIT_STUB_HOST_H
#define TESTS_UNIT_STUB_HOST_H
#include "config/config.h"
#include <stdlib.h>
#include <string.h>

static const void *stub_options(const wn_stage *s)
{
    return stage_of_const(s)->options;
}
static const char *stub_id(const wn_stage *s)
{
    return stage_of_const(s)->id;
}
static void stub_set_state(wn_stage *s, void *state)
{
    stage_of(s)->state = state;
}
static void *stub_state(const wn_stage *s)
{
    return stage_of_const(s)->state;
}
static void stub_log(const wn_stage *s, wn_level level, const char *fmt, ...)
{
    (void)s, (void)level, (void)fmt;
}

static const wn_host stub_host = {
    .struct_size = sizeof(wn_host),
    .abi_major = WN_ABI_MAJOR,
    .abi_minor = WN_ABI_MINOR,
    .options = stub_options,
    .stage_id = stub_id,
    .set_state = stub_set_state,
    .state = stub_state,
    .stage_alloc = stage_alloc,
    .load_data = stage_load_data,
    .log = stub_log,
};

/* The tests' own plugins, wherever the test is started from. */
static inline void use_test_plugins(void)
{
    const char *builddir = getenv("builddir");
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/tests/plugins", builddir == NULL ? "." : builddir);
    (void)setenv("WINNOW_PLUGIN_PATH", path, 1);
}

/* "where:line:column: text" of an error, or "ok". */
static inline const char *shown(wn_status status, const wn_error *err)
{
    static char line[1024];
    if (status == WN_OK)
        return "ok";
    if (err->line > 0)
        (void)snprintf(line, sizeof line, "%s:%d:%d: %s", err->where, err->line, err->column,
                       err->text);
    else
        (void)snprintf(line, sizeof line, "%s%s%s", err->where, err->where[0] == '\0' ? "" : ": ",
                       err->text);
    return line;
}
#endif
