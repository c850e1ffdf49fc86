/* phrases.c: noun phrases: chunks joined by prepositions, coordination and apposition. */
#include "claims/syntax.h"

enum { MAX_JOINTS = 12 }; /* chunks of one phrase */

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

/* May a clause begin at token i: is it the sentence's first, after a mark, "and", "that"? */
static bool clause_may_begin(const syntax *s, uint32_t first, uint32_t i)
{
    return i == first || boundary_mark(s, i - 1) || s->tag[i - 1] == WN_TAG_CC ||
           word_is(s, i - 1, "that");
}

/* Token after the chunk that ends before "south of", "near" at p (its last word); 0: none. Only
 * where the phrase can but begin a clause: "the ferry to villages near" is not it. */
static uint32_t end_before_near(const syntax *s, uint32_t first, uint32_t p)
{
    uint32_t near = word_is(s, p, "of") && p > first ? p - 1 : p;
    if (!in_list(s, near, LIST_NEAR) || near == first)
        return 0;
    uint32_t head = near - 1;
    while (head > first && s->chunk_last[head] != near && !is_noun(s, head))
        head--;
    uint32_t start = s->chunk_last[head] != 0 ? s->chunk_first[head] : head;
    bool ends = head + 1 == near && is_noun(s, head);
    return ends && clause_may_begin(s, first, start) ? near : 0;
}

/* How many tokens right before `end` join the phrase there to one on their left: "for" [the
 * ministry], "accompanying" X, "to meet" X. 0: it is joined to none. */
static uint32_t joint_length(const syntax *s, uint32_t first, uint32_t end)
{
    uint32_t p = end - 1;
    if (s->tag[p] == WN_TAG_VB && p > first + 1 && s->tag[p - 1] == WN_TAG_TO)
        return 2;
    return in_list(s, p, LIST_JOIN) || (s->tag[p] == WN_TAG_VBG && s->word[p].verb < 0);
}

/* Is the chunk at `start` what a verb before it acts on: "met [officials] from"? A gerund with a
 * noun before it says more of that noun. */
static bool object_of_verb(const syntax *s, uint32_t first, uint32_t start)
{
    if (start == first)
        return false;
    if (s->tag[start - 1] == WN_TAG_VBG)
        return range_empty(chunk_before(s, first, start - 1));
    return is_verb(s, start - 1);
}

