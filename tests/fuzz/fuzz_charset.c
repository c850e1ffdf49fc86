/* fuzz_charset.c: text in any character set, in pieces. The first byte names the set, the second
 * cuts. */
#include "document/document.h"
#include "util/utf8.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {
    NULL,       "utf-8",    "latin1",    "windows-1251", "windows-1255", "koi8-u",
    "gb18030",  "big5",     "shift_jis", "euc-jp",       "iso-2022-jp",  "euc-kr",
    "utf-16le", "utf-16be", "utf-32le",  "euc-tw",       "johab",        "viscii",
    "x"};

static void must(bool condition, const char *what)
{
    if (!condition) {
        (void)fprintf(stderr, "%s\n", what);
        abort();
    }
}

/* Ranges of each character lie in the pieces' hull; exact ones are the very bytes. */
static void check_map(wn_doc *doc)
{
    const wn_str text = document_text(doc), raw = document_raw(doc);
    must(utf8_valid(text.p, text.len), "text that is not UTF-8");
    must(text.len <= 4 * raw.len, "more text than bytes allow");
    for (size_t i = 0, e, n = 0; i < text.len && n < 2000; i = e, n++) {
        for (e = i + 1; !utf8_boundary(text.p, text.len, e);)
            e++;
        wn_range r[8];
        size_t ranges = document_raw_ranges(doc, i, e, r, 8), at = i;
        must(ranges >= 1 && ranges <= 4, "a character without a place");
        for (size_t k = 0; k < ranges; k++) {
            must(r[k].start < r[k].end && r[k].end <= raw.len, "a range outside the record");
            if (r[k].kind != WN_MAP_EXACT)
                continue;
            must(memcmp(raw.p + r[k].start, text.p + at, (size_t)(r[k].end - r[k].start)) == 0,
                 "exact, but other bytes");
            at += (size_t)(r[k].end - r[k].start);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static document *d;
    wn_error err = WN_ERROR_INIT;
    if (size < 2)
        return 0;
    if (d == NULL)
        d = document_new(NULL, (size_t)1 << 30);
    document_reset(d);
    const char *name = names[data[0] % (sizeof names / sizeof *names)];
    const uint64_t n = size - 2, cut = n == 0 ? 0 : data[1] % (n + 1),
                   gap = n - cut < 3 ? n - cut : 3;
    const wn_range pieces[] = {{0, cut, 0, 0}, {cut + gap, n, 0, 0}}, whole = {0, n, 0, 0};
    const locator at = {.path = "fuzz", .length = n};
    must(document_set_record(d, &at, (wn_str){(const char *)data + 2, (size_t)n}, false, &err) ==
             WN_OK,
         err.text);
    wn_status status = document_record_text(document_handle(d), data[1] == 0 ? &whole : pieces,
                                            data[1] == 0 ? 1 : 2, name, &err);
    must(status == WN_OK, err.text);
    check_map(document_handle(d));
    return 0;
}
