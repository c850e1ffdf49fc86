/* test_charset.c: which character set, and the map of what was decoded. */
#include "document/charsets.h"
#include "document/document.h"
#include "tap.h"
#include "util/utf8.h"
#include <iconv.h>
#include <stdlib.h>

static document *read_text(const char *bytes, size_t n, const char *declared)
{
    wn_error err = WN_ERROR_INIT;
    document *d = document_new(NULL, 0);
    const locator at = {.path = "p", .length = n};
    const wn_range whole = {0, n, 0, 0};
    CHECK_INT(document_set_record(d, &at, (wn_str){bytes, n}, false, &err), WN_OK);
    CHECK_INT(document_record_text(document_handle(d), &whole, 1, declared, &err), WN_OK);
    CHECK_STR(err.text, "");
    return d;
}

static void check_text(const char *bytes, size_t n, const char *declared, const char *want_text,
                       const char *want_charset)
{
    document *d = read_text(bytes, n, declared);
    const wn_str text = document_text(document_handle(d));
    CHECK_MEM(text.p, text.len, want_text);
    CHECK_STR(json_string_value(json_object_get(document_meta(document_handle(d)), "charset")),
              want_charset);
    document_free(d);
}
#define TEXT(bytes, declared, want_text, want_charset) \
    check_text(bytes, sizeof(bytes) - 1, declared, want_text, want_charset)

static void byte_order_marks_win_and_are_no_text(void)
{
    TEXT("\xEF\xBB\xBFhi", "windows-1251", "hi", "utf-8");
    TEXT("\xFF\xFEh\0i\0", "utf-8", "hi", "utf-16le");
    TEXT("\xFE\xFF\0h\0i", NULL, "hi", "utf-16be");
    TEXT("\xFF\xFE\0\0h\0\0\0", NULL, "h", "utf-32le");
    TEXT("\0\0\xFE\xFF\0\0\0h", NULL, "h", "utf-32be");
    TEXT("\xEF\xBB\xBF", NULL, "", "utf-8");
}

static void declared_names_are_read_as_browsers_do(void)
{
    TEXT("caf\xE9 \x93"
         "q\x94",
         "ISO-8859-1", "caf\xC3\xA9 \xE2\x80\x9Cq\xE2\x80\x9D", "windows-1252");
    TEXT("caf\xE9", " Latin1 ", "caf\xC3\xA9", "windows-1252");
    TEXT("\xCF\xF0\xE8", "cp1251", "\xD0\x9F\xD1\x80\xD0\xB8", "windows-1251");
    TEXT("\xF0\xD2", "koi8-r", "\xD0\x9F\xD1\x80", "koi8-r");
    TEXT("a\x93\xFA\x96{", "Shift_JIS", "a\xE6\x97\xA5\xE6\x9C\xAC", "shift_jis");
    TEXT("\xC4\xE3\xBA\xC3", "gb2312", "\xE4\xBD\xA0\xE5\xA5\xBD", "gb18030");
    TEXT("\x1B$BF|\x1B(Bx", "iso-2022-jp", "\xE6\x97\xA5x", "iso-2022-jp");
    TEXT("plain", "no-such-charset", "plain", "utf-8");
    TEXT("plain", "UTF-7", "plain", "utf-8");
    TEXT("plain", "utf-8//TRANSLIT", "plain", "utf-8");
    TEXT("\xE0\xE1", "windows-1255", "\xD7\x90\xD7\x91", "windows-1255");
    CHECK(charset_named((wn_str){"", 0}) == NULL);
    CHECK(charset_named((wn_str){" ", 1}) == NULL);
}

static const char *of_html(const char *page)
{
    const charset *c = charset_of_html((wn_str){page, strlen(page)});
    return c != NULL ? c->name : NULL;
}

static void pages_name_their_charset(void)
{
    CHECK_STR(of_html("<html><meta charset=windows-1251>"), "windows-1251");
    CHECK_STR(of_html("<META name=x content='charset=koi8-r'><Meta CharSet = \"KOI8-R\" />"),
              "koi8-r");
    CHECK_STR(of_html("<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-2'>"),
              "iso-8859-2");
    CHECK_STR(of_html("<meta content='text/html; charset=iso-8859-2' http-equiv=content-type>"),
              "iso-8859-2");
    CHECK_STR(of_html("<meta name=description content='charset=iso-8859-2'>"), NULL);
    CHECK_STR(of_html("<!-- <meta charset=koi8-r> --><meta charset=utf-16>"), "utf-8");
    CHECK_STR(of_html("<?xml version='1.0' encoding='Windows-1250'?><html>"), "windows-1250");
    CHECK_STR(of_html("<metadata charset=koi8-r>"), NULL);
    CHECK_STR(of_html("<meta charset=bogus><meta charset=koi8-u>"), "koi8-u");
    CHECK_STR(of_html("<meta charset"), NULL);
    CHECK_STR(of_html("<meta charset="), NULL);
    CHECK_STR(of_html("<meta charset='koi8-r"), "koi8-r");
    CHECK_STR(of_html("<!-- never closed <meta charset=koi8-r>"), NULL);
    TEXT("<html><meta charset=koi8-r>\xD4", NULL, "<html><meta charset=koi8-r>\xD1\x82", "koi8-r");
}

