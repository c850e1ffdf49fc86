/* phrases.c: noun phrases: chunks joined by prepositions, coordination and apposition. */
#include "claims/syntax.h"

static bool boundary_mark(const syntax *s, uint32_t i)
{
    return s->tag[i] == WN_TAG_PUNCT;
}

/* Chunk that ends right before `end`; empty: none. */
range chunk_before(const syntax *s, uint32_t first, uint32_t end)
{
    if (end <= first || s->chunk_last[end - 1] != end || s->chunk_first[end - 1] < first)
        return (range){0, 0};
    return (range){s->chunk_first[end - 1], end};
}

static uint32_t opening_bracket(const syntax *s, uint32_t first, uint32_t close)
{
    for (uint32_t i = close; i-- > first && close - i < 20;)
        if (mark_is(s, i, '('))
            return i;
    return close;
}

/* Token after the chunk that ends before "south of", "near" at p (its last word); 0: none. Only
 * where the phrase can but begin a clause: "the ferry to villages near" is not it. */
static uint32_t end_before_near(const syntax *s, uint32_t first, uint32_t p)
{
    uint32_t near = word_is(s, p, "of") && p > first ? p - 1 : p;
    if (!in_list(s, near, LIST_NEAR) || near == first)
        return 0;
    uint32_t head = near - 1;
    while (head > first && s->chunk_last[head] != near && s->tag[head] != WN_TAG_NN &&
           s->tag[head] != WN_TAG_NNP)
        head--;
    uint32_t start = s->chunk_last[head] != 0 ? s->chunk_first[head] : head;
    bool clear = start == first || boundary_mark(s, start - 1) || s->tag[start - 1] == WN_TAG_CC ||
                 word_is(s, start - 1, "that");
    return clear && head + 1 == near && is_noun(s, head) ? near : 0;
}

/* Leftward over prepositions: "A spokesperson for" [the ministry]. */
static range join_left(const syntax *s, uint32_t first, range np)
{
    for (int guard = 0; guard < 12 && np.first > first + 1; guard++) {
        uint32_t p = np.first - 1;
        if (mark_is(s, p, ')'))
            break;
        uint32_t near = end_before_near(s, first, p);
        if (near > 0 && s->chunk_last[near - 1] != 0) {
            np.first = s->chunk_first[near - 1];
            break;
        }
        /* "the refusal to meet" X */
        bool to = s->tag[p] == WN_TAG_VB && p > first + 1 && s->tag[p - 1] == WN_TAG_TO;
        /* "an official accompanying" X */
        bool post = s->tag[p] == WN_TAG_VBG && s->word[p].verb < 0;
        if (!in_list(s, p, LIST_JOIN) && !post && !to)
            break;
        range left = chunk_before(s, first, p - to);
        if (range_empty(left) || s->tag[left.first] == WN_TAG_PRP ||
            s->tag[left.first] == WN_TAG_WH)
            break;
        unsigned before = left.first > first ? s->tag[left.first - 1] : (unsigned)WN_TAG_PUNCT;
        bool object = before >= WN_TAG_MD && before <= WN_TAG_VBG && before != WN_TAG_VBG &&
                      !word_is(s, p, "of");
        bool gerund = before == WN_TAG_VBG && range_empty(chunk_before(s, first, left.first - 1)) &&
                      !word_is(s, p, "of");
        if (object || gerund)
            break;
        np.first = left.first;
    }
    return np;
}

/* "Trump and Clinton said": two coordinated names with a boundary before them. */
static range coordinate_left(const syntax *s, uint32_t first, range np)
{
    if (np.first < first + 2 || !word_is(s, np.first - 1, "and"))
        return np;
    range left = join_left(s, first, chunk_before(s, first, np.first - 1));
    if (range_empty(left))
        return np;
    bool clear = left.first == first || boundary_mark(s, left.first - 1) ||
                 s->tag[left.first - 1] == WN_TAG_IN;
    return clear && !in_list(s, left.first - 1 + (left.first == first), LIST_JOIN)
               ? (range){left.first, np.last}
               : np;
}

static range plain_phrase_left(const syntax *s, uint32_t first, uint32_t end)
{
    uint32_t stop = end;
    if (stop > first && mark_is(s, stop - 1, ')'))
        stop = opening_bracket(s, first, stop - 1);
    range np = chunk_before(s, first, stop);
    if (!range_empty(np) && in_list(s, np.last - 1, LIST_DAY) && s->tag[np.first] == WN_TAG_NNP &&
        np.first > first) {
        /* "the ministry on Monday called", "the mayor Tuesday said" */
        uint32_t before = np.first - (in_list(s, np.first - 1, LIST_JOIN) ? 1 : 0);
        np = chunk_before(s, first, before);
        end = np.last;
    }
    if (range_empty(np))
        return np;
    np = coordinate_left(s, first, join_left(s, first, np));
    np.last = end > np.last && mark_is(s, end - 1, ')') ? end : np.last;
    return np;
}

