/* chars.c: see chars.h: one pass over the characters; normal form C after Unicode Standard Annex
 * #15. */
#include "clean/chars.h"
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

typedef struct scan {
    const char *text;
    size_t len;
    clean_result *r;
    chars_counts *counts;
    bool mojibake, trust; /* trust: other sequences of the text prove that it was damaged */
    bool nfc;
} scan;

static void replace(scan *s, size_t start, size_t end, const char *with, size_t n)
{
    if (start > s->r->cursor)
        result_keep(s->r, s->r->cursor, start, "");
    if (n > 0)
        result_put(s->r, start, end, with, n, "");
    else
        result_put(s->r, start, end, "", 0, "");
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* A space that is none of ASCII becomes one, unless it stands beside another. */
static void replace_space(scan *s, size_t i, size_t n)
{
    bool beside = (i > 0 && blank(s->text[i - 1]) && s->r->cursor != i) ||
                  (i + n < s->len && blank(s->text[i + n]));
    bool again =
        s->r->cursor == i && s->r->n_edits > 0 && i > 0 && s->r->edit[s->r->n_edits - 1].end == i;
    replace(s, i, i + n, " ", beside || again ? 0 : 1);
    s->counts->spaces++;
}

static bool is_space(uint32_t c)
{
    return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000 ||
           c == 0x1680;
}

static bool is_unseen(uint32_t c)
{
    return c == 0xAD || c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF ||
           (c >= 0xFFF9 && c <= 0xFFFB);
}

static bool is_control(uint32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
}

static void replace_control(scan *s, size_t i, size_t n, uint32_t c)
{
    char out[4];
    if (c == '\r')
        replace(s, i, i + n, "\n", i + 1 < s->len && s->text[i + 1] == '\n' ? 0 : 1);
    else if (cp1252_char(c) != 0) {
        size_t m = utf8_write(cp1252_char(c), out);
        char *copy = result_copy(s->r, out, m);
        if (copy != NULL)
            replace(s, i, i + n, copy, m);
    } else
        replace(s, i, i + n, "", 0);
    s->counts->controls++;
}

static size_t repair(scan *s, size_t i)
{
    uint32_t c = 0;
    bool sure = false;
    char out[4];
    size_t n = mojibake_at(s->text + i, s->len - i, &c, &sure);
    if (n == 0 || !(sure || s->trust))
        return 0;
    size_t m = utf8_write(c, out);
    char *copy = result_copy(s->r, out, m);
    if (copy != NULL)
        replace(s, i, i + n, copy, m);
    s->counts->mojibake++;
    return n;
}

static bool may_combine(uint32_t c)
{
    return utf8proc_get_property((utf8proc_int32_t)c)->combining_class != 0 ||
           (c >= 0x1160 && c <= 0x11FF);
}

/* A character that is canonically the same as others: mostly it is the composed one, but not always
 * (the Angstrom sign). */
static bool may_differ(uint32_t c)
{
    const utf8proc_property_t *p = utf8proc_get_property((utf8proc_int32_t)c);
    return c >= 0x340 &&
           (may_combine(c) || (p->decomp_type == 0 && p->decomp_seqindex != UINT16_MAX));
}

/* From the character at `i`, which may join with what follows or stands alone in another form: the
 * end of the marks behind it. */
static size_t cluster_end(const scan *s, size_t i)
{
    enum { LONGEST = 256 };
    size_t at = i;
    uint32_t c;
    while (at < s->len && at - i < LONGEST) {
        size_t n = utf8_read(s->text + at, s->len - at, &c);
        if (at > i && !may_combine(c))
            break;
        at += n;
    }
    return at;
}

/* NFC of the cluster [start, end): an edit when it differs. */
static void normalize(scan *s, size_t start, size_t end)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)s->text + start, (utf8proc_ssize_t)(end - start),
                     &out, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n >= 0 && ((size_t)n != end - start || memcmp(out, s->text + start, (size_t)n) != 0)) {
        char *copy = result_copy(s->r, (const char *)out, (size_t)n);
        if (copy != NULL)
            replace(s, start, end, copy, (size_t)n);
        s->counts->normal++;
    }
    free(out);
}

/* Does the character at i, or a mark behind it, ask for a look? Returns the end of what was
 * normalised, or i. */
static size_t compose(scan *s, size_t i, size_t n, uint32_t c)
{
    uint32_t next = 0;
    if (i + n < s->len && (uint8_t)s->text[i + n] >= 0xCC)
        (void)utf8_read(s->text + i + n, s->len - i - n, &next);
    bool joins = next >= 0x300 && may_combine(next);
    if (!joins && !may_differ(c))
        return i;
    size_t end = cluster_end(s, i);
    normalize(s, i, end);
    return end;
}

static size_t step_at(scan *s, size_t i)
{
    uint32_t c = 0;
    size_t n = utf8_read(s->text + i, s->len - i, &c), used;
    if (s->mojibake && c >= 0xC2 && c < 0x100 && (used = repair(s, i)) > 0)
        return i + used;
    if (is_control(c))
        replace_control(s, i, n, c);
    else if (is_space(c))
        replace_space(s, i, n);
    else if (is_unseen(c)) {
        replace(s, i, i + n, "", 0);
        s->counts->controls++;
    } else if (c == 0x2028 || c == 0x2029)
        replace(s, i, i + n, "\n", 1);
    else if (s->nfc && (used = compose(s, i, n, c)) > i)
        return used;
    return i + n;
}

static bool proves_damage(const char *text, size_t len)
{
    uint32_t c = 0;
    bool sure = false;
    for (size_t i = 0; i < len; i++)
        if (((uint8_t)text[i] == 0xC2 || (uint8_t)text[i] == 0xC3) &&
            mojibake_at(text + i, len - i, &c, &sure) > 0 && sure)
            return true;
    return false;
}

bool chars_clean(const char *text, size_t len, bool mojibake, bool nfc, clean_result *r,
                 chars_counts *counts)
{
    scan s = {text, len, r, counts, mojibake, mojibake && proves_damage(text, len), nfc};
    for (size_t i = 0; i < len;) {
        uint8_t b = (uint8_t)text[i];
        bool plain = (b >= 0x20 && b < 0x7F) || b == '\n' || b == '\t';
        if (plain && !(i + 1 < len && (uint8_t)text[i + 1] >= 0xCC)) /* no mark behind it */
            i++;
        else if (wn_beat(r->pulse))
            i = step_at(&s, i);
        else
            return false;
    }
    if (r->cursor < len && r->n_edits > 0)
        result_keep(r, r->cursor, len, "");
    return !r->oom;
}
