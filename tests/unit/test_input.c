/* Finding files, units, lines of plain and compressed files, damage, and records again. */
#include "config.h"
#include "files.h"
#include "input/glob.h"
#include "input/input.h"
#include "opened.h"
#include "tap.h"

static const wn_host host = {.struct_size = sizeof host};
enum { MAX_RECORD = 1 << 20 };

/* ---- patterns ---- */

static void patterns_match(void)
{
    CHECK(glob_match("*", ""));
    CHECK(glob_match("*.txt", "a.txt"));
    CHECK(!glob_match("*.txt", "a.txt2"));
    CHECK(glob_match("a*b*c", "aXbbYc"));
    CHECK(!glob_match("a*b*c", "aXbbY"));
    CHECK(glob_match("?", "\xc3\xa9"));
    CHECK(glob_match("[a-c]x[!0-9]", "bxz"));
    CHECK(!glob_match("[a-c]x[!0-9]", "bx7"));
    CHECK(glob_match("[]x]", "]"));
    CHECK(glob_match("\\*", "*"));
    CHECK(!glob_match("\\*", "a"));
    CHECK(glob_match("[", "["));
    CHECK(glob_is_pattern("a{b,c}") && !glob_is_pattern("a\\*b"));
}

static void patterns_take_no_exponential_time(void)
{
    char name[2001], pattern[401];
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    for (size_t i = 0; i + 1 < sizeof pattern; i += 2)
        memcpy(pattern + i, "*a", 2);
    memcpy(pattern + sizeof pattern - 3, "*b", 3);
    CHECK(!glob_match(pattern, name));
}

static wn_status collect(void *self, const char *pattern, wn_error *err)
{
    (void)err;
    strbuf_puts(self, pattern);
    strbuf_putc(self, ' ');
    return WN_OK;
}

static void braces_expand(void)
{
    strbuf b = STRBUF_INIT;
    wn_error err = WN_ERROR_INIT;
    CHECK_INT(glob_braces("x{a,b{1,2}}y{,z}", collect, &b, &err), WN_OK);
    CHECK_STR(b.p, "xay xayz xb1y xb1yz xb2y xb2yz ");
    strbuf_clear(&b);
    CHECK_INT(glob_braces("{a}{", collect, &b, &err), WN_OK);
    CHECK_STR(b.p, "{a}{ ");
    CHECK_INT(glob_braces("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
                          collect, &b, &err),
              WN_E_CONFIG);
    strbuf_release(&b);
}

/* ---- files ---- */

static void touch(const char *path)
{
    file_put(path, "x\n", 2);
}

/* The paths in one string, or the error's text. */
static void listing(strbuf *out, const char *const *item, size_t n, const char *base)
{
    input_list l;
    wn_error err = WN_ERROR_INIT;
    strbuf_clear(out);
    if (input_expand(item, n, base, ".txt .html", NULL, &l, &err) != WN_OK) {
        strbuf_puts(out, err.text);
        return;
    }
    for (size_t i = 0; i < l.n; i++)
        strbuf_printf(out, "%s%s", i > 0 ? " " : "", l.file[i].path);
    input_list_release(&l);
}

static void check_listing(const char *a, const char *b, const char *base, const char *want)
{
    strbuf out = STRBUF_INIT;
    const char *item[2] = {a, b};
    listing(&out, item, b != NULL ? 2 : 1, base);
    CHECK_STR(out.p, want);
    strbuf_release(&out);
}

