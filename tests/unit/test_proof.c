/* Proofs of text from raw bytes, what is not in a text, and kinds of files. */
#include "config.h"
#include "cmd/proof.h"
#include "cmd/removed.h"
#include "files/sniff.h"
#include "tap.h"

static proof prove_json(const char *text, const char *raw, const char *ranges, const char *charset)
{
    wn_range r[16];
    strbuf note = STRBUF_INIT;
    json_t *list = json_loads(ranges, 0, NULL);
    size_t n = ranges_of_json(list, r, 16);
    CHECK(n <= 16);
    proof p = prove((wn_str){text, strlen(text)}, (wn_str){raw, strlen(raw)}, r, n, charset, &note);
    json_decref(list);
    strbuf_release(&note);
    return p;
}

static void texts_are_proved(void)
{
    CHECK_INT(prove_json("abc", "xabcx", "[[1,4]]", NULL), PROOF_EXACT);
    CHECK_INT(prove_json("ab\n\ncd", "ab<p>cd", "[[0,2],[5,7]]", NULL), PROOF_EXACT);
    CHECK_INT(prove_json("caf\xc3\xa9", "caf\xe9", "[[0,4]]", "windows-1252"), PROOF_DECODED);
    CHECK_INT(prove_json("a\"b\n\xf0\x9f\x9a\xa2", "a\\\"b\\n\\ud83d\\udea2", "[[0,18]]", "utf-8"),
              PROOF_DECODED);
    CHECK_INT(prove_json("a & b", "a &amp; b", "[[0,2],[2,7,\"edited\"],[7,9]]", "utf-8"),
              PROOF_DECODED);
    CHECK_INT(prove_json("\xe2\x80\x9cx", "&#8220;x", "[[0,7,\"edited\"],[7,8]]", "utf-8"),
              PROOF_DECODED);
    CHECK_INT(prove_json("the fish", "the fxsh", "[[0,5],[5,6,\"edited\"],[6,8]]", NULL),
              PROOF_EDITED);
    CHECK_INT(prove_json("the fish", "anything", "[[0,8,\"approx\"]]", NULL), PROOF_APPROX);
    CHECK_INT(prove_json("a\xef\xbf\xbd"
                         "b",
                         "a\xff\xfe"
                         "b",
                         "[[0,4]]", "utf-8"),
              PROOF_DECODED);
}

static void lies_are_caught(void)
{
    CHECK_INT(prove_json("abd", "xabcx", "[[1,4]]", NULL), PROOF_WRONG);
    CHECK_INT(prove_json("abc", "xabcx", "[[0,3]]", NULL), PROOF_WRONG);
    CHECK_INT(prove_json("abc", "xabcx", "[[1,40]]", NULL), PROOF_WRONG);
    CHECK_INT(prove_json("abc", "xabcx", "[[4,1]]", NULL), PROOF_WRONG);
    CHECK_INT(prove_json("abc", "xabcx", "[]", NULL), PROOF_WRONG);
    CHECK_INT(prove_json("ab not cd", "ab cd", "[[0,2],[3,5]]", NULL), PROOF_WRONG);
    CHECK_INT(prove_json("abc more", "abc", "[[0,3]]", NULL), PROOF_WRONG);
    CHECK_INT(prove_json("cd ab", "ab cd", "[[0,2],[3,5]]", NULL), PROOF_WRONG);
    CHECK_INT(prove_json("caf\xc3\xa9", "caf\xe9", "[[0,4]]", "utf-8"), PROOF_WRONG);
    /* No character has such a number: what looks like a reference stands for itself. */
    CHECK_INT(prove_json("a &#1114112; b", "a &#1114112; b", "[[0,2],[2,12,\"edited\"],[12,14]]",
                         NULL),
              PROOF_DECODED);
    CHECK_INT(prove_json("a \xf4\x90\x80\x80 b", "a &#1114112; b",
                         "[[0,2],[2,12,\"edited\"],[12,14]]", NULL),
              PROOF_EDITED);
    wn_range r;
    json_t *bad = json_loads("[[1]]", 0, NULL);
    CHECK_INT(ranges_of_json(bad, &r, 1), SIZE_MAX);
    CHECK_INT(ranges_of_json(NULL, &r, 1), SIZE_MAX);
    json_decref(bad);
}

static void removed_is_what_no_range_covers(void)
{
    static const char raw[] =
        "<p>Subscribe now</p><script>var x = 1 < 2;</script><p>News.</p> <!-- a > b -->Bye";
    json_t *doc = json_loads(
        "{\"spans\":{\"sentence\":[{\"raw\":[[54,59]]}],\"paragraph\":[{\"raw\":[[54,59]]}]}}", 0,
        NULL);
    removed r = REMOVED_INIT;
    strbuf words = STRBUF_INIT;
    CHECK(removed_find(doc, sizeof raw - 1, &r));
    CHECK_INT(r.n, 2);
    CHECK_INT(r.bytes, sizeof raw - 1 - 5);
    removed_words((wn_str){raw, sizeof raw - 1}, r.range[0], &words);
    CHECK_STR(words.p, "Subscribe now");
    removed_words((wn_str){raw, sizeof raw - 1}, r.range[1], &words);
    CHECK_STR(words.p, "Bye");
    removed_release(&r);
    json_decref(doc);
    doc = json_loads("{\"spans\":{\"sentence\":[{\"raw\":[[0,5]]},{\"raw\":[[5,9]]}]}}", 0, NULL);
    CHECK(removed_find(doc, 12, &r));
    CHECK_INT(r.n, 1); /* nothing is removed between neighbours */
    CHECK_INT(r.bytes, 3);
    removed_release(&r);
    json_decref(doc);
    doc = json_object();
    CHECK(!removed_find(doc, 10, &r));
    json_decref(doc);
    strbuf_release(&words);
}

static void kinds_of_files_are_told(void)
{
    const char *format = NULL;
    CHECK_STR(sniff_type("a.HTM", "x", 1, &format), "text/html");
    CHECK_STR(sniff_type("a.html.gz", "x", 1, &format), "text/html");
    CHECK_STR(sniff_type("a.txt", " \n<!DOCTYPE html>", 17, &format), "text/html");
    CHECK_STR(sniff_type("a.txt", "\xff\xfe<\0h\0t\0m\0l\0", 12, &format), "text/html");
    CHECK_STR(sniff_type("a.txt", "<?xml version=\"1.0\"?><html>", 27, &format), "text/html");
    CHECK_STR(sniff_type("a.txt", "He wrote <html>", 15, &format), "text/plain");
    CHECK_STR(sniff_type("a", "", 0, &format), "text/plain");
    CHECK(sniff_type("a.txt", "%PDF-1.4", 8, &format) == NULL);
    CHECK_STR(format, "PDF");
}

int main(void)
{
    RUN(texts_are_proved);
    RUN(lies_are_caught);
    RUN(removed_is_what_no_range_covers);
    RUN(kinds_of_files_are_told);
    return DONE();
}