/* A name after its role: "a spokesman for the ministry, Colonel Ode". */
static range apposition_left(const syntax *s, uint32_t first, range np)
{
    if (np.first < first + 2 || !mark_is(s, np.first - 1, ','))
        return np;
    range left = plain_phrase_left(s, first, np.first - 1);
    if (range_empty(left) || s->tag[left.first] == WN_TAG_PRP)
        return np;
    bool clear = left.first == first || boundary_mark(s, left.first - 1) ||
                 s->tag[left.first - 1] == WN_TAG_CC || word_is(s, left.first - 1, "that");
    bool role = false;
    for (uint32_t i = left.first; i < left.last; i++)
        role |= in_list(s, i, LIST_ROLE);
    return clear && role && s->tag[np.last - 1] == WN_TAG_NNP && s->tag[left.first] == WN_TAG_DT
               ? (range){left.first, np.last}
               : np;
}

/* The verb follows a comma: what lies between it and the comma before is an apposition, or an
 * insertion. */
static range phrase_over_insertion(const syntax *s, uint32_t first, uint32_t comma)
{
    uint32_t open = comma;
    if (comma > first && s->a->token[comma - 1].kind == WN_TOKEN_QUOTE)
        return (range){0, 0};
    for (uint32_t i = comma; i-- > first && comma - i < 40;)
        if (mark_is(s, i, ',')) {
            open = i;
            break;
        }
    if (open == comma || open + 1 >= comma)
        return (range){0, 0};
    range np = plain_phrase_left(s, first, open);
    if (!range_empty(np) && np.first > first + 1 && s->tag[np.first - 1] == WN_TAG_IN &&
        mark_is(s, np.first - 2, ',')) {
        /* "Ann Orr, of Salem, Ore., said" */
        range person = plain_phrase_left(s, first, np.first - 2);
        np.first = range_empty(person) ? np.first : person.first;
    }
    if (range_empty(np))
        return np;
    bool nominal = s->chunk_last[open + 1] != 0 && s->tag[open + 1] != WN_TAG_WH &&
                   s->tag[open + 1] != WN_TAG_PRP && !has_finite_verb(s, open + 1, comma);
    if (nominal && np.first > first + 1 && mark_is(s, np.first - 1, ',') &&
        (s->tag[np.first] == WN_TAG_DT || s->tag[np.first] == WN_TAG_CD)) {
        /* "Ann Orr, the mayor of Salem, one of two, said" */
        range name = plain_phrase_left(s, first, np.first - 1);
        bool clear = name.first == first || boundary_mark(s, name.first - (name.first > 0));
        if (!range_empty(name) && s->tag[name.last - 1] == WN_TAG_NNP && clear)
            np.first = name.first;
    }
    return nominal ? (range){np.first, comma} : np;
}

range noun_phrase_left(const syntax *s, uint32_t first, uint32_t end)
{
    range none = {0, 0};
    if (end <= first)
        return none;
    if (mark_is(s, end - 1, ','))
        return phrase_over_insertion(s, first, end - 1);
    range np = plain_phrase_left(s, first, end);
    return range_empty(np) ? np : apposition_left(s, first, np);
}

/* ", head of the union," after a name. */
static uint32_t apposition_right(const syntax *s, uint32_t end, uint32_t last)
{
    if (end + 1 >= last || !mark_is(s, end, ',') || s->chunk_last[end + 1] == 0 ||
        s->tag[end + 1] == WN_TAG_PRP || s->tag[end + 1] == WN_TAG_WH)
        return end;
    uint32_t i = end + 1;
    bool described = s->tag[i] == WN_TAG_DT;
    for (; i < last && i - end < 25 && !boundary_mark(s, i); i++)
        described |= in_list(s, i, LIST_ROLE) || s->tag[i] == WN_TAG_CD;
    if (!described || has_finite_verb(s, end + 1, i) || i == last)
        return end;
    return mark_is(s, i, ',') || mark_is(s, i, '.') || s->a->token[i].kind == WN_TOKEN_QUOTE ? i
                                                                                             : end;
}

range noun_phrase_right(const syntax *s, uint32_t start, uint32_t last)
{
    range none = {0, 0};
    if (start >= last || s->chunk_last[start] == 0 || s->chunk_first[start] != start)
        return none;
    uint32_t end = s->chunk_last[start];
    if (s->tag[start] == WN_TAG_PRP || s->tag[start] == WN_TAG_WH)
        return (range){start, end};
    for (int guard = 0; guard < 12 && end + 1 < last; guard++) {
        if (mark_is(s, end, '(')) {
            uint32_t i = end;
            while (i < last && i - end < 20 && !mark_is(s, i, ')'))
                i++;
            if (i < last && mark_is(s, i, ')'))
                end = i + 1;
            else
                break;
        } else if ((in_list(s, end, LIST_JOIN) && !word_is(s, end, "to")) &&
                   s->chunk_last[end + 1] != 0 && s->tag[end + 1] != WN_TAG_PRP &&
                   !in_list(s, end + 1, LIST_DAY) && s->tag[end + 1] != WN_TAG_WH &&
                   !(word_is(s, end, "in") && s->chunk_last[end + 1] - end <= 4 &&
                     s->tag[end + 1] == WN_TAG_DT)) {
            end = s->chunk_last[end + 1];
        } else {
            break;
        }
    }
    return (range){start, apposition_right(s, end, last)};
}
