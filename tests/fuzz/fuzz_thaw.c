/* fuzz_thaw.c: a spooled document. What is taken is whole: it can be written, edited and frozen to
 * the same bytes again. */
#include "document/document.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool condition, const char *what)
{
    if (!condition) {
        (void)fprintf(stderr, "%s\n", what);
        abort();
    }
}

static void use(document *d)
{
    static document *e;
    strbuf one = STRBUF_INIT, two = STRBUF_INIT;
    wn_error err = WN_ERROR_INIT;
    wn_str line;
    if (e == NULL)
        e = document_new(NULL, (size_t)1 << 30);
    must(document_freeze(d, &one) == WN_OK, "cannot be frozen");
    must(document_thaw(e, (wn_str){one.p, one.len}, &err) == WN_OK, "its own bytes are refused");
    must(document_freeze(e, &two) == WN_OK && one.len == two.len &&
             memcmp(one.p, two.p, one.len) == 0,
         "frozen to other bytes");
    must(document_json(document_handle(d), WN_JSON_MAP, &line, &err) == WN_OK, "cannot be written");
    const wn_edit all = {0, document_text(document_handle(d)).len, {"x", 1}};
    must(document_edit(document_handle(d), &all, 1, &err) == WN_OK, "cannot be edited");
    strbuf_release(&one);
    strbuf_release(&two);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static document *d;
    wn_error err = WN_ERROR_INIT;
    if (d == NULL)
        d = document_new(NULL, (size_t)1 << 30);
    if (document_thaw(d, (wn_str){(const char *)data, size}, &err) == WN_OK)
        use(d);
    else
        must(err.status == WN_E_INTERNAL, err.text);
    return 0;
}
