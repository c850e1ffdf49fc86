/* scan.c: text to items. Its words are finer than those of the common tokenizer ("mid-1990s" is
 * four items): what joins them matters to the rules. One pass; a word costs its hash and one
 * look-up. */
#include <winnow/text.h>
#include "match.h"
#include <string.h>

enum { CHUNK_MAX = 4096 };
enum { C_OTHER, C_SPACE, C_LOWER, C_UPPER, C_DIGIT, C_HIGH, C_NEWLINE };

static const uint8_t kind_of[256] = {
    [' '] = C_SPACE,  ['\t'] = C_SPACE, ['\r'] = C_SPACE,
    ['\f'] = C_SPACE, ['\v'] = C_SPACE, ['\n'] = C_NEWLINE,
    ['0'] = C_DIGIT,  ['1'] = C_DIGIT,  ['2'] = C_DIGIT,
    ['3'] = C_DIGIT,  ['4'] = C_DIGIT,  ['5'] = C_DIGIT,
    ['6'] = C_DIGIT,  ['7'] = C_DIGIT,  ['8'] = C_DIGIT,
    ['9'] = C_DIGIT,
#define L(c) [c] = C_LOWER, [(c)-32] = C_UPPER
    L('a'),           L('b'),           L('c'),
    L('d'),           L('e'),           L('f'),
    L('g'),           L('h'),           L('i'),
    L('j'),           L('k'),           L('l'),
    L('m'),           L('n'),           L('o'),
    L('p'),           L('q'),           L('r'),
    L('s'),           L('t'),           L('u'),
    L('v'),           L('w'),           L('x'),
    L('y'),           L('z'),
#undef L
#define H4(c) [c] = C_HIGH, [(c) + 1] = C_HIGH, [(c) + 2] = C_HIGH, [(c) + 3] = C_HIGH
#define H16(c) H4(c), H4((c) + 4), H4((c) + 8), H4((c) + 12)
    H16(0x80),        H16(0x90),        H16(0xa0),
    H16(0xb0),        H16(0xc0),        H16(0xd0),
    H16(0xe0),        H16(0xf0),
#undef H4
#undef H16
};

typedef struct scan {
    const date_rules *rules;
    const char *text;
    uint32_t at, len;
    uint8_t pending; /* flags of the next item */
    bool hot;
    list *items;
} scan;

/* Marks and blanks outside ASCII that are no letters: bytes, and what they count as. */
static uint32_t high_mark(const char *p, uint32_t left, char *ret_as)
{
    static const struct {
        char bytes[4];
        char as;
    } marks[] = {
        {"\xe2\x80\x98", '\''}, {"\xe2\x80\x99", '\''}, {"\xe2\x80\x9c", '"'},
        {"\xe2\x80\x9d", '"'},  {"\xe2\x80\x93", '-'},  {"\xe2\x80\x90", '-'},
        {"\xe2\x80\x91", '-'},  {"\xe2\x80\x92", '-'},  {"\xe2\x80\x94", '_'},
        {"\xe2\x80\xa6", '.'},  {"\xe2\x80\xaf", ' '},  {"\xe2\x80\x89", ' '},
        {"\xe2\x80\xa2", '*'},  {"\xe2\x88\x92", '-'},
    };
    if (left >= 2 && p[0] == '\xc2' &&
        ((uint8_t)p[1] == 0xa0 || (uint8_t)p[1] == 0xab || (uint8_t)p[1] == 0xbb ||
         (uint8_t)p[1] == 0xb7)) {
        *ret_as = (uint8_t)p[1] == 0xa0 ? ' ' : (uint8_t)p[1] == 0xb7 ? '*' : '"';
        return 2;
    }
    if (left < 3 || p[0] != '\xe2')
        return 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (memcmp(p, marks[i].bytes, 3) == 0) {
            *ret_as = marks[i].as;
            return 3;
        }
    return 0;
}

static item *put(scan *s, uint8_t kind, uint32_t end)
{
    item *i = list_add(s->items, sizeof *i);
    if (i == NULL)
        return NULL;
    static const uint64_t any = UINT64_C(1) << CLASS_ANY;
    *i = (item){.start = s->at,
                .end = end,
                .word = -1,
                .kind = kind,
                .flags = s->pending,
                .mask = kind == KIND_WORD  ? any | UINT64_C(1) << CLASS_WORD
                        : kind == KIND_INT ? any | UINT64_C(1) << CLASS_INT
                                           : any};
    s->pending = 0;
    s->at = end;
    return i;
}

