/* The warc source: HTTP heads and chunks, records, damage, and the same records for every split. */
#include "config.h"
#include "files.h"
#include "sources.h"
#include "tap.h"
#include "warc/page.h"

extern const wn_plugin *winnow_plugin(void); /* plugins/warc/warc.c, linked in */

/* ---- parts ---- */

static void media_types_are_read(void)
{
    static const struct {
        const char *value, *type, *charset;
    } cases[] = {
        {"text/html", "text/html", ""},
        {"Text/HTML; Charset=\"UTF-8\"", "text/html", "utf-8"},
        {" text/html ;boundary=x; charset = iso-8859-1 ; x=y", "text/html", "iso-8859-1"},
        {"", "", ""},
        {";;;", "", ""},
        {"text/html; charset=", "text/html", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char type[64], charset[32];
        media_type((slice){cases[i].value, strlen(cases[i].value)}, type, sizeof type, charset,
                   sizeof charset);
        CHECK_STR(type, cases[i].type);
        CHECK_STR(charset, cases[i].charset);
    }
}

static void http_heads_are_read(void)
{
    static const char good[] =
        "HTTP/1.1 404 Not Found\r\nServer: x\r\na line without its mark\r\nCONTENT-TYPE: "
        "text/plain;\r\n"
        " charset=utf-8\r\nTransfer-Encoding: Chunked\r\nContent-Encoding: gzip\r\n\r\nbody";
    http_response r;
    CHECK(http_parse(good, sizeof good - 1, &r));
    CHECK_INT(r.status, 404);
    CHECK(r.chunked && slice_is(r.content_encoding, "gzip"));
    CHECK_STR(good + r.body, "body");
    CHECK(!http_parse("HTTP/1.1 200 OK\r\nX: y\r\n", 24, &r)); /* no end */
    CHECK(!http_parse("HTTP/1.1 OK\r\n\r\n", 15, &r));
    CHECK(http_parse("HTTP/2 200\n\nx", 13, &r) && r.body == 12);
}

static void check_chunks(const char *body, const char *want)
{
    piece *p = NULL;
    strbuf b = STRBUF_INIT;
    long n = http_chunks(body, strlen(body), 0, &p);
    strbuf_printf(&b, n < 0 ? "none" : "");
    for (long i = 0; i < n; i++)
        strbuf_add(&b, body + p[i].start, p[i].end - p[i].start);
    CHECK_STR(b.p, want);
    free(p);
    strbuf_release(&b);
}

static void chunks_are_joined(void)
{
    check_chunks("3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n", "abc0123456789");
    check_chunks("3\nabc\n0\n\n", "abc");
    check_chunks("0\r\n\r\n", "");
    check_chunks("ff\r\ncut short", "cut short");
    check_chunks("3\r\nabcgarbage", "abc");
    check_chunks("<html>", "none");
    check_chunks("", "none");
    check_chunks("fffffffffffffff\r\nx", "x");
}

static void record_heads_are_read(void)
{
    static const char good[] =
        "WARC/1.1\r\nWARC-Type: response\r\nwarc-target-uri: <http://a.example/>\r\n"
        "WARC-Record-ID: <urn:x:1>\r\nContent-Length: 12\r\n\r\n";
    warc_header h;
    CHECK(warc_parse(good, sizeof good - 1, &h));
    CHECK_INT(h.content_length, 12);
    CHECK(slice_is(h.uri, "http://a.example/") && slice_is(h.id, "urn:x:1"));
    CHECK_INT(h.size, sizeof good - 1);
    CHECK(!warc_parse("WARC/1.0\r\nWARC-Type: x\r\n\r\n", 27, &h));
    CHECK(!warc_parse("WARC/1.0\r\nWARC-Type: x\r\nContent-Length: -1\r\n\r\n", 47, &h));
    CHECK(!warc_parse("WARC/1.0\r\nWARC-Type: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
                      65, &h));
    CHECK(!warc_parse(good, sizeof good - 4, &h));
    CHECK(warc_starts("WARC/0.17\n", 10) && !warc_starts("WARC/x\r\n", 8) &&
          !warc_starts("WARC/1.0", 8));
    CHECK_INT(warc_find("xWARC/1.0\r\n\nWARC/1.0\r\n", 22, true), 12);
}

/* ---- whole files ---- */

static const char *const types[] = {"response", "resource"},
                         *const media[] = {"text/html", "text/plain"}, *const codes[] = {"200"};
static warc_options options = {{NULL, 0}, {types, 2}, {media, 2}, {codes, 1}};

static void add_record(strbuf *out, const char *type, int id, const char *block, size_t n)
{
    strbuf_printf(out,
                  "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:x:%d>\r\nContent-Type: %s\r\n"
                  "Content-Length: %zu\r\n\r\n",
                  type, id, strcmp(type, "response") == 0 ? "application/http" : "text/plain", n);
    strbuf_add(out, block, n);
    strbuf_puts(out, "\r\n\r\n");
}

/* 36 records of six kinds; `packed`: a gzip member each. */
static void make_file(strbuf *out, bool packed)
{
    strbuf record = STRBUF_INIT, block = STRBUF_INIT;
    for (int i = 0; i < 36; i++) {
        strbuf_clear(&record);
        strbuf_clear(&block);
        if (i % 6 == 4) {
            add_record(&record, "request", i, "GET / HTTP/1.1\r\n\r\n", 18);
        } else if (i % 6 == 5) {
            strbuf_printf(&block, "plain text %d, caf\xc3\xa9\nWARC/1.0\r\nnot a record\n", i);
            add_record(&record, "resource", i, block.p, block.len);
        } else {
            strbuf_printf(&block, "HTTP/1.1 %s\r\nContent-Type: text/html\r\n",
                          i % 6 == 3 ? "404 No" : "200 OK");
            if (i % 6 == 1)
                strbuf_printf(
                    &block,
                    "Transfer-Encoding: chunked\r\n\r\n5\r\npage \r\n3\r\n%03d\r\n0\r\n\r\n", i);
            else if (i % 6 == 2) {
                strbuf_puts(&block, "Content-Encoding: gzip\r\n\r\n");
                gzip_add(&block, "packed page", 11, 0);
            } else
                strbuf_printf(&block, "\r\npage %d", i);
            add_record(&record, "response", i, block.p, block.len);
        }
        if (packed)
            gzip_add(out, record.p, record.len, i % 2 ? 6 : 0);
        else
            strbuf_add(out, record.p, record.len);
    }
    strbuf_release(&record), strbuf_release(&block);
}

static source_run over_warc(void)
{
    return (source_run){.plugin = winnow_plugin(),
                        .options = &options,
                        .max_record = 1 << 20,
                        .fetcher = fetcher_new(1 << 20)};
}

static void every_split_gives_the_same_records(void)
{
    strbuf file = STRBUF_INIT, want = STRBUF_INIT, got = STRBUF_INIT;
    for (int packed = 0; packed < 2; packed++) {
        source_run s = over_warc();
        size_t different = 0;
        strbuf_clear(&file);
        make_file(&file, packed);
        file_put_buf(packed ? "a.warc.gz" : "a.warc", &file);
        const char *path = packed ? "a.warc.gz" : "a.warc";
        source_read(&s, path, file.len + 1, &want);
        CHECK_INT(s.documents, 24);
        CHECK_INT(s.rejects, 6);
        CHECK_INT(s.wrong, 0);
        CHECK(strstr(want.p, "0 urn:x:1 page 001\n") != NULL &&
              strstr(want.p, "0 urn:x:2 packed page\n") != NULL &&
              strstr(want.p, "1 urn:x:3 ") != NULL);
        for (size_t split = 1; split <= file.len; split += 1 + split / 7) {
            source_read(&s, path, split, &got);
            if (got.len != want.len || memcmp(got.p, want.p, got.len) != 0 || s.overran) {
                if (different++ == 0)
                    printf("# %s: split %zu: %zu documents, %zu rejects\n", path, split,
                           s.documents, s.rejects);
            }
        }
        CHECK_INT(different, 0);
        fetcher_free(s.fetcher);
    }
    strbuf_release(&file), strbuf_release(&want), strbuf_release(&got);
}

static void damage_is_one_reject(void)
{
    strbuf file = STRBUF_INIT, got = STRBUF_INIT;
    source_run s = over_warc();
    make_file(&file, false);
    char *length = memmem(file.p, file.len, "urn:x:6>", 8);
    length = strstr(length, "Content-Length: ");
    memcpy(length + 16, "99", 2); /* a length that leads nowhere */
    file_put_buf("d.warc", &file);
    source_read(&s, "d.warc", file.len, &got);
    CHECK_INT(s.documents, 23);
    CHECK_INT(s.rejects, 7);
    memcpy(length, "Kontent", 7); /* no length at all */
    file_put_buf("d.warc", &file);
    source_read(&s, "d.warc", file.len, &got);
    CHECK_INT(s.documents, 23);
    CHECK_INT(s.rejects, 7);
    file_put("d.warc", file.p, file.len - 30); /* cut */
    source_read(&s, "d.warc", file.len, &got);
    CHECK_INT(s.documents, 22);
    CHECK_INT(s.rejects, 8);
    fetcher_free(s.fetcher);
    strbuf_release(&file), strbuf_release(&got);
}

static void giants_are_rejected_and_not_trusted(void)
{
    strbuf file = STRBUF_INIT, got = STRBUF_INIT, block = STRBUF_INIT;
    source_run s = over_warc();
    for (size_t i = 0; i < (2 << 20); i++)
        strbuf_putc(&block, 'x');
    make_file(&file, false);
    add_record(&file, "resource", 100, block.p, block.len);
    add_record(&file, "metadata", 101, block.p, block.len);
    add_record(&file, "resource", 102, "the end", 7);
    file_put_buf("g.warc", &file);
    source_read(&s, "g.warc", file.len, &got);
    CHECK_INT(s.documents, 25);
    CHECK_INT(s.rejects, 7);
    CHECK(strstr(got.p, "limits.max_record") != NULL && strstr(got.p, "urn:x:102 the end") != NULL);
    source_read(&s, "g.warc", 10000, &got);
    CHECK_INT(s.documents, 25);
    CHECK_INT(s.rejects, 7);
    fetcher_free(s.fetcher);
    strbuf_release(&file), strbuf_release(&got), strbuf_release(&block);
}

static void a_file_in_a_record_is_noticed(void)
{
    strbuf inner = STRBUF_INIT, file = STRBUF_INIT, got = STRBUF_INIT;
    source_run s = over_warc();
    make_file(&inner, false);
    add_record(&file, "resource", 200, inner.p, inner.len);
    add_record(&file, "resource", 201, "after", 5);
    file_put_buf("n.warc", &file);
    source_read(&s, "n.warc", file.len, &got);
    CHECK_INT(s.documents, 2);
    CHECK(!s.overran);
    source_read(&s, "n.warc", file.len / 3, &got);
    CHECK(s.overran);
    fetcher_free(s.fetcher);
    strbuf_release(&inner), strbuf_release(&file), strbuf_release(&got);
}

int main(void)
{
    files_enter("warc");
    RUN(media_types_are_read);
    RUN(http_heads_are_read);
    RUN(chunks_are_joined);
    RUN(record_heads_are_read);
    RUN(every_split_gives_the_same_records);
    RUN(damage_is_one_reject);
    RUN(giants_are_rejected_and_not_trusted);
    RUN(a_file_in_a_record_is_noticed);
    files_leave();
    return DONE();
}
