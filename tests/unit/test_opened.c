/* Files while they are read: their sums whatever the order and the threads, and what becomes of
 * readers when a file is cut, replaced or written to. */
#include "config.h"
#include "files.h"
#include "opened.h"
#include "tap.h"
#include <pthread.h>
#include <stdatomic.h>

static const wn_host host = {.struct_size = sizeof host};
enum { MAX_RECORD = 1 << 20, MANY = 60 };

static wn_status sync_line(wn_stage *stage, wn_input *in, wn_error *err)
{
    wn_record r;
    (void)stage;
    return input_line(in, &r, err);
}

static const wn_plugin lines = {WN_PLUGIN_HEAD, .name = "lines", .sync = sync_line};

static void put_lines(const char *path, size_t n)
{
    strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < n; i++)
        strbuf_printf(&b, "line %07zu\n", i);
    file_put_buf(path, &b);
    strbuf_release(&b);
}

static void make(opened *o, const char *path, uint64_t split)
{
    wn_error err = WN_ERROR_INIT;
    CHECK_INT(opened_make(o, path, split > 0, split, &err), WN_OK);
}

static input *open_unit(const opened *o, size_t unit)
{
    input *in = NULL;
    wn_error err = WN_ERROR_INIT;
    CHECK_INT(input_open(&host, o->files, unit, MAX_RECORD, &in, &err), WN_OK);
    CHECK_INT(input_sync(in, &lines, NULL, &err), WN_OK);
    return in;
}

/* Lines read up to an error, or `most`; the status that ended it. */
static size_t read_lines(input *in, size_t most, wn_error *ret_err, wn_status *ret_status)
{
    size_t n = 0;
    wn_record r;
    *ret_status = WN_OK;
    *ret_err = (wn_error)WN_ERROR_INIT;
    while (n < most && input_in_unit(input_handle(in)) &&
           (*ret_status = input_line(input_handle(in), &r, ret_err)) == WN_OK)
        n++;
    return n;
}

static size_t read_unit(const opened *o, size_t unit, size_t most)
{
    wn_error err;
    wn_status status;
    input *in = open_unit(o, unit);
    size_t n = read_lines(in, most, &err, &status);
    CHECK_INT(status, WN_OK);
    input_close(in);
    input_files_done(o->files, unit);
    return n;
}

static void check_sum(const opened *o, const char *path)
{
    char want[65];
    wn_error err = WN_ERROR_INIT;
    input_files_settle(o->files);
    const input_fate *f = input_files_fate(o->files, 0);
    CHECK_INT(input_digest(path, want, &err), WN_OK);
    CHECK(f->opened && !f->changed && !f->unreadable);
    CHECK_STR(f->sha256, want);
    CHECK_INT(f->bytes, o->list.file[0].size);
}

/* ---- sums ---- */

static void units_in_any_order_make_one_sum(void)
{
    static const unsigned steps[] = {1, 7, 11, 13};
    opened o;
    put_lines("sum", 20000);
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
        make(&o, "sum", 13000);
        size_t n = 0;
        for (size_t i = 0; i < o.n; i++)
            n += read_unit(&o, (i * steps[k] + k) % o.n, SIZE_MAX);
        CHECK(o.n == 20 && n == 20000);
        check_sum(&o, "sum");
        opened_end(&o);
    }
}

static void what_is_left_unread_is_summed_too(void)
{
    opened o;
    put_lines("sum", 200000); /* 2.6 MB: more than is read ahead */
    for (size_t units = 0; units < 5; units++) {
        make(&o, "sum", units == 0 ? 0 : 600000);
        CHECK_INT(read_unit(&o, 0, 3), 3);
        if (units > 1)
            CHECK_INT(read_unit(&o, units, 1), 1);
        check_sum(&o, "sum");
        opened_end(&o);
    }
    file_put("sum", "", 0);
    make(&o, "sum", 0);
    (void)read_unit(&o, 0, 3);
    check_sum(&o, "sum");
    opened_end(&o);
}

