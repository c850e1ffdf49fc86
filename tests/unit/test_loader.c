/* test_loader.c: plugins that must be refused, each with its true reason. */
#include "config/config.h"
#include "config/elf.h"
#include "stub_host.h"
#include "tap.h"

static char dir[4096];

static const char *load(const char *name)
{
    static char text[600];
    const char *const dirs[] = {"/nonexistent", dir};
    const wn_plugin *plugin = NULL;
    const char *path = NULL;
    wn_error err = WN_ERROR_INIT;
    wn_status status = plugin_load(name, dirs, 2, &plugin, &path, &err);
    CHECK_INT(plugin == NULL, status != WN_OK);
    if (status == WN_OK)
        return "ok";
    (void)snprintf(text, sizeof text, "%s", err.text);
    return text;
}

static void refusals_are_exact(void)
{
    static const struct {
        const char *name, *words;
    } rows[] = {
        {"bad_magic", "bad_magic.so: not a winnow plugin: its descriptor starts with 0x50414548, "
                      "not 0x314e4957"},
        {"bad_major", "bad_major.so: built for plugin ABI 2.0, this winnow has 1.0: rebuild the "
                      "plugin with this winnow's plugin.h"},
        {"bad_minor", "bad_minor.so: built for plugin ABI 1.1, this winnow has 1.0: use a newer "
                      "winnow, or rebuild"},
        {"bad_size", "bad_size.so: its descriptor has 64 bytes where ABI 1.0 has "},
        {"bad_callbacks",
         "bad_callbacks.so: plugin `bad_callbacks` has no callbacks: fill read (source), process"},
        {"bad_corpus", "bad_corpus.so: plugin `bad_corpus` misses settle: a corpus stage has all "
                       "of emit, reduce, settle and apply"},
        {"bad_symbol", "bad_symbol.so: undefined symbol: no_such_function_anywhere (try: ldd "},
        {"bad_name", "bad_name.so: calls itself `good_name`: name the file good_name.so, or the "
                     "plugin `bad_name`"},
        {"bad_options", "bad_options.so: option table: `outside` lies outside the options struct"},
        {"bad_default", "bad_default.so: option table: `share` has the default `1.5`, but must lie "
                        "between 0 and 1"},
        {"bad_null", "bad_null.so: winnow_plugin() returned NULL"},
        {"bad_entry", "bad_entry.so: does not export winnow_plugin(): end the plugin with "
                      "WN_PLUGIN_ENTRY(descriptor)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *said = load(rows[i].name);
        if (strstr(said, rows[i].words) == NULL)
            CHECK_STR(said, rows[i].words);
        /* the same again: a refused plugin is not remembered */
        CHECK_STR(said, load(rows[i].name));
    }
}

static void names_nearby(void)
{
    CHECK(strstr(load("t_prob"),
                 "no plugin `t_prob`; did you mean `t_probe`? (searched: /nonexistent, /") != NULL);
    CHECK(strstr(load("zebra"), "no plugin `zebra`; known: bad_callbacks, ") != NULL);
    CHECK(strstr(load("../t_probe"), "`../t_probe` is not a plugin name") != NULL);
    CHECK(strstr(load("t_probe.so"), "is not a plugin name") != NULL);
    CHECK(strstr(load(""), "is not a plugin name") != NULL);
}

static void good_ones_and_their_kinds(void)
{
    static const struct {
        const char *name, *kind;
    } rows[] = {
        {"t_source", "source"}, {"t_probe", "document"}, {"t_pairs", "corpus"}, {"t_sink", "sink"}};
    for (size_t i = 0; i < 4; i++) {
        const char *const dirs[] = {dir};
        const wn_plugin *plugin = NULL, *again = NULL;
        const char *path = NULL;
        wn_error err = WN_ERROR_INIT;
        CHECK_INT(plugin_load(rows[i].name, dirs, 1, &plugin, &path, &err), WN_OK);
        CHECK_INT(plugin_load(rows[i].name, dirs, 1, &again, &path, &err), WN_OK);
        CHECK(plugin == again && path != NULL && path[0] == '/');
        if (plugin != NULL) {
            CHECK_STR(plugin_kind(plugin), rows[i].kind);
            again = NULL;
            CHECK_INT(plugin_load_file(path, &again, &err), WN_OK);
            CHECK_STR(again == NULL ? NULL : again->name, rows[i].name);
        }
    }
}

static void a_scan_tells_all(void)
{
    const char *const dirs[] = {dir};
    plugin_file *files = NULL;
    size_t n = 0, good = 0;
    wn_error err = WN_ERROR_INIT;
    CHECK_INT(plugins_scan(dirs, 1, &files, &n, &err), WN_OK);
    for (size_t i = 0; i < n; i++) {
        good += files[i].plugin != NULL;
        CHECK_INT(files[i].plugin == NULL, files[i].problem[0] != '\0');
        CHECK(i == 0 || strcmp(files[i - 1].name, files[i].name) < 0);
    }
    CHECK_INT(n, 19);
    CHECK_INT(good, 7); /* bad_open opens badly, but loads */
    plugins_scan_free(files, n);
}

static size_t bytes_of(const char *path, char *to, size_t cap)
{
    FILE *f = fopen(path, "rb");
    size_t n = f == NULL ? 0 : fread(to, 1, cap, f);
    if (f != NULL)
        (void)fclose(f);
    return n;
}

static void put_bytes(const char *path, const char *p, size_t n)
{
    FILE *f = fopen(path, "wb");
    CHECK(f != NULL && fwrite(p, 1, n, f) == n && fclose(f) == 0);
}

/* The section headers stand at the end of a shared object: whatever is cut off, something is
 * missing. */
static void a_cut_plugin_is_not_loaded(void)
{
    static char bytes[1 << 20];
    char cut[4200];
    const char *const dirs[] = {dir};
    const wn_plugin *plugin = NULL;
    const char *path = NULL;
    wn_error err = WN_ERROR_INIT;
    uint64_t size, need;
    (void)snprintf(cut, sizeof cut, "%s/../unit/cut.so", dir);
    CHECK_INT(plugin_load("t_sink", dirs, 1, &plugin, &path, &err), WN_OK);
    const size_t n = path == NULL ? 0 : bytes_of(path, bytes, sizeof bytes);
    CHECK(n > 1000 && n < sizeof bytes);
    for (size_t kept = 4; kept < n; kept += kept < 200 ? 1 : (n - kept) / 7 + 1) {
        put_bytes(cut, bytes, kept);
        CHECK(!elf_is_whole(cut, &size, &need));
        CHECK(size == kept && need > kept && need <= n);
    }
    CHECK_INT(plugin_load_file(cut, &plugin, &err), WN_E_ABI);
    CHECK(strstr(err.text, "cut.so is truncated (") != NULL);
    put_bytes(cut, bytes, n);
    CHECK(elf_is_whole(cut, &size, &need) && need == n);
    put_bytes(cut, "ELF", 3);
    CHECK(elf_is_whole(cut, &size, &need)); /* of what is no shared object, others tell */
    (void)remove(cut);
}

static wn_status nothing(wn_stage *st, wn_doc *doc, wn_error *err)
{
    (void)st, (void)doc, (void)err;
    return WN_OK;
}

static const char *judge(const wn_plugin *p)
{
    static wn_error err;
    err = (wn_error)WN_ERROR_INIT;
    return abi_check(p, &err) == WN_OK ? "ok" : err.text;
}

static void descriptors(void)
{
    const wn_plugin good = {WN_PLUGIN_HEAD, .name = "x",      .version = "1",
                            .summary = "s", .license = "MIT", .process = nothing};
    wn_plugin p = good;
    CHECK_STR(judge(&p), "ok");
    p.name = "X";
    CHECK_STR(judge(&p), "its name `X` does not match [a-z][a-z0-9_-]*");
    p = good, p.version = NULL;
    CHECK_STR(judge(&p), "plugin `x` has no version in UTF-8: set .version");
    p = good, p.summary = "caf\xe9";
    CHECK_STR(judge(&p), "plugin `x` has no summary in UTF-8: set .summary");
    p = good, p.license = "\xff";
    CHECK_STR(judge(&p), "plugin `x` has no licence in UTF-8: set .license to an SPDX name");
    p = good, p.suffixes = ".\xff";
    CHECK_STR(judge(&p), "plugin `x` has suffixes that are not UTF-8: set .suffixes");
    p = good, p.flags = WN_SOURCE_SPLITS;
    CHECK_STR(judge(&p), "plugin `x` misses read: a source needs it");
    p = good, p.options_size = 8;
    CHECK_STR(judge(&p), "plugin `x` has an options struct but no option table");
    p = good, p.struct_size += 8; /* of a later header, for this minor: its tail is not read */
    CHECK_STR(judge(&p), "ok");
    p = good, p.struct_size -= 8;
    CHECK(strstr(judge(&p), "its descriptor has ") != NULL);
    p = good, p.abi_minor++;
    CHECK(strstr(judge(&p), "use a newer winnow, or rebuild") != NULL);
    p = good, p.strides.span += 8;
    CHECK(strstr(judge(&p), "its wn_span has 48 bytes where this winnow has 40: ") != NULL);
    p = good, p.strides.token = 0;
    CHECK(strstr(judge(&p), "its wn_token has 0 bytes") != NULL);
    p = good, p.flags = 8;
    CHECK_STR(judge(&p), "plugin `x` sets flags (0x8) that ABI 1.0 does not have: clear them");
    p = good, p.flags = WN_SINK_PARTS;
    CHECK_STR(judge(&p), "plugin `x` says WN_SINK_PARTS but has no write");
    CHECK_STR(judge(NULL), "winnow_plugin() returned NULL");
}

static void roles_belong_to_kinds(void)
{
    typedef struct {
        wn_list in;
        const char *out;
    } roled;
    static const wn_option input[] = {WN_OPT_INPUTS(roled, in, "x"), WN_OPT_END},
                           output[] = {WN_OPT_OUTPUT(roled, out, "a", "x"), WN_OPT_END};
    wn_plugin p = {WN_PLUGIN_HEAD, .name = "x",      .version = "1",
                   .summary = "s", .license = "MIT", .process = nothing};
    p.options_size = sizeof(roled);
    p.options = input;
    CHECK_STR(judge(&p), "plugin `x` has a WN_OPT_INPUTS but no read: only a source has inputs");
    p.options = output;
    CHECK_STR(judge(&p), "plugin `x` has a WN_OPT_OUTPUT but no write: only a sink has outputs");
}

/* Of a descriptor no more is read than it says it has; what it lacks is zero. */
static void short_descriptors(void)
{
    const wn_plugin good = {WN_PLUGIN_HEAD, .name = "x",      .version = "1",
                            .summary = "s", .license = "MIT", .process = nothing};
    const size_t some = offsetof(wn_plugin, begin);
    wn_plugin *p = malloc(some);
    if (p == NULL)
        exit(99);
    memcpy(p, &good, some);
    memcpy(p, &(wn_plugin){WN_PLUGIN_HEAD}, offsetof(wn_plugin, flags));
    const uint32_t size = (uint32_t)some;
    memcpy((char *)p + offsetof(wn_plugin, struct_size), &size, sizeof size);
    const wn_plugin own = abi_copy(p);
    CHECK(own.process == nothing && own.begin == NULL && own.end == NULL);
    CHECK_STR(own.name, "x");
    free(p);
}

int main(void)
{
    const char *builddir = getenv("builddir");
    (void)snprintf(dir, sizeof dir, "%s/tests/plugins", builddir == NULL ? "." : builddir);
    RUN(refusals_are_exact);
    RUN(names_nearby);
    RUN(good_ones_and_their_kinds);
    RUN(a_scan_tells_all);
    RUN(a_cut_plugin_is_not_loaded);
    RUN(descriptors);
    RUN(roles_belong_to_kinds);
    RUN(short_descriptors);
    return DONE();
}
