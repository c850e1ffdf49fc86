/* config_case.h: a configuration in a test, from a string or from a file, and the verdict on it in
 * one line. */
#include "stub_host.h"
#include "../plugins/t_probe.h"
#include "tap.h"
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "version: 1\ninput: {use: t_source, with: {path: [a]}}\n"
#define TAIL "output: [t_sink]\n"
#define PROBE(with) HEAD "stages:\n  - use: t_probe\n    with: {" with "}\n" TAIL

static wn_error last;

static inline const char *open_with(const char *text, const char *const *set, size_t n_set,
                                    config **ret)
{
    last = (wn_error)WN_ERROR_INIT;
    config_args args = {
        .text = {text, strlen(text)}, .set = set, .n_set = n_set, .host = &stub_host};
    config *c = NULL;
    wn_status status = config_open(&args, &c, &last);
    CHECK_INT(c == NULL, status != WN_OK);
    if (ret != NULL)
        *ret = c;
    else
        config_close(c);
    return shown(status, &last);
}

static inline const char *verdict_of(const char *text)
{
    return open_with(text, NULL, 0, NULL);
}

static inline const char *file_name(const char *name)
{
    static char path[4096];
    const char *builddir = getenv("builddir");
    (void)snprintf(path, sizeof path, "%s/tests/unit/config-files",
                   builddir == NULL ? "." : builddir);
    (void)mkdir(path, 0777);
    (void)snprintf(path + strlen(path), sizeof path - strlen(path), "/%s", name);
    return path;
}

static inline void write_file(const char *name, const char *text)
{
    FILE *f = fopen(file_name(name), "w");
    CHECK(f != NULL);
    if (f != NULL) {
        (void)fputs(text, f);
        (void)fclose(f);
    }
}

/* The verdict on a file, with its folder left out. */
static inline const char *verdict_on_file(const char *name, config **ret)
{
    static char line[1200];
    last = (wn_error)WN_ERROR_INIT;
    char path[4096];
    (void)snprintf(path, sizeof path, "%s", file_name(name));
    config_args args = {.path = path, .host = &stub_host};
    config *c = NULL;
    wn_status status = config_open(&args, &c, &last);
    (void)snprintf(line, sizeof line, "%s", shown(status, &last));
    if (ret != NULL)
        *ret = c;
    else
        config_close(c);
    const char *folder = file_name("");
    for (char *at; (at = strstr(line, folder)) != NULL;)
        memmove(at, at + strlen(folder), strlen(at + strlen(folder)) + 1);
    return line;
}