static void without_a_name_the_bytes_speak(void)
{
    TEXT("na\xC3\xAFve", NULL, "na\xC3\xAFve", "utf-8");
    TEXT("", NULL, "", "utf-8");
    const char *russian = "\xCC\xEE\xF1\xEA\xE2\xE0 \xEF\xF0\xE8\xED\xFF\xEB\xE0 "
                          "\xE3\xEE\xF1\xF2\xE5\xE9 \xE8\xE7 \xF0\xE0\xE7\xED\xFB\xF5 "
                          "\xF1\xF2\xF0\xE0\xED, \xF1\xEE\xEE\xE1\xF9\xE0\xE5\xF2 "
                          "\xE3\xE0\xE7\xE5\xF2\xE0 \xF1\xE5\xE3\xEE\xE4\xED\xFF.";
    CHECK_STR(charset_detect((wn_str){russian, strlen(russian)}, NULL, false), "windows-1251");
    CHECK_STR(charset_detect((wn_str){russian, strlen(russian)}, "koi8-r", false), "koi8-r");
}

static void damaged_utf8_stays_utf8(void)
{
    char bytes[400], *p = bytes;
    for (int i = 0; i < 60; i++)
        p += sprintf(p, "\xC3\xA9t\xC3\xA9 ");
    p += sprintf(p, "\xE9!");
    document *d = read_text(bytes, (size_t)(p - bytes), NULL);
    json_t *meta = document_meta(document_handle(d));
    CHECK_STR(json_string_value(json_object_get(meta, "charset")), "utf-8");
    CHECK_INT(json_integer_value(json_object_get(meta, "undecodable")), 1);
    document_free(d);
}

static void bad_bytes_are_replaced_and_counted(void)
{
    static const char *const names[] = {"utf-8",    "windows-1251", "windows-1253",
                                        "gb18030",  "big5",         "shift_jis",
                                        "euc-jp",   "euc-kr",       "iso-2022-jp",
                                        "utf-16le", "utf-32be",     "windows-1258"};
    char bytes[997];
    uint32_t x = 123456789;
    for (size_t i = 0; i < sizeof bytes; i++) {
        x ^= x << 13, x ^= x >> 17, x ^= x << 5;
        bytes[i] = (char)(x >> 7);
    }
    bytes[0] = 'x';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (size_t n = 0; n < sizeof bytes; n += 83) {
            document *d = read_text(bytes, n, names[i]);
            const wn_str text = document_text(document_handle(d));
            CHECK(utf8_valid(text.p, text.len));
            wn_range r[2000];
            size_t ranges = document_raw_ranges(document_handle(d), 0, text.len, r, 2000);
            if (n > 0) { /* nothing of the input is without a place in the text */
                CHECK_INT(r[0].start, 0);
                CHECK_INT(r[ranges - 1].end, n);
            }
            for (size_t k = 1; k < ranges; k++)
                CHECK_INT(r[k].start, r[k - 1].end);
            document_free(d);
        }
    document *d = read_text("a\x98z", 3, "windows-1251");
    CHECK_INT(json_integer_value(json_object_get(document_meta(document_handle(d)), "undecodable")),
              1);
    document_free(d);
}