static void files_are_found(void)
{
    CHECK(mkdir("d", 0777) == 0 && mkdir("d/sub", 0777) == 0 && mkdir("d/.hid", 0777) == 0);
    touch("d/b.txt"), touch("d/a.HTML"), touch("d/sub/c.txt"), touch("d/sub/no.pdf");
    touch("d/.h.txt"), touch("d/.hid/x.txt"), touch("d/[x].txt");
    check_listing("d", NULL, NULL, "d/[x].txt d/a.HTML d/b.txt d/sub/c.txt");
    check_listing("./d//", NULL, NULL, "d/[x].txt d/a.HTML d/b.txt d/sub/c.txt");
    check_listing("d/**", NULL, NULL, "d/[x].txt d/a.HTML d/b.txt d/sub/c.txt d/sub/no.pdf");
    check_listing("**/*.txt", NULL, NULL, "d/[x].txt d/b.txt d/sub/c.txt");
    check_listing("d/{b,sub/c}.txt", "d/./b.txt", NULL, "d/b.txt d/sub/c.txt");
    check_listing("d/sub/../b.txt", "./d/b.txt", NULL, "d/b.txt");
    check_listing("d/sub/../b.txt", NULL, NULL, "d/b.txt");
    check_listing("d/sub/../../d/b.txt", NULL, NULL, "d/b.txt");
    check_listing("d/sub/..", NULL, NULL, "d/[x].txt d/a.HTML d/b.txt d/sub/c.txt");
    touch("d/..b.txt");
    check_listing("d/..b.txt", NULL, NULL, "d/..b.txt");
    CHECK_INT(unlink("d/..b.txt"), 0);
    check_listing("d/[x].txt", NULL, NULL, "d/[x].txt"); /* a file of that name wins */
    check_listing("d/.h*", "d/*/c.txt", NULL, "d/.h.txt d/sub/c.txt");
    check_listing("sub/c.txt", NULL, "d", "d/sub/c.txt");
    check_listing("d/sub/no.pdf", NULL, NULL, "d/sub/no.pdf"); /* named files need no suffix */
    check_listing("d/s*", NULL, NULL,
                  "d/s*: the pattern matches folders only; add /** for the files in them");
    check_listing("nope*", NULL, NULL, "nope*: the pattern matches no file");
    check_listing("nope", NULL, NULL, "nope: No such file or directory");
    check_listing("/dev/null", NULL, NULL,
                  "/dev/null: neither a file nor a folder; pipe it in and name it -");
    check_listing("a/**/b/**/c/**/d/**/e/**", NULL, NULL,
                  "a/**/b/**/c/**/d/**/e/**: more than 4 times ** in a path pattern");
}

static void links_are_bounded(void)
{
    CHECK(mkdir("l", 0777) == 0 && mkdir("l/s", 0777) == 0);
    touch("l/s/f.txt");
    CHECK(symlink("..", "l/s/up") == 0 && symlink("s", "l/t") == 0 &&
          symlink("s/f.txt", "l/g.txt") == 0 && symlink("nowhere", "l/dead.txt") == 0);
    /* one file under its first name; one that will be a reject */
    check_listing("l", NULL, NULL, "l/dead.txt l/g.txt");
    /* behind a link, `..` is elsewhere */
    check_listing("l/s/up/../d/b.txt", NULL, NULL, "l/s/up/../d/b.txt");
    CHECK(link("l/s/f.txt", "l/hard.txt") == 0);
    /* hard links are files of their own */
    check_listing("l", NULL, NULL, "l/dead.txt l/g.txt l/hard.txt");
}

/* ---- lines of units ---- */

static wn_status sync_line(wn_stage *stage, wn_input *in, wn_error *err)
{
    wn_record r;
    (void)stage;
    return input_line(in, &r, err);
}

static const wn_plugin lines = {WN_PLUGIN_HEAD, .name = "lines", .sync = sync_line};

/* All records of a unit; errors as !status. */
static void read_unit(strbuf *out, const opened *o, size_t unit, size_t max_record)
{
    input *in = NULL;
    wn_error err = WN_ERROR_INIT;
    wn_record r;
    wn_status status = WN_OK;
    CHECK_INT(input_open(&host, o->files, unit, max_record, &in, &err), WN_OK);
    CHECK_INT(input_sync(in, &lines, NULL, &err), WN_OK);
    while (input_in_unit(input_handle(in))) {
        err = (wn_error)WN_ERROR_INIT;
        status = input_line(input_handle(in), &r, &err);
        if (status == WN_OK)
            strbuf_add(out, r.bytes.p, r.bytes.len);
        else
            strbuf_printf(out, "!%d", status);
        strbuf_puts(out, "\n");
        if (status == WN_E_NOMEM)
            break;
    }
    input_close(in);
    input_files_done(o->files, unit);
}

static void read_split(strbuf *out, const char *path, uint64_t split, size_t max_record)
{
    opened o;
    wn_error err = WN_ERROR_INIT;
    strbuf_clear(out);
    CHECK_INT(opened_make(&o, path, true, split, &err), WN_OK);
    for (size_t i = 0; i < o.n; i++)
        read_unit(out, &o, i, max_record);
    opened_end(&o);
}

