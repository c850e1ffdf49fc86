/* numbers.c: pieces of tokens, and numbers in figures and in words. */
#include "claims/numbers.h"
#include "common/ascii.h"
#include <string.h>

static const measure_word no_word;

/* ---- Pieces ---- */

/* Bytes of the hyphen at `at`, 0: none. */
static uint32_t hyphen_at(const char *text, uint32_t at, uint32_t end)
{
    if (at < end && text[at] == '-')
        return 1;
    return end - at >= 3 && (memcmp(text + at, "\xE2\x80\x90", 3) == 0 ||
                             memcmp(text + at, "\xE2\x80\x91", 3) == 0)
               ? 3
               : 0;
}

static bool inner_mark(char c)
{
    return c == ',' || c == '.' || c == ':' || c == '/';
}

static uint32_t figures_end(const char *text, uint32_t at, uint32_t end)
{
    while (at < end && (ascii_digit(text[at]) ||
                        (inner_mark(text[at]) && at + 1 < end && ascii_digit(text[at + 1]))))
        at++;
    return at;
}

static uint32_t piece_end(const char *text, uint32_t at, const wn_token *t)
{
    if (t->kind != WN_TOKEN_WORD && t->kind != WN_TOKEN_NUMBER)
        return t->end;
    if (ascii_digit(text[at]))
        return figures_end(text, at, t->end);
    while (at < t->end && hyphen_at(text, at, t->end) == 0)
        at++;
    return at;
}

static piece piece_from(const reading *r, uint32_t token, uint32_t start, piece_joint joint)
{
    const wn_token *t = &r->s->a->token[token];
    piece p = {token, start, piece_end(r->s->text, start, t), joint, &no_word};
    const bool whole = t->hash != 0 && p.start == t->start && p.end == t->end;
    const measure_word *w =
        measures_find(r->m, whole ? t->hash : wn_word_hash(r->s->text + p.start, p.end - p.start));
    p.word = w != NULL ? w : &no_word;
    return p;
}

piece piece_at(const reading *r, uint32_t token)
{
    return token < r->last ? piece_from(r, token, r->s->a->token[token].start, APART)
                           : (piece){.token = r->last, .word = &no_word};
}

piece piece_after(const reading *r, const piece *p)
{
    if (p->token >= r->last)
        return *p;
    const uint32_t end = r->s->a->token[p->token].end;
    const uint32_t hyphen = hyphen_at(r->s->text, p->end, end);
    if (p->end + hyphen >= end)
        return piece_at(r, p->token + 1);
    return piece_from(r, p->token, p->end + hyphen, hyphen > 0 ? HYPHENED : JOINED);
}

bool piece_digits(const reading *r, const piece *p)
{
    return p->token < r->last && ascii_digit(r->s->text[p->start]);
}

const measure_word *phrase_at(const reading *r, const piece *p, measure_list list, piece *ret_after)
{
    enum { LONGEST = 3 };
    const measure_word *found = NULL;
    uint32_t hash = 0;
    piece q = *p;
    for (unsigned n = 0; n < LONGEST && q.token < r->last; n++) {
        const uint32_t word = wn_word_hash(r->s->text + q.start, q.end - q.start);
        hash = n == 0 ? word : measures_join(hash, word);
        q = piece_after(r, &q);
        const measure_word *w = measures_find(r->m, hash);
        if (w != NULL && (w->lists >> list & 1) != 0)
            found = w, *ret_after = q;
    }
    return found;
}

static uint32_t token_hash(const reading *r, uint32_t i)
{
    const wn_token *t = &r->s->a->token[i];
    return t->hash != 0 ? t->hash : wn_word_hash(r->s->text + t->start, t->end - t->start);
}

const measure_word *phrase_before(const reading *r, uint32_t token, measure_list list,
                                  uint32_t *ret_first)
{
    enum { LONGEST = 3 };
    for (uint32_t n = LONGEST; n > 0; n--) {
        if (token < r->first + n)
            continue;
        uint32_t hash = token_hash(r, token - n);
        for (uint32_t k = n - 1; k > 0; k--)
            hash = measures_join(hash, token_hash(r, token - k));
        const measure_word *w = measures_find(r->m, hash);
        if (w != NULL && (w->lists >> list & 1) != 0) {
            *ret_first = token - n;
            return w;
        }
    }
    return NULL;
}

/* ---- Figures ---- */

/* The value is digits / divisor, both whole, so that nothing is rounded before the magnitude is
 * known. No strtod: it follows the locale. */
typedef struct figures {
    double digits, divisor;
    unsigned count;
    bool plain; /* digits only */
} figures;

enum { MOST_DIGITS = 15 }; /* a double holds them all */

/* What parts groups: commas, or stops when there are several; 0: nothing does. */
static char separator(const char *p, size_t n)
{
    unsigned stops = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] == ',')
            return ',';
        stops += p[i] == '.';
    }
    return stops > 1 ? '.' : '\0';
}