/* Damage makes the reader go back and search: no byte may be added twice. */
static void damaged_files_have_the_right_sum(void)
{
    strbuf packed = STRBUF_INIT, noise = STRBUF_INIT;
    opened o;
    wn_error err;
    wn_status status;
    uint32_t x = 1;
    for (size_t i = 0; i < 100000; i++)
        strbuf_putc(&noise, (char)((x = x * 1664525u + 1013904223u) >> 24));
    for (size_t i = 0; i < 30; i++) {
        gzip_add(&packed, noise.p, noise.len - i, 6);
        if (i % 3 == 1)
            packed.p[packed.len - 50000] ^= 0x55;
    }
    file_put_buf("damaged.gz", &packed);
    make(&o, "damaged.gz", 0);
    input *in = open_unit(&o, 0);
    do
        (void)read_lines(in, SIZE_MAX, &err, &status);
    while (status == WN_E_DATA);
    input_close(in);
    input_files_done(o.files, 0);
    check_sum(&o, "damaged.gz");
    opened_end(&o);
    strbuf_release(&packed), strbuf_release(&noise);
}

typedef struct team {
    opened o;
    atomic_size_t next;
} team;

static void *work(void *arg)
{
    team *t = arg;
    for (size_t i; (i = atomic_fetch_add(&t->next, 1)) < t->o.n;) {
        input *in = NULL;
        wn_record r;
        wn_error err = WN_ERROR_INIT;
        if (input_open(&host, t->o.files, i, MAX_RECORD, &in, &err) == WN_OK &&
            input_sync(in, &lines, NULL, &err) == WN_OK)
            while (input_in_unit(input_handle(in)) &&
                   input_line(input_handle(in), &r, &err) == WN_OK)
                ;
        input_close(in);
        input_files_done(t->o.files, i);
    }
    return NULL;
}

static void *settle(void *arg)
{
    input_files_settle(((team *)arg)->o.files);
    return NULL;
}

static void on_threads(void *(*f)(void *), team *t)
{
    pthread_t thread[4];
    for (size_t i = 0; i < 4; i++)
        CHECK_INT(pthread_create(&thread[i], NULL, f, t), 0);
    for (size_t i = 0; i < 4; i++)
        (void)pthread_join(thread[i], NULL);
}

static void threads_leave_no_file_without_a_sum(void)
{
    for (size_t round = 0; round < 20; round++) {
        team t;
        wn_error err = WN_ERROR_INIT;
        memset(&t, 0, sizeof t);
        (void)mkdir("many", 0777);
        for (size_t i = 0; round == 0 && i < MANY; i++) {
            char path[32];
            (void)snprintf(path, sizeof path, "many/%zu", i);
            put_lines(path, i * i);
        }
        CHECK_INT(opened_make(&t.o, "many/*", true, 4000, &err), WN_OK);
        on_threads(work, &t);
        on_threads(settle, &t);
        size_t wrong = 0;
        for (size_t i = 0; i < t.o.list.n; i++) {
            char want[65];
            (void)input_digest(t.o.list.file[i].path, want, &err);
            wrong += strcmp(want, input_files_fate(t.o.files, i)->sha256) != 0;
        }
        CHECK_INT(t.o.list.n, MANY);
        CHECK_INT(wrong, 0);
        opened_end(&t.o);
    }
}

static bool at_once(void *self)
{
    (void)self;
    return true;
}

static void a_stopped_run_hashes_nothing(void)
{
    opened o;
    put_lines("sum", 100);
    make(&o, "sum", 0);
    input_files_free(o.files);
    o.files = input_files_new(&o.list, o.unit, o.n, at_once, NULL);
    CHECK(read_unit(&o, 0, 1) == 1);
    input_files_settle(o.files);
    CHECK_STR(input_files_fate(o.files, 0)->sha256, "");
    opened_end(&o);
}

/* ---- files that change ---- */