static void make_lines(strbuf *out, size_t n)
{
    uint32_t x = 7;
    for (size_t i = 0; i < n; i++) {
        x = x * 1103515245u + 12345u;
        strbuf_printf(out, "line %zu ", i);
        for (uint32_t k = 0; k < (x >> 16) % 40; k++)
            strbuf_putc(out, (char)('a' + (x >> (k % 20)) % 26));
        if (i + 1 < n) /* the last line has no newline */
            strbuf_puts(out, i % 9 == 0 ? "\n\n" : "\n");
    }
}

/* No split size may lose or double a line. */
static void check_splits(const char *path, size_t size, const strbuf *want)
{
    strbuf got = STRBUF_INIT;
    size_t wrong = 0;
    for (size_t split = 1; split <= size + 1; split += 1 + split / 3) {
        read_split(&got, path, split, MAX_RECORD);
        if (got.len != want->len || memcmp(got.p, want->p, got.len) != 0) {
            if (wrong++ == 0)
                printf("# %s: split %zu gives %zu bytes of lines, want %zu\n", path, split, got.len,
                       want->len);
        }
    }
    CHECK_INT(wrong, 0);
    strbuf_release(&got);
}

static void every_split_gives_the_same_lines(void)
{
    strbuf text = STRBUF_INIT, packed = STRBUF_INIT, want = STRBUF_INIT;
    static const size_t steps[] = {0, 3, 64, 500};
    make_lines(&text, 40);
    strbuf_add(&want, text.p, text.len);
    strbuf_puts(&want, "\n");
    file_put_buf("plain", &text);
    check_splits("plain", text.len, &want);
    for (size_t i = 0; i < 2 * sizeof steps / sizeof *steps; i++) {
        strbuf_clear(&packed);
        pack(&packed, i % 2 == 1, text.p, text.len, steps[i / 2]);
        file_put_buf("packed", &packed);
        check_splits("packed", packed.len, &want);
    }
    strbuf_release(&text);
    strbuf_release(&packed);
    strbuf_release(&want);
}

static void files_inside_members_are_not_members(void)
{
    strbuf inner = STRBUF_INIT, outer = STRBUF_INIT, packed = STRBUF_INIT, want = STRBUF_INIT;
    gzip_add(&inner, "phantom\nphantom\n", 16, 6);
    for (int i = 0; i < 40; i++) {
        strbuf_clear(&outer);
        strbuf_printf(&outer, "line %d ", i);
        for (size_t k = 0; k < inner.len; k++)
            strbuf_putc(&outer, inner.p[k] == '\n' ? ' ' : inner.p[k]);
        strbuf_puts(&outer, "\n");
        strbuf_add(&want, outer.p, outer.len);
        gzip_add(&packed, outer.p, outer.len, 0); /* stored */
    }
    file_put_buf("stored", &packed);
    check_splits("stored", packed.len, &want);
    strbuf_release(&inner), strbuf_release(&outer), strbuf_release(&packed), strbuf_release(&want);
}

/* ---- limits and damage ---- */

static void long_lines_are_skipped_whole(void)
{
    strbuf text = STRBUF_INIT, packed = STRBUF_INIT, got = STRBUF_INIT;
    strbuf_puts(&text, "a\n");
    for (size_t i = 0; i < 3000000; i++)
        strbuf_putc(&text, 'x');
    strbuf_puts(&text, "\nb\n");
    file_put_buf("long", &text);
    read_split(&got, "long", 1 << 30, 1000);
    CHECK_STR(got.p, "a\n!-5\nb\n");
    read_split(&got, "long", 65536, 1000);
    CHECK_STR(got.p, "a\n!-5\nb\n");
    pack(&packed, false, text.p, text.len, 100000);
    file_put_buf("long.gz", &packed);
    read_split(&got, "long.gz", 1 << 30, 1000);
    CHECK_STR(got.p, "a\n!-5\nb\n");
    read_split(&got, "long.gz", 300, 1000);
    CHECK_STR(got.p, "a\n!-5\nb\n");
    strbuf_release(&text), strbuf_release(&packed), strbuf_release(&got);
}

