/* Units of compressed files that are made to cost: lines over many units, and what only looks like
 * a member. */
#include "config.h"
#include "files.h"
#include "opened.h"
#include "tap.h"

static const wn_host host = {.struct_size = sizeof host};

static wn_status sync_line(wn_stage *stage, wn_input *in, wn_error *err)
{
    wn_record r;
    (void)stage;
    return input_line(in, &r, err);
}

static const wn_plugin lines = {WN_PLUGIN_HEAD, .name = "lines", .sync = sync_line};

/* Bytes that all units of the file consume before their first record; *ret_lines: records in
 * all. */
static uint64_t bytes_of_sync(const char *path, uint64_t split, size_t *ret_lines)
{
    opened o;
    wn_error err = WN_ERROR_INIT;
    uint64_t used = 0;
    *ret_lines = 0;
    CHECK_INT(opened_make(&o, path, true, split, &err), WN_OK);
    for (size_t i = 0; i < o.n; i++) {
        input *in = NULL;
        wn_record r;
        CHECK_INT(input_open(&host, o.files, i, 1000, &in, &err), WN_OK);
        CHECK_INT(input_sync(in, &lines, NULL, &err), WN_OK);
        used += input_used(in);
        for (; input_in_unit(input_handle(in)); (*ret_lines)++) {
            wn_error ignored = WN_ERROR_INIT;
            (void)input_line(input_handle(in), &r, &ignored);
        }
        CHECK(!input_overran(in));
        input_close(in);
        input_files_done(o.files, i);
    }
    CHECK(o.n > 20);
    opened_end(&o);
    return used;
}

/* Each unit reads its own part of the line, not the rest of the file. */
static void a_line_over_all_units_costs_each_its_part(void)
{
    enum { MEMBERS = 400, EACH = 20000 };
    static char part[EACH];
    strbuf plain = STRBUF_INIT, packed = STRBUF_INIT;
    size_t n;
    uint32_t x = 1;
    for (size_t i = 0; i < EACH; i++)
        part[i] = (char)('a' + ((x = x * 1664525u + 1013904223u) >> 28));
    for (int zstd = 0; zstd < 2; zstd++) {
        strbuf_clear(&packed), strbuf_clear(&plain);
        for (size_t i = 0; i < MEMBERS; i++) {
            strbuf_add(&plain, part, sizeof part);
            pack(&packed, zstd, part, sizeof part, 0);
        }
        pack(&packed, zstd, "\nend\n", 5, 0);
        file_put_buf("line", &packed);
        CHECK(bytes_of_sync("line", packed.len / 40, &n) < 2 * MEMBERS * EACH);
        CHECK_INT(n, 2);
    }
    strbuf_puts(&plain, "\nend\n");
    file_put_buf("line", &plain);
    CHECK(bytes_of_sync("line", plain.len / 40, &n) < 2 * MEMBERS * EACH);
    CHECK_INT(n, 2);
    strbuf_release(&plain), strbuf_release(&packed);
}

/* Starts of members, each a stored block over all that follow, up to what unpacks to 60 MB and then
 * is no deflate. */
static void add_false_members(strbuf *out, size_t n)
{
    enum { START = 15, ZEROS = 60000000 };
    char *zeros = calloc(1, ZEROS);
    strbuf end = STRBUF_INIT;
    gzip_add(&end, zeros, ZEROS, 9);
    for (size_t i = 0; i < n; i++) {
        unsigned len = (unsigned)((n - 1 - i) * START);
        unsigned char start[START] = {0x1f,
                                      0x8b,
                                      8,
                                      0,
                                      0,
                                      0,
                                      0,
                                      0,
                                      0,
                                      3,
                                      0,
                                      (unsigned char)len,
                                      (unsigned char)(len >> 8),
                                      (unsigned char)~len,
                                      (unsigned char)(~len >> 8)};
        strbuf_add(out, start, START);
    }
    /* deflate without its header; the sum behind it will be wrong */
    strbuf_add(out, end.p + 10, end.len - 10);
    free(zeros);
    strbuf_release(&end);
}

static void what_looks_like_members_is_searched_within_bounds(void)
{
    strbuf packed = STRBUF_INIT;
    opened o;
    input *in = NULL;
    wn_record r;
    wn_error err = WN_ERROR_INIT;
    gzip_add(&packed, "one\n", 4, 6);
    strbuf_puts(&packed, "damage");
    add_false_members(&packed, 40);
    gzip_add(&packed, "two\n", 4, 6);
    file_put_buf("false", &packed);
    CHECK_INT(opened_make(&o, "false", false, 0, &err), WN_OK);
    CHECK_INT(input_open(&host, o.files, 0, 1000, &in, &err), WN_OK);
    CHECK_INT(input_line(input_handle(in), &r, &err), WN_OK);
    CHECK_INT(input_line(input_handle(in), &r, &err), WN_E_DATA);
    err = (wn_error)WN_ERROR_INIT;
    CHECK_INT(input_line(input_handle(in), &r, &err), WN_E_DATA);
    CHECK(strstr(err.text, "is followed by too much that only looks like one") != NULL);
    CHECK_INT(input_line(input_handle(in), &r, &err), WN_END);
    input_close(in);
    opened_end(&o);
    /* the second unit would have to start among them */
    CHECK_INT(opened_make(&o, "false", true, 300, &err), WN_OK);
    err = (wn_error)WN_ERROR_INIT;
    CHECK_INT(input_open(&host, o.files, 1, 1000, &in, &err), WN_E_DATA);
    CHECK(strstr(err.text, "cannot be cut into units") != NULL);
    opened_end(&o);
    strbuf_release(&packed);
}

int main(void)
{
    files_enter("units");
    RUN(a_line_over_all_units_costs_each_its_part);
    RUN(what_looks_like_members_is_searched_within_bounds);
    files_leave();
    return DONE();
}