static void look_up(scan *s, item *i, const char *folded, size_t n, uint32_t hash)
{
    i->word = date_word_find(s->rules, folded, n, hash);
    if (i->word < 0)
        return;
    uint64_t mask = date_word(s->rules, (size_t)i->word)->mask;
    i->mask |= mask;
    if ((mask & s->rules->trigger) != 0)
        i->flags |= ITEM_HOT, s->hot = true;
}

static bool scan_word(scan *s)
{
    const uint8_t *text = (const uint8_t *)s->text;
    char folded[WORD_MAX + 8];
    uint32_t p = s->at, n = 0, hash = UINT32_C(2166136261), upper = 0;
    bool high = false;
    for (; p < s->len; p++) {
        uint8_t k = kind_of[text[p]];
        char as;
        if (k != C_LOWER && k != C_UPPER &&
            (k != C_HIGH || high_mark(s->text + p, s->len - p, &as) > 0))
            break;
        high |= k == C_HIGH, upper += k == C_UPPER;
        uint8_t c = (uint8_t)(text[p] | (k == C_UPPER ? 32 : 0));
        hash = (hash ^ c) * UINT32_C(16777619);
        if (n < WORD_MAX)
            folded[n] = (char)c;
        n++;
    }
    uint32_t from = s->at;
    item *i = put(s, KIND_WORD, p);
    if (i == NULL)
        return false;
    if (kind_of[text[from]] == C_UPPER)
        i->flags |= n > 1 && upper == n ? ITEM_CAP | ITEM_CAPS : ITEM_CAP;
    if (high) {
        n = (uint32_t)wn_fold(s->text + from, p - from, folded, WORD_MAX);
        hash = n <= WORD_MAX ? date_hash(folded, n) : 0;
    }
    if (n <= WORD_MAX)
        look_up(s, i, folded, n, hash);
    return true;
}

static bool scan_number(scan *s)
{
    uint32_t p = s->at;
    int64_t n = 0;
    while (p < s->len && kind_of[(uint8_t)s->text[p]] == C_DIGIT) {
        if (n < INT32_MAX)
            n = n * 10 + (s->text[p] - '0');
        p++;
    }
    uint32_t digits = p - s->at;
    item *i = put(s, KIND_INT, p);
    if (i == NULL)
        return false;
    i->value = n > INT32_MAX ? INT32_MAX : (int32_t)n;
    i->len = (uint8_t)(digits > 255 ? 255 : digits);
    if (s->rules->trigger >> CLASS_INT & 1)
        i->flags |= ITEM_HOT, s->hot = true;
    return true;
}

static bool scan_mark(scan *s, uint32_t len, char as)
{
    item *i = put(s, KIND_MARK, s->at + len);
    if (i != NULL)
        look_up(s, i, &as, 1, date_hash(&as, 1));
    return i != NULL;
}

/* White space; true when a blank line ends the chunk. */
static bool skip_blank(scan *s)
{
    int newlines = 0;
    for (; s->at < s->len; s->at++) {
        uint8_t k = kind_of[(uint8_t)s->text[s->at]];
        if (k == C_NEWLINE)
            newlines++;
        else if (k != C_SPACE)
            break;
        s->pending |= ITEM_SPACE;
    }
    if (newlines > 0)
        s->pending |= ITEM_LINE | ITEM_NEWLINE;
    return newlines > 1;
}

static bool scan_high(scan *s)
{
    char as = 0;
    uint32_t n = high_mark(s->text + s->at, s->len - s->at, &as);
    if (n == 0)
        return scan_word(s);
    if (as != ' ')
        return scan_mark(s, n, as);
    s->at += n;
    s->pending |= ITEM_SPACE;
    return true;
}

uint32_t date_scan(const date_rules *rules, const char *text, uint32_t at, uint32_t len,
                   list *items, bool *ret_hot)
{
    scan s = {rules, text, at, len, ITEM_LINE, false, items};
    bool ok = true;
    items->n = 0;
    (void)skip_blank(&s);
    while (ok && s.at < len && items->n < CHUNK_MAX) {
        switch (kind_of[(uint8_t)text[s.at]]) {
        case C_LOWER:
        case C_UPPER: ok = scan_word(&s); break;
        case C_HIGH: ok = scan_high(&s); break;
        case C_DIGIT: ok = scan_number(&s); break;
        case C_OTHER: ok = scan_mark(&s, 1, text[s.at]); break;
        default:
            if (skip_blank(&s))
                goto done;
        }
    }
done:
    *ret_hot = s.hot;
    return ok ? s.at : UINT32_MAX;
}