static void truncation_is_told_once(void)
{
    strbuf text = STRBUF_INIT, packed = STRBUF_INIT, got = STRBUF_INIT;
    make_lines(&text, 5000);
    for (int zstd = 0; zstd < 2; zstd++) {
        strbuf_clear(&packed);
        pack(&packed, zstd, text.p, text.len, zstd ? 20000 : 0);
        file_put("cut", packed.p, packed.len * 2 / 3);
        read_split(&got, "cut", 1 << 30, MAX_RECORD);
        char *fault = strstr(got.p, "!-3\n");
        CHECK(fault != NULL && strcmp(fault, "!-3\n") == 0);
        size_t good = fault != NULL ? (size_t)(fault - got.p) : 0;
        /* what was readable is there */
        CHECK(good > text.len / 3 && memcmp(got.p, text.p, good - 1) == 0);
    }
    strbuf_release(&text), strbuf_release(&packed), strbuf_release(&got);
}

static void reading_goes_on_behind_damage(void)
{
    strbuf packed = STRBUF_INIT, got = STRBUF_INIT;
    gzip_add(&packed, "one\n", 4, 6);
    size_t second = packed.len;
    gzip_add(&packed, "two\n", 4, 6);
    packed.p[second + 12] ^= 0x55;
    gzip_add(&packed, "three\n", 6, 6);
    file_put_buf("damaged", &packed);
    read_split(&got, "damaged", 1 << 30, MAX_RECORD);
    CHECK(strncmp(got.p, "one\n", 4) == 0 && strstr(got.p, "!-3\nthree\n") != NULL);
    strbuf_puts(&packed, "garbage after the last member");
    file_put_buf("damaged", &packed);
    read_split(&got, "damaged", 1 << 30, MAX_RECORD);
    CHECK(strstr(got.p, "three\n!-3\n") != NULL);
    strbuf_release(&packed), strbuf_release(&got);
}

static void zero_padding_and_skippable_frames_are_fine(void)
{
    strbuf packed = STRBUF_INIT, got = STRBUF_INIT;
    gzip_add(&packed, "one\n", 4, 6);
    gzip_add(&packed, "", 0, 6); /* an empty member, as bgzip ends files */
    strbuf_add(&packed, "\0\0\0\0\0\0\0", 7);
    file_put_buf("padded", &packed);
    read_split(&got, "padded", 1 << 30, MAX_RECORD);
    CHECK_STR(got.p, "one\n");
    strbuf_clear(&packed);
    strbuf_add(&packed, "\x50\x2a\x4d\x18\3\0\0\0abc", 11);
    zstd_add(&packed, "two\n", 4);
    file_put_buf("skippable", &packed);
    read_split(&got, "skippable", 1 << 30, MAX_RECORD);
    CHECK_STR(got.p, "two\n");
    strbuf_release(&packed), strbuf_release(&got);
}

static void bombs_are_named(void)
{
    strbuf zeros = STRBUF_INIT, packed = STRBUF_INIT, got = STRBUF_INIT;
    strbuf_reserve(&zeros, 140 << 20);
    memset(zeros.p, '\n', 140 << 20);
    zstd_add(&packed, zeros.p, 140 << 20);
    strbuf_release(&zeros);
    file_put_buf("bomb", &packed);
    opened o;
    input *in;
    wn_error err = WN_ERROR_INIT;
    CHECK_INT(opened_make(&o, "bomb", false, 0, &err), WN_OK);
    CHECK_INT(input_open(&host, o.files, 0, MAX_RECORD, &in, &err), WN_OK);
    CHECK_INT(input_skip(input_handle(in), SIZE_MAX, &err), WN_E_LIMIT);
    CHECK(strstr(err.text, "bomb") != NULL);
    input_close(in);
    opened_end(&o);
    strbuf_release(&packed), strbuf_release(&got);
}

/* ---- whole files and records again ---- */