/* The raw range of each character, decoded alone, is that character. */
static void check_characters(const char *name, const char *iconv_name, const char *utf8)
{
    char bytes[4096], *out = bytes, *in = (char *)(uintptr_t)utf8;
    size_t in_left = strlen(utf8), out_left = sizeof bytes;
    iconv_t to = iconv_open(iconv_name, "UTF-8"), from = iconv_open("UTF-8", iconv_name);
    CHECK(iconv(to, &in, &in_left, &out, &out_left) != (size_t)-1);
    document *d = read_text(bytes, sizeof bytes - out_left, name);
    const wn_str text = document_text(document_handle(d));
    CHECK_MEM(text.p, text.len, utf8);
    for (size_t i = 0, e; i < text.len; i = e) {
        for (e = i + 1; !utf8_boundary(text.p, text.len, e);)
            e++;
        wn_range r[2];
        char one[16], *p = one, *raw = bytes;
        CHECK_INT(document_raw_ranges(document_handle(d), i, e, r, 2), 1);
        size_t raw_left = (size_t)(r[0].end - r[0].start), left = sizeof one;
        raw += r[0].start;
        (void)iconv(from, NULL, NULL, NULL, NULL);
        CHECK(iconv(from, &raw, &raw_left, &p, &left) != (size_t)-1);
        if (sizeof one - left != e - i || memcmp(one, text.p + i, e - i) != 0) {
            printf("# %s: character at %zu comes from [%d,%d)\n", name, i, (int)r[0].start,
                   (int)r[0].end);
            CHECK(false && "the character itself");
        }
    }
    (void)iconv_close(to);
    (void)iconv_close(from);
    document_free(d);
}

static void maps_are_exact_to_the_character(void)
{
    const char *cjk = "a\xE4\xB8\xAD\xE6\x96\x87 b\xE6\x97\xA5"
                      "cd\xE6\x9C\xAC\xE4\xB8\xAD\xE4\xB8\xAD xyz";
    const char *russian = "\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82, abc! \xD0\x9F";
    check_characters("gb18030", "GB18030", cjk);
    check_characters("big5", "BIG5-HKSCS", cjk);
    check_characters("shift_jis", "CP932", cjk);
    check_characters("euc-jp", "EUC-JP", cjk);
    check_characters("gb18030", "GB18030", "x\xF0\x9F\x98\x80\xC3\xA9y");
    check_characters("utf-16le", "UTF-16LE", "x\xF0\x9F\x98\x80\xC3\xA9y\xE4\xB8\xAD");
    check_characters("utf-32be", "UTF-32BE", "x\xF0\x9F\x98\x80\xC3\xA9y");
    check_characters("windows-1251", "CP1251", russian);
    check_characters("koi8-r", "KOI8-R", russian);
    check_characters("euc-kr", "CP949", "a\xED\x95\x9C\xEA\xB8\x80 b");
}

static void a_big5_pair_stands_for_its_bytes(void)
{
    document *d = read_text("a\x88\x62z", 4, "big5"); /* one code, two code points */
    wn_range r[4];
    const wn_str text = document_text(document_handle(d));
    CHECK_MEM(text.p, text.len, "a\xC3\x8A\xCC\x84z");
    CHECK_INT(document_raw_ranges(document_handle(d), 1, 3, r, 4), 1);
    CHECK(r[0].start == 1 && r[0].end == 3);
    CHECK_INT(document_raw_ranges(document_handle(d), 3, 5, r, 4), 1);
    CHECK(r[0].start == 1 && r[0].end == 3);
    CHECK_INT(document_raw_ranges(document_handle(d), 5, 6, r, 4), 1);
    CHECK(r[0].start == 3 && r[0].end == 4);
    document_free(d);
}

static void a_long_page_has_a_small_map(void)
{
    static char page[100000];
    for (size_t i = 0; i < sizeof page; i++)
        page[i] = i % 7 == 6 ? ' ' : (char)(0xE0 + i % 30);
    document *d = read_text(page, sizeof page, "windows-1251");
    const size_t text = document_text(document_handle(d)).len;
    wn_range r;
    CHECK(document_raw_ranges(document_handle(d), 0, text, &r, 1) == 1 && r.end == sizeof page);
    document_free(d);
    d = document_new(NULL, 400 << 10); /* text and map fit into twice the text */
    wn_error err = WN_ERROR_INIT;
    const locator at = {.path = "p"};
    const wn_range whole = {0, sizeof page, 0, 0};
    (void)document_set_record(d, &at, (wn_str){page, sizeof page}, false, &err);
    CHECK_INT(document_record_text(document_handle(d), &whole, 1, "windows-1251", &err), WN_OK);
    CHECK(document_memory(d) < 2 * text + (32 << 10));
    document_free(d);
}

int main(void)
{
    RUN(byte_order_marks_win_and_are_no_text);
    RUN(declared_names_are_read_as_browsers_do);
    RUN(pages_name_their_charset);
    RUN(without_a_name_the_bytes_speak);
    RUN(damaged_utf8_stays_utf8);
    RUN(bad_bytes_are_replaced_and_counted);
    RUN(maps_are_exact_to_the_character);
    RUN(a_big5_pair_stands_for_its_bytes);
    RUN(a_long_page_has_a_small_map);
    return DONE();
}