static void a_file_cut_while_read_is_an_error_once(void)
{
    opened o;
    wn_error err;
    wn_status status;
    put_lines("cut", 200000);
    make(&o, "cut", 0);
    input *in = open_unit(&o, 0);
    CHECK_INT(read_lines(in, 3, &err, &status), 3);
    CHECK_INT(truncate("cut", 13 * 100000 + 5), 0);
    size_t n = read_lines(in, SIZE_MAX, &err, &status);
    CHECK_INT(n, 100000 - 3); /* whole lines only */
    CHECK_INT(status, WN_E_IO);
    CHECK_STR(err.text, "the file ends at byte 1300005, but had 2600000 bytes: it became shorter "
                        "while it was read");
    CHECK_STR(err.where, "cut");
    CHECK(input_unreadable(in));
    CHECK_INT(read_lines(in, SIZE_MAX, &err, &status), 0);
    CHECK_INT(status, WN_OK); /* the end of the unit */
    input_close(in);
    input_files_done(o.files, 0);
    CHECK(input_files_tell(o.files, 0) && !input_files_tell(o.files, 0));
    input_files_settle(o.files);
    const input_fate *f = input_files_fate(o.files, 0);
    char want[65];
    CHECK(f->changed && f->bytes == 1300005);
    CHECK_INT(input_digest("cut", want, &err), WN_OK);
    CHECK_STR(f->sha256, want);
    opened_end(&o);
}

/* A file of one record: half of it is not given. */
static void half_a_file_is_no_record(void)
{
    opened o;
    wn_record r;
    wn_error err = WN_ERROR_INIT;
    put_lines("half", 50000);
    make(&o, "half", 0);
    input *in = open_unit(&o, 0);
    CHECK_INT(truncate("half", 300000), 0);
    CHECK_INT(input_peek(input_handle(in), SIZE_MAX, &r, &err), WN_E_IO);
    CHECK_INT(input_peek(input_handle(in), SIZE_MAX, &r, &err), WN_END);
    input_close(in);
    opened_end(&o);
}

static void packed_files_are_cut_too(void)
{
    strbuf text = STRBUF_INIT, packed = STRBUF_INIT;
    for (size_t i = 0; i < 300000; i++)
        strbuf_printf(&text, "line %zu %zu\n", i, i * 7919 % 10007);
    for (int zstd = 0; zstd < 2; zstd++) {
        opened o;
        wn_error err;
        wn_status status;
        strbuf_clear(&packed);
        pack(&packed, zstd, text.p, text.len, 1000000);
        file_put_buf("packed", &packed);
        make(&o, "packed", 0);
        input *in = open_unit(&o, 0);
        CHECK_INT(read_lines(in, 3, &err, &status), 3);
        CHECK_INT(truncate("packed", (off_t)packed.len / 2), 0);
        CHECK(read_lines(in, SIZE_MAX, &err, &status) > 1000);
        CHECK_INT(status, WN_E_IO);
        CHECK(strstr(err.text, "became shorter") != NULL);
        CHECK_INT(read_lines(in, SIZE_MAX, &err, &status), 0);
        CHECK_INT(status, WN_OK);
        input_close(in);
        opened_end(&o);
    }
    strbuf_release(&text), strbuf_release(&packed);
}

static void a_file_of_one_byte_is_a_line(void)
{
    opened o;
    file_put("one", "x", 1);
    make(&o, "one", 0);
    CHECK_INT(read_unit(&o, 0, SIZE_MAX), 1);
    check_sum(&o, "one");
    opened_end(&o);
}

/* Letters by chance hardly pack: a member much longer than the part of the file that is held at
 * once. */