static void a_file_is_one_record(void)
{
    const char *path = "whole";
    opened o;
    input *in;
    wn_record r;
    wn_error err = WN_ERROR_INIT;
    for (int empty = 0; empty < 2; empty++) {
        file_put(path, "hello", empty ? 0 : 5);
        CHECK_INT(opened_make(&o, path, false, 0, &err), WN_OK);
        CHECK_INT(input_open(&host, o.files, 0, MAX_RECORD, &in, &err), WN_OK);
        CHECK_INT(input_peek(input_handle(in), SIZE_MAX, &r, &err), WN_OK);
        CHECK_INT(r.bytes.len, empty ? 0 : 5);
        CHECK_INT(input_skip(input_handle(in), r.bytes.len, &err), WN_OK);
        CHECK_INT(input_peek(input_handle(in), SIZE_MAX, &r, &err), WN_END);
        input_close(in);
        CHECK_INT(input_open(&host, o.files, 0, 3, &in, &err), WN_OK);
        CHECK_INT(input_peek(input_handle(in), SIZE_MAX, &r, &err), empty ? WN_OK : WN_E_LIMIT);
        err = (wn_error)WN_ERROR_INIT;
        input_close(in);
        opened_end(&o);
    }
}

static void fetch_all(fetcher *f, const char *path, bool backwards)
{
    enum { MANY = 400 };
    static wn_record record[MANY];
    static char copy[MANY][128];
    size_t n = 0;
    opened o;
    input *in;
    wn_error err = WN_ERROR_INIT;
    arena *a = arena_new(0);
    CHECK_INT(opened_make(&o, path, false, 0, &err), WN_OK);
    CHECK_INT(input_open(&host, o.files, 0, MAX_RECORD, &in, &err), WN_OK);
    while (n < MANY && input_line(input_handle(in), &record[n], &err) == WN_OK) {
        memcpy(copy[n], record[n].bytes.p, record[n].bytes.len);
        n++;
    }
    input_close(in);
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        const wn_record *r = &record[backwards ? n - 1 - i : i];
        locator at = {
            .path = path, .member = r->member, .offset = r->offset, .length = r->bytes.len};
        wn_str raw = {"", 0};
        at.codec = strstr(path, ".gz") != NULL    ? "gzip"
                   : strstr(path, ".zst") != NULL ? "zstd"
                                                  : NULL;
        if (fetcher_get(f, &at, a, &raw, &err) != WN_OK || raw.len != r->bytes.len ||
            memcmp(raw.p, copy[r - record], raw.len) != 0)
            wrong++;
    }
    CHECK_INT(n, MANY);
    CHECK_INT(wrong, 0);
    arena_free(a);
    opened_end(&o);
}

static void records_are_fetched_again(void)
{
    strbuf text = STRBUF_INIT, packed = STRBUF_INIT;
    fetcher *f = fetcher_new(MAX_RECORD);
    make_lines(&text, 600);
    file_put_buf("f.txt", &text);
    for (size_t step = 0; step < 3000; step += 999) {
        strbuf_clear(&packed);
        pack(&packed, false, text.p, text.len, step);
        file_put_buf("f.gz", &packed);
        strbuf_clear(&packed);
        pack(&packed, true, text.p, text.len, step);
        file_put_buf("f.zst", &packed);
        fetcher_free(f);
        f = fetcher_new(MAX_RECORD);
        for (int backwards = 0; backwards < 2; backwards++) {
            fetch_all(f, "f.txt", backwards);
            fetch_all(f, "f.gz", backwards);
            fetch_all(f, "f.zst", backwards);
        }
    }
    fetcher_free(f);
    strbuf_release(&text), strbuf_release(&packed);
}

static void fetch_one(fetcher *f, arena *a, const char *path, const char *want)
{
    const locator at = {.path = path, .length = strlen(want)};
    wn_error err = WN_ERROR_INIT;
    wn_str raw = {"", 0};
    CHECK_INT(fetcher_get(f, &at, a, &raw, &err), WN_OK);
    CHECK_MEM(raw.p, raw.len, want);
}

static void every_path_is_a_file_of_its_own(void)
{
    fetcher *f = fetcher_new(MAX_RECORD);
    arena *a = arena_new(0);
    file_put("fb", "of b", 4), file_put("fa", "of a", 4);
    for (int i = 0; i < 2; i++) {
        fetch_one(f, a, "fb", "of b");
        fetch_one(f, a, "fa", "of a");
    }
    CHECK_INT(unlink("fa"), 0);
    fetch_one(f, a, "fa", "of a"); /* it is still open */
    arena_free(a);
    fetcher_free(f);
}