/* "1,200", and as it is done in India "12,00,000"; not "3,5". */
static bool group_fits(size_t length, size_t groups_before, char mark)
{
    if (groups_before == 0)
        return length >= 1 && length <= 3;
    return length == 3 || (length == 2 && mark == ',');
}

static bool add_digit(figures *f, char c, bool fraction)
{
    f->digits = f->digits * 10 + (c - '0');
    f->divisor = fraction ? f->divisor * 10 : f->divisor;
    return ++f->count <= MOST_DIGITS;
}

static bool read_figures(const char *p, size_t n, figures *f)
{
    const char mark = separator(p, n);
    size_t length = 0, groups = 0;
    bool fraction = false;
    for (size_t i = 0; i < n; i++) {
        if (ascii_digit(p[i])) {
            if (!add_digit(f, p[i], fraction))
                return false;
            length += !fraction;
        } else if (p[i] == mark && !fraction) {
            if (!group_fits(length, groups++, mark))
                return false;
            length = 0;
        } else if (p[i] == '.' && !fraction) {
            fraction = true;
        } else {
            return false;
        }
    }
    f->plain = f->count == n;
    return groups == 0 || length == 3;
}

/* One blank between two tokens, of those that part groups. */
static bool group_blank(const char *text, uint32_t start, uint32_t end)
{
    static const char *const blanks[] = {" ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89",
                                         "\xE2\x80\x87"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (strlen(blanks[i]) == end - start && memcmp(text + start, blanks[i], end - start) == 0)
            return true;
    return false;
}

static bool apostrophe(const reading *r, const piece *p)
{
    const char *at = r->s->text + p->start;
    return (p->end - p->start == 1 && *at == '\'') ||
           (p->end - p->start == 3 && memcmp(at, "\xE2\x80\x99", 3) == 0);
}

/* The next group of "5 000" or "5'000": three digits, which a fraction may follow. */
static bool next_group(const reading *r, const piece *p, piece *ret)
{
    const char *text = r->s->text;
    piece q = piece_after(r, p);
    if (q.joint != APART || q.token >= r->last)
        return false;
    if (pieces_touch(p, &q) && apostrophe(r, &q)) {
        piece mark = q;
        q = piece_after(r, &q);
        if (!pieces_touch(&mark, &q))
            return false;
    } else if (!group_blank(text, p->end, q.start)) {
        return false;
    }
    *ret = q;
    unsigned digits = 0;
    while (q.start + digits < q.end && ascii_digit(text[q.start + digits]))
        digits++;
    return digits == 3 && (q.start + 3 == q.end || text[q.start + 3] == '.');
}

/* "2½", "two and a half" */
static void add_share(number *x, double share)
{
    x->units = x->units * 100 + share * 100;
    x->divisor *= 100;
    x->place = 0.1;
}

static void take_half_sign(const reading *r, const piece *p, number *x)
{
    piece q = x->after;
    if (q.token < r->last && pieces_touch(p, &q) && q.joint == APART && means(&q, MEASURE_SHARE)) {
        add_share(x, q.word->number);
        x->after = piece_after(r, &q);
    }
}

/* Groups after the first figures p, up to the last piece. false: too many digits. */
static bool take_groups(const reading *r, piece *p, figures *f)
{
    bool ok = true;
    if (!f->plain || f->count > 3 || r->s->text[p->start] == '0')
        return true;
    for (piece q; next_group(r, p, &q); *p = q) {
        bool fraction = false;
        for (uint32_t i = q.start; ok && i < q.end; i++) {
            fraction |= !ascii_digit(r->s->text[i]);
            ok = !ascii_digit(r->s->text[i]) || add_digit(f, r->s->text[i], fraction);
        }
        f->plain = f->plain && !fraction;
        if (fraction)
            return *p = q, ok;
    }
    return ok;
}

/* "40,000" is as exact as "40 thousand". */
static double written_place(double digits)
{
    double place = 1;
    for (int64_t n = (int64_t)digits; n >= 1000 && n % 1000 == 0; n /= 1000)
        place *= 1000;
    return place;
}

static number_found figures_at(const reading *r, const piece *p, number *x)
{
    figures f = {0, 1, 0, false};
    piece last = *p;
    const char *text = r->s->text + p->start;
    const uint32_t len = p->end - p->start;
    bool ok = (len < 2 || text[0] != '0' || !ascii_digit(text[1])) && /* "007", "000" */
              read_figures(text, len, &f);
    if (ok)
        ok = take_groups(r, &last, &f);
    x->after = piece_after(r, &last);
    if (!ok)
        return NOT_READ;
    *x = (number){.units = f.digits,
                  .divisor = f.divisor,
                  .place = f.divisor > 1 ? 1 / f.divisor : written_place(f.digits),
                  .scale = 1,
                  .last_scale = 1,
                  .after = x->after};
    take_half_sign(r, &last, x);
    return NUMBER;
}

/* ---- Words ---- */

/* What has been read: "two million three hundred [and] five". */
typedef struct words {
    double total, current; /* what is above the last thousand or more, and what is not */
    double smallest;       /* the last of thousand and more */
    number *x;
    piece next;
} words;

static bool fits_after(double current, double n)
{
    const unsigned tens = (unsigned)current % 100;
    if (tens == 0)
        return n < 100;
    return tens >= 20 && tens % 10 == 0 && n < 10;
}

static void add_small(const reading *r, words *w)
{
    w->current += w->next.word->number;
    w->x->place = w->x->scale = w->x->last_scale = 1;
    w->next = piece_after(r, &w->next);
}

/* "hundred", "dozen", "thousand" behind what has been read */
static bool add_magnitude(const reading *r, words *w)
{
    const double by = w->next.word->number;
    if (w->current <= 0 || (by < 1000 ? w->current >= 100 : by >= w->smallest))
        return false;
    if (by < 1000) {
        w->current *= by;
    } else {
        w->total += w->current * by;
        w->current = 0;
        w->smallest = by;
    }
    w->x->scale *= by;
    w->x->place = w->x->scale;
    w->x->last_scale = by;
    w->next = piece_after(r, &w->next);
    return true;
}

/* "and fifty" in "one hundred and fifty", not in "one hundred and fifty thousand" */
static bool add_and(const reading *r, words *w)
{
    piece small = piece_after(r, &w->next), behind = piece_after(r, &small);
    if (w->current < 100 && w->total <= 0)
        return false;
    if (!means(&small, MEASURE_NUMBER) || !fits_after(w->current, small.word->number) ||
        means(&behind, MEASURE_MAGNITUDE))
        return false;
    w->next = small;
    add_small(r, w);
    return true;
}

static bool add_word(const reading *r, words *w, bool with_and)
{
    if (means(&w->next, MEASURE_NUMBER)) {
        if (!fits_after(w->current, w->next.word->number))
            return false;
        add_small(r, w);
        return true;
    }
    if (means(&w->next, MEASURE_MAGNITUDE))
        return add_magnitude(r, w);
    return with_and && means(&w->next, MEASURE_AND) && add_and(r, w);
}

static number_found words_at(const reading *r, const piece *p, bool with_and, number *x)
{
    words w = {0, 0, 1e18, x, *p};
    piece second = piece_after(r, p);
    *x = (number){.divisor = 1, .place = 1, .scale = 1, .last_scale = 1, .written = true};
    if (means(p, MEASURE_ARTICLE) && means(&second, MEASURE_MAGNITUDE))
        w.current = 1, w.next = second; /* "a million" */
    else if (!means(p, MEASURE_NUMBER))
        return NO_NUMBER;
    while (add_word(r, &w, with_and))
        ;
    x->units = w.total + w.current;
    const bool read = !means(&w.next, MEASURE_NUMBER);
    while (means(&w.next, MEASURE_NUMBER)) /* "nineteen ninety" */
        w.next = piece_after(r, &w.next);
    x->after = w.next;
    return read ? NUMBER : NOT_READ;
}

/* ---- Both ---- */

/* "and a half" in "two and a half" */
static void take_and_share(const reading *r, number *x)
{
    if (!means(&x->after, MEASURE_AND) || x->scale > 1)
        return;
    piece article = piece_after(r, &x->after), share = piece_after(r, &article);
    if (!means(&article, MEASURE_ARTICLE) || !means(&share, MEASURE_SHARE))
        return;
    add_share(x, share.word->number);
    x->after = piece_after(r, &share);
}

void take_magnitudes(const reading *r, number *x)
{
    enum { MOST = 3 };
    double all = 1;
    for (unsigned n = 0; n < MOST && x->scale < 1e15; n++) {
        const bool letter = !x->written && n == 0 && means(&x->after, MEASURE_LETTER);
        if (!letter && !means(&x->after, MEASURE_MAGNITUDE))
            break;
        const double by = x->after.word->number;
        all *= by;
        x->scale *= by;
        x->last_scale = by;
        x->after = piece_after(r, &x->after);
    }
    x->place = x->place < 1 ? all / (1 / x->place) : x->place * all;
    x->value = all >= x->divisor ? x->units * (all / x->divisor) : x->units * all / x->divisor;
}

number_found number_at(const reading *r, const piece *p, bool with_and, number *ret)
{
    number_found found = piece_digits(r, p) ? figures_at(r, p, ret) : words_at(r, p, with_and, ret);
    if (found != NUMBER)
        return found;
    if (with_and)
        take_and_share(r, ret);
    take_magnitudes(r, ret);
    const uint64_t may_join = UINT64_C(1) << MEASURE_UNIT | UINT64_C(1) << MEASURE_CURRENCY;
    return ret->after.joint == JOINED && (ret->after.word->lists & may_join) == 0 ? NOT_READ
                                                                                  : NUMBER;
}