/* Leftward over prepositions: "A spokesperson for" [the ministry]. */
static range join_left(const syntax *s, uint32_t first, range np)
{
    for (int guard = 0; guard < MAX_JOINTS && np.first > first + 1; guard++) {
        uint32_t p = np.first - 1;
        if (mark_is(s, p, ')'))
            break;
        uint32_t near = end_before_near(s, first, p);
        if (near > 0 && s->chunk_last[near - 1] != 0) {
            np.first = s->chunk_first[near - 1];
            break;
        }
        uint32_t joint = joint_length(s, first, np.first);
        range left = joint > 0 ? chunk_before(s, first, np.first - joint) : (range){0, 0};
        if (range_empty(left) || tag_in(s, left.first, TAGS_STAND_IN) ||
            (!word_is(s, p, "of") && object_of_verb(s, first, left.first)))
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
    bool clear = clause_may_begin(s, first, left.first), role = false;
    for (uint32_t i = left.first; i < left.last; i++)
        role |= in_list(s, i, LIST_ROLE);
    return clear && role && s->tag[np.last - 1] == WN_TAG_NNP && s->tag[left.first] == WN_TAG_DT
               ? (range){left.first, np.last}
               : np;
}

/* The comma before the one at `comma`, or that one: none is near. */
static uint32_t comma_before(const syntax *s, uint32_t first, uint32_t comma)
{
    for (uint32_t i = comma; i-- > first && comma - i < 40;)
        if (mark_is(s, i, ','))
            return i;
    return comma;
}

/* "Ann Orr, of Salem, Ore., said": where the phrase starts whose origin is at `start`; else
 * `start`. */
static uint32_t start_before_origin(const syntax *s, uint32_t first, uint32_t start)
{
    if (start <= first + 1 || s->tag[start - 1] != WN_TAG_IN || !mark_is(s, start - 2, ','))
        return start;
    range person = plain_phrase_left(s, first, start - 2);
    return range_empty(person) ? start : person.first;
}

/* "Ann Orr, the mayor of Salem, one of two, said": where the name starts whose apposition is at
 * `start`; else `start`. */
static uint32_t start_before_apposition(const syntax *s, uint32_t first, uint32_t start)
{
    if (start <= first + 1 || !mark_is(s, start - 1, ',') ||
        !tag_in(s, start, 1 << WN_TAG_DT | 1 << WN_TAG_CD))
        return start;
    range name = plain_phrase_left(s, first, start - 1);
    if (range_empty(name) || s->tag[name.last - 1] != WN_TAG_NNP)
        return start;
    return name.first == first || boundary_mark(s, name.first - 1) ? name.first : start;
}

/* Does a chunk that is no pronoun stand at token i? */
static bool noun_chunk(const syntax *s, uint32_t i)
{
    return s->chunk_last[i] != 0 && !tag_in(s, i, TAGS_STAND_IN);
}

/* The verb follows a comma: what lies between it and the comma before is an apposition, or an
 * insertion. */
static range phrase_over_insertion(const syntax *s, uint32_t first, uint32_t comma)
{
    range none = {0, 0};
    if (comma > first && s->a->token[comma - 1].kind == WN_TOKEN_QUOTE)
        return none;
    uint32_t open = comma_before(s, first, comma);
    if (open + 1 >= comma)
        return none;
    range np = plain_phrase_left(s, first, open);
    if (range_empty(np))
        return np;
    np.first = start_before_origin(s, first, np.first);
    bool nominal = noun_chunk(s, open + 1) && !has_finite_verb(s, open + 1, comma);
    return nominal ? (range){start_before_apposition(s, first, np.first), comma} : np;
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

static bool closes_apposition(const syntax *s, uint32_t i)
{
    return mark_is(s, i, ',') || mark_is(s, i, '.') || s->a->token[i].kind == WN_TOKEN_QUOTE;
}

/* ", head of the union," after a name. */
static uint32_t apposition_right(const syntax *s, uint32_t end, uint32_t last)
{
    if (end + 1 >= last || !mark_is(s, end, ',') || !noun_chunk(s, end + 1))
        return end;
    uint32_t i = end + 1;
    bool described = s->tag[i] == WN_TAG_DT;
    for (; i < last && i - end < 25 && !boundary_mark(s, i); i++)
        described |= in_list(s, i, LIST_ROLE) || s->tag[i] == WN_TAG_CD;
    bool whole = described && i < last && closes_apposition(s, i);
    return whole && !has_finite_verb(s, end + 1, i) ? i : end;
}

/* The token after the brackets that open at `open`; `open` when they do not close soon. */
static uint32_t brackets_end(const syntax *s, uint32_t open, uint32_t last)
{
    for (uint32_t i = open; i < last && i - open <= 20; i++)
        if (mark_is(s, i, ')'))
            return i + 1;
    return open;
}

/* Does the word at i join the chunk after it to the phrase before? "in the end" may say when. */
static bool joins_right(const syntax *s, uint32_t i)
{
    if (!in_list(s, i, LIST_JOIN) || word_is(s, i, "to") || !noun_chunk(s, i + 1) ||
        in_list(s, i + 1, LIST_DAY))
        return false;
    return !word_is(s, i, "in") || s->chunk_last[i + 1] - i > 4 || s->tag[i + 1] != WN_TAG_DT;
}

range noun_phrase_right(const syntax *s, uint32_t start, uint32_t last)
{
    if (start >= last || !chunk_starts(s, start))
        return (range){0, 0};
    uint32_t end = s->chunk_last[start];
    if (tag_in(s, start, TAGS_STAND_IN))
        return (range){start, end};
    for (int guard = 0; guard < MAX_JOINTS && end + 1 < last; guard++) {
        uint32_t from = end;
        if (mark_is(s, from, '('))
            end = brackets_end(s, from, last);
        else if (joins_right(s, from))
            end = s->chunk_last[from + 1];
        if (end == from)
            break;
    }
    return (range){start, apposition_right(s, end, last)};
}