static void a_long_member_is_read_to_its_end(void)
{
    enum { LINES = 20000, LETTERS = 60 };
    strbuf text = STRBUF_INIT, packed = STRBUF_INIT;
    uint32_t x = 1;
    for (size_t i = 0; i < (size_t)LINES * (LETTERS + 1); i++) {
        x = x * 1664525u + 1013904223u;
        strbuf_putc(&text, i % (LETTERS + 1) == LETTERS ? '\n' : (char)(' ' + (x >> 24) % 90));
    }
    for (int zstd = 0; zstd < 2; zstd++) {
        opened o;
        strbuf_clear(&packed);
        pack(&packed, zstd, text.p, text.len, 0);
        CHECK(packed.len > 900000);
        file_put_buf("long", &packed);
        make(&o, "long", 0);
        CHECK_INT(read_unit(&o, 0, SIZE_MAX), LINES);
        check_sum(&o, "long");
        opened_end(&o);
    }
    strbuf_release(&text), strbuf_release(&packed);
}

static void all_units_read_the_file_that_was_opened(void)
{
    opened o;
    put_lines("old", 20000);
    make(&o, "old", 100000);
    size_t n = read_unit(&o, 0, SIZE_MAX);
    file_put("new", "another\n", 8);
    CHECK_INT(rename("new", "old"), 0);
    for (size_t i = 1; i < o.n; i++)
        n += read_unit(&o, i, SIZE_MAX);
    CHECK_INT(n, 20000);
    input_files_settle(o.files);
    CHECK(input_files_fate(o.files, 0)->changed);
    CHECK_INT(input_files_fate(o.files, 0)->bytes, 260000);
    opened_end(&o);
}

static void what_is_appended_is_not_read(void)
{
    opened o;
    put_lines("grown", 10);
    make(&o, "grown", 0);
    put_lines("grown", 12);
    CHECK_INT(read_unit(&o, 0, SIZE_MAX), 10);
    input_files_settle(o.files);
    CHECK(input_files_fate(o.files, 0)->changed);
    opened_end(&o);
}

/* No open() may wait: the test would not end. */
static void what_is_no_file_is_refused(void)
{
    opened o;
    input *in = NULL;
    for (int kind = 0; kind < 4; kind++) {
        wn_error err = WN_ERROR_INIT;
        put_lines("gone", 1000);
        make(&o, "gone", 5000);
        CHECK_INT(unlink("gone"), 0);
        CHECK(kind != 1 || mkdir("gone", 0777) == 0);
        CHECK(kind != 2 || mkfifo("gone", 0777) == 0);
        CHECK(kind != 3 || symlink("gone", "gone") == 0);
        CHECK_INT(input_open(&host, o.files, 0, MAX_RECORD, &in, &err), WN_E_IO);
        CHECK(err.text[0] != '\0' && strcmp(err.where, "gone") == 0);
        CHECK(kind == 1 ? rmdir("gone") == 0 : kind == 0 || unlink("gone") == 0);
        /* back again: what was no file for one unit, is none for all */
        put_lines("gone", 1000);
        CHECK_INT(input_open(&host, o.files, 1, MAX_RECORD, &in, &err), WN_E_IO);
        input_files_done(o.files, 0), input_files_done(o.files, 1);
        input_files_settle(o.files);
        CHECK(input_files_fate(o.files, 0)->unreadable && !input_files_fate(o.files, 0)->opened);
        opened_end(&o);
    }
}

int main(void)
{
    files_enter("opened");
    RUN(units_in_any_order_make_one_sum);
    RUN(what_is_left_unread_is_summed_too);
    RUN(damaged_files_have_the_right_sum);
    RUN(threads_leave_no_file_without_a_sum);
    RUN(a_stopped_run_hashes_nothing);
    RUN(a_file_cut_while_read_is_an_error_once);
    RUN(half_a_file_is_no_record);
    RUN(packed_files_are_cut_too);
    RUN(a_file_of_one_byte_is_a_line);
    RUN(a_long_member_is_read_to_its_end);
    RUN(all_units_read_the_file_that_was_opened);
    RUN(what_is_appended_is_not_read);
    RUN(what_is_no_file_is_refused);
    files_leave();
    return DONE();
}