static void wrong_places_are_refused(void)
{
    static const locator bad[] = {
        {.path = "f.txt", .offset = 1u << 30, .length = 1},
        {.path = "f.txt", .offset = UINT64_MAX, .length = 2},
        {.path = "f.txt", .offset = 0, .length = MAX_RECORD + 1},
        {.path = "f.gz", .codec = "gzip", .member = 1u << 30, .length = 1},
        {.path = "f.gz", .codec = "gzip", .member = 3, .length = 1},
        {.path = "f.gz", .codec = "lzma", .length = 1},
        {.path = "f.gz", .codec = "gzip", .offset = 1u << 30, .length = 1},
        {.path = "gone", .length = 1},
    };
    fetcher *f = fetcher_new(MAX_RECORD);
    arena *a = arena_new(0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        wn_error err = WN_ERROR_INIT;
        wn_str raw;
        CHECK(fetcher_get(f, &bad[i], a, &raw, &err) < 0 && err.text[0] != '\0');
    }
    arena_free(a);
    fetcher_free(f);
}

/* A locator that somebody has made up does not fill the memory: pieces add up to a record at
 * most. */
static void pieces_again_and_again(void)
{
    enum { N = 2000 };
    static wn_range pieces[N];
    locator at = {
        .path = "f.txt", .length = 1000, .decode = "identity", .n_pieces = N, .pieces = pieces};
    strbuf text = STRBUF_INIT;
    wn_error err = WN_ERROR_INIT;
    wn_str raw;
    while (text.len < 1000)
        strbuf_putc(&text, 'x');
    file_put_buf("f.txt", &text);
    for (size_t i = 0; i < N; i++)
        pieces[i] = (wn_range){0, 1000, WN_MAP_EXACT, 0};
    fetcher *f = fetcher_new(MAX_RECORD);
    arena *a = arena_new(0);
    CHECK_INT(fetcher_get(f, &at, a, &raw, &err), WN_E_LIMIT);
    CHECK(strstr(err.text, "pieces") != NULL);
    at.n_pieces = MAX_RECORD / 1000;
    err = (wn_error)WN_ERROR_INIT;
    CHECK_INT(fetcher_get(f, &at, a, &raw, &err), WN_OK);
    CHECK_INT(raw.len, at.n_pieces * 1000);
    strbuf_release(&text);
    arena_free(a);
    fetcher_free(f);
}

static void digest_is_sha256(void)
{
    char hex[65];
    wn_error err = WN_ERROR_INIT;
    file_put("abc", "abc", 3);
    CHECK_INT(input_digest("abc", hex, &err), WN_OK);
    CHECK_STR(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* Each allocation fails once: an error or the right lines, never a crash or a leak. */
static void allocations_may_fail(void)
{
    const char *path = "f.gz";
    size_t failures = 0;
    for (unsigned long i = 1; i < 60; i++) {
        opened o;
        input *in = NULL;
        wn_record r;
        wn_error err = WN_ERROR_INIT;
        mem_fail_at(i);
        wn_status status = opened_make(&o, path, false, 0, &err);
        if (status == WN_OK) {
            if ((status = input_open(&host, o.files, 0, MAX_RECORD, &in, &err)) == WN_OK)
                while ((status = input_line(input_handle(in), &r, &err)) == WN_OK)
                    ;
            input_close(in);
            opened_end(&o);
        }
        if (!mem_fail_at(0))
            break;
        failures++;
        CHECK(status == WN_E_NOMEM || status == WN_END);
    }
    CHECK(failures > 3);
}

int main(void)
{
    files_enter("input");
    RUN(patterns_match);
    RUN(patterns_take_no_exponential_time);
    RUN(braces_expand);
    RUN(files_are_found);
    RUN(links_are_bounded);
    RUN(every_split_gives_the_same_lines);
    RUN(files_inside_members_are_not_members);
    RUN(long_lines_are_skipped_whole);
    RUN(truncation_is_told_once);
    RUN(reading_goes_on_behind_damage);
    RUN(zero_padding_and_skippable_frames_are_fine);
    RUN(bombs_are_named);
    RUN(a_file_is_one_record);
    RUN(records_are_fetched_again);
    RUN(every_path_is_a_file_of_its_own);
    RUN(wrong_places_are_refused);
    RUN(pieces_again_and_again);
    RUN(digest_is_sha256);
    RUN(allocations_may_fail);
    files_leave();
    return DONE();
}
