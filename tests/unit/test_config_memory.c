/* test_config_memory.c: each allocation of a whole configuration fails once; the answer is always
 * WN_E_NOMEM and nothing is lost (LeakSanitizer watches). */
#include "stub_host.h"
#include "tap.h"
#include "util/alloc.h"
#include <sys/stat.h>

/* libyaml's allocator, taken over from its library: it calls these. */
WN_EXPORT void *yaml_malloc(size_t size);
WN_EXPORT void *yaml_realloc(void *p, size_t size);
WN_EXPORT void yaml_free(void *p);
WN_EXPORT char *yaml_strdup(const char *s);
static bool yaml_seen;

void *yaml_malloc(size_t size)
{
    yaml_seen = true;
    return mem_alloc(size);
}

void *yaml_realloc(void *p, size_t size)
{
    return mem_realloc(p, size);
}

void yaml_free(void *p)
{
    mem_free(p);
}

char *yaml_strdup(const char *s)
{
    char *copy = s == NULL ? NULL : mem_alloc(strlen(s) + 1);
    return copy == NULL ? NULL : memcpy(copy, s, strlen(s) + 1);
}

static char folder[4096];

static void write_file(const char *name, const char *text)
{
    char path[4200];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    CHECK(f != NULL);
    if (f != NULL) {
        (void)fputs(text, f);
        (void)fclose(f);
    }
}

static wn_status open_once(wn_error *err)
{
    static const char *const set[] = {"stages.second.with.whole=3", "limits={max_rejects: 4}"};
    char path[4200];
    (void)snprintf(path, sizeof path, "%s/memory.yaml", folder);
    const config_args args = {.path = path, .set = set, .n_set = 2, .host = &stub_host};
    config *c = NULL;
    wn_status status = config_open(&args, &c, err);
    CHECK_INT(c != NULL, status == WN_OK);
    config_close(c);
    return status;
}

static void every_allocation_may_fail(void)
{
    wn_error err = WN_ERROR_INIT;
    CHECK_STR(shown(open_once(&err), &err), "ok"); /* the plugins are loaded for good now */
    unsigned long n = 0;
    for (bool fired = true; fired && n < 100000;) {
        err = (wn_error)WN_ERROR_INIT;
        (void)mem_fail_at(++n);
        wn_status status = open_once(&err);
        fired = mem_fail_at(0);
        if (status != (fired ? WN_E_NOMEM : WN_OK)) {
            printf("# allocation %lu: %s\n", n, shown(status, &err));
            CHECK_INT(status, fired ? WN_E_NOMEM : WN_OK);
        }
    }
    printf("# %lu allocations\n", n - 1);
    CHECK(n > 50 && yaml_seen);
}

int main(void)
{
    const char *builddir = getenv("builddir");
    (void)json_set_alloc_funcs(mem_alloc, mem_free);
    use_test_plugins();
    (void)setenv("WN_TEST_WORD", "word", 1);
    (void)snprintf(folder, sizeof folder, "%s/tests/unit/config-files",
                   builddir == NULL ? "." : builddir);
    (void)mkdir(folder, 0777);
    write_file("memory-words.txt", "one two\n");
    write_file(
        "memory-base.yaml",
        "version: 1\nlimits: {max_record: 2MB}\ninput: {use: t_source, with: {path: [a, b]}}\n");
    static char text[70000]; /* one value is so long that its copies need memory of their own */
    (void)snprintf(
        text, sizeof text,
        "include: [memory-base.yaml]\nplugins: [.]\nvars: {V: \"${WN_TEST_WORD}\"}\nstages:\n"
        "- &p {use: t_probe, with: {list: [x, y], text: \"${V} ${WN_NONE:-none}\", data: "
        "memory-words.txt}}\n"
        "- {<<: *p, id: second}\n- {use: t_probe, id: third, with: {text: \"%060000d\"}}\n- "
        "t_pairs\noutput: [t_sink]\n"
        "tests: [{name: n, input: [a], expect: [{file: f, lines: 1, equals: 1.5}]}]\n",
        0);
    write_file("memory.yaml", text);
    RUN(every_allocation_may_fail);
    return DONE();
}
