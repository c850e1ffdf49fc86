/* content.c: the edges of contents. */
#include "claims/content.h"

enum { MAX_LEAD = 14 }; /* tokens between a cue and its content */

static bool finite_verb(const syntax *s, uint32_t i)
{
    return tag_in(s, i, TAGS_FINITE);
}

static bool quote_opens(const syntax *s, uint32_t i)
{
    return s->a->token[i].kind == WN_TOKEN_QUOTE && s->quotation[i] >= 0 &&
           s->quoted[s->quotation[i]].first == i;
}

range content_trim(const syntax *s, range r)
{
    while (r.first < r.last && (mark_is(s, r.last - 1, '.') || mark_is(s, r.last - 1, ',') ||
                                mark_is(s, r.last - 1, ';') || mark_is(s, r.last - 1, ':') ||
                                mark_is(s, r.last - 1, '-')))
        r.last--;
    while (r.first < r.last && (mark_is(s, r.first, ',') || mark_is(s, r.first, ':')))
        r.first++;
    return r;
}

/* The end of the clause around the group that opens the sentence: "As he said that ..., they
 * left". */
static uint32_t subordinate_end(const syntax *s, size_t group, uint32_t first, uint32_t last)
{
    const verb_group *g = &s->group[group];
    if (!in_list(s, first, LIST_SUBORDINATE) || quote_opens(s, first))
        return last;
    for (uint32_t i = first; i < g->main; i++)
        if (mark_is(s, i, ','))
            return last;
    for (uint32_t i = g->last; i + 1 < last; i++)
        if (mark_is(s, i, ',') && s->quotation[i] < 0 && s->chunk_last[i + 1] != 0)
            return i;
    return last;
}

/* ", adding that ...": a new part of what the same source says; but in "he said they left, citing
 * illness" it is they who cite. */
static bool goes_on_speaking(const syntax *s, size_t group, uint32_t verb)
{
    const cue *c = lexicon_cue(s->lexicon, s->word[verb].verb);
    if (c == NULL || group >= s->n_groups || (c->frames & FRAME_LEFT) != 0)
        return c != NULL;
    /* the first group that means `verb` or what comes after it */
    size_t low = group + 1, high = s->n_groups;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->group[mid].main < verb)
            low = mid + 1;
        else
            high = mid;
    }
    return low == s->n_groups || s->group[low].main != verb ||
           s->group[low].subject.first == s->group[group].subject.first;
}

static bool closes_clause(const syntax *s, size_t group, uint32_t i, uint32_t last)
{
    if (mark_is(s, i, ';'))
        return true;
    if (!mark_is(s, i, ',') || i + 2 >= last)
        return false;
    if (s->tag[i + 1] == WN_TAG_VBG && goes_on_speaking(s, group, i + 1))
        return true;
    if (word_is(s, i + 1, "according") && word_is(s, i + 2, "to"))
        return true;
    return group < s->n_groups && s->group[group].relative &&
           (finite_verb(s, i + 1) || (s->tag[i + 1] == WN_TAG_RB && finite_verb(s, i + 2)));
}

/* Where the next verb that shares the cue's subject begins its part: "sees ... [and] has vowed". */
static uint32_t coordination(const syntax *s, size_t group, uint32_t last)
{
    if (group >= s->n_groups)
        return last;
    for (size_t k = group + 1; k < s->n_groups && k < group + 8; k++) {
        const verb_group *h = &s->group[k];
        if (!h->finite)
            continue;
        const verb_group *g = &s->group[group];
        if (!h->shares_subject || h->subject.first != g->subject.first || h->first == 0)
            continue;
        uint32_t end = h->first - 1;
        return end > 0 && mark_is(s, end - 1, ',') ? end - 1 : end;
    }
    return last;
}

/* "..., and the union stepped in": a new clause after content that is none. */
static bool new_clause(const syntax *s, uint32_t i, uint32_t last)
{
    uint32_t np = i + 1;
    bool comma = mark_is(s, i, ',');
    if (!comma && s->tag[i] != WN_TAG_CC)
        return false;
    np += comma && np < last && s->tag[np] == WN_TAG_CC;
    if (np >= last || s->chunk_last[np] == 0 || s->chunk_first[np] != np || s->tag[np] == WN_TAG_WH)
        return false;
    range phrase = noun_phrase_right(s, np, last);
    return phrase.last < last && finite_verb(s, phrase.last);
}

static bool dash(const syntax *s, uint32_t i)
{
    const wn_token *t = &s->a->token[i];
    return t->kind == WN_TOKEN_PUNCT &&
           ((t->end - t->start >= 2 && s->text[t->start] == '-') ||
            (t->end - t->start == 3 && (uint8_t)s->text[t->start] == 0xE2 &&
             (uint8_t)s->text[t->start + 2] != 0xA6));
}

/* Is it a noun phrase with no finite verb of its own? */
static bool phrase_first(const syntax *s, uint32_t start, uint32_t last)
{
    if (s->chunk_last[start] == 0 || s->chunk_first[start] != start)
        return false;
    uint32_t k = noun_phrase_right(s, start, last).last;
    while (k < last && s->tag[k] == WN_TAG_RB)
        k++;
    if (k + 1 < last && word_is(s, k, "and") && s->chunk_last[k + 1] != 0 &&
        s->chunk_first[k + 1] == k + 1) {
        /* "he and his crew would come" */
        uint32_t second = noun_phrase_right(s, k + 1, last).last;
        if (second < last && finite_verb(s, second))
            return false;
    }
    return k < last && !finite_verb(s, k) &&
           !(mark_is(s, k, ',') && k + 1 < last && s->tag[k + 1] == WN_TAG_WH);
}

range content_until(const syntax *s, size_t group, uint32_t start, uint32_t first, uint32_t last)
{
    uint32_t end = last, at = start;
    bool after_dash = false;
    if (group < s->n_groups) {
        at = s->group[group].main;
        uint32_t sub = subordinate_end(s, group, first, last), co = coordination(s, group, last);
        end = sub > start && sub < end ? sub : end;
        end = co > start && co < end ? co : end;
        for (uint32_t i = first; i < at; i++)
            after_dash ^= dash(s, i);
    }
    bool clause = s->tag[start] != WN_TAG_TO && has_finite_verb(s, start, end) &&
                  !phrase_first(s, start, end);
    int32_t around = at < last ? s->quotation[at] : -1;
    int depth = 0;
    for (uint32_t i = start; i < end; i++) {
        if (around >= 0 && i + 1 >= s->quoted[around].last) {
            end = i;
            break;
        }
        if (s->quotation[i] != around)
            continue;
        depth += mark_is(s, i, '(') - mark_is(s, i, ')');
        if (depth < 0 || (after_dash && dash(s, i)) ||
            (i > start && closes_clause(s, group, i, end)) ||
            (!clause && i > start && new_clause(s, i, end))) {
            end = i;
            break;
        }
    }
    if (end == last && last > start) { /* a quotation that goes on past the sentence */
        int32_t q = s->quotation[last - 1];
        while (q >= 0 && s->a->quotation[q].parent >= 0)
            q = s->a->quotation[q].parent;
        if (q >= 0 && s->quoted[q].first >= start && s->quoted[q].last > end)
            end = s->quoted[q].last;
    }
    return content_trim(s, (range){start, end});
}

/* Does a clause without "that" start here: a noun phrase, then a finite verb? */
static bool clause_starts(const syntax *s, const cue *c, uint32_t i, uint32_t last)
{
    if (s->chunk_last[i] == 0 || s->chunk_first[i] != i)
        return false;
    if (word_is(s, i, "us") || word_is(s, i, "me") || word_is(s, i, "him") || word_is(s, i, "them"))
        return false;
    range np = noun_phrase_right(s, i, last);
    uint32_t k = np.last;
    while (k < last && (s->tag[k] == WN_TAG_RB || mark_is(s, k, ',') || quote_opens(s, k)))
        k++;
    if (k < last && finite_verb(s, k))
        return true;
    /* often a past tense mistagged */
    bool verb = k < last && s->tag[k] == WN_TAG_VBN && (c->frames & FRAME_LEFT) != 0;
    return (c->frames & FRAME_NOUN) == 0 && (verb || has_finite_verb(s, k, last));
}

/* Does the content start at token i, with the cue's frames? */
static bool content_starts(const syntax *s, size_t group, const cue *c, uint32_t i, uint32_t last,
                           bool adjacent)
{
    uint32_t f = c->frames;
    if (quote_opens(s, i))
        return (f & (FRAME_QUOTE | FRAME_CLAUSE | FRAME_AS)) != 0;
    if (mark_is(s, i, ':'))
        return (f & FRAME_QUOTE) != 0 && i + 1 < last;
    if (word_is(s, i, "that") && (f & FRAME_CLAUSE) != 0)
        return i + 1 < last;
    if (s->tag[i] == WN_TAG_WH || word_is(s, i, "whether") || word_is(s, i, "if"))
        return ((f & FRAME_QUESTION) != 0 || ((f & FRAME_CLAUSE) != 0 && word_is(s, i, "what"))) &&
               i + 1 < last;
    if (s->tag[i] == WN_TAG_TO)
        return (f & FRAME_INFINITIVE) != 0 && i + 1 < last &&
               (is_verb(s, i + 1) || s->tag[i + 1] == WN_TAG_RB);
    if ((f & FRAME_GERUND) != 0 && adjacent && s->tag[i] == WN_TAG_VBG)
        return true;
    if ((f & FRAME_CLAUSE) != 0 && clause_starts(s, c, i, last))
        return true;
    if ((f & FRAME_CLAUSE) != 0 && (f & FRAME_NOUN) == 0 && s->tag[i] == WN_TAG_IN &&
        in_list(s, i, LIST_SUBORDINATE) && !word_is(s, i, "as") && !word_is(s, i, "after") &&
        !word_is(s, i, "before"))
        return has_finite_verb(s, i + 1, last);
    const verb_group *g = &s->group[group];
    /* "a step they warned would be" */
    if (adjacent && finite_verb(s, i) && (f & FRAME_CLAUSE) != 0 && g->subject.first > 0)
        return s->chunk_last[g->subject.first - 1] != 0 &&
               s->tag[g->subject.first - 1] != WN_TAG_PUNCT;
    return false;
}

/* "sees A as B", "called it a mistake": an object with what is said of it. */
static bool object_with_as(const syntax *s, const cue *c, uint32_t i, uint32_t last)
{
    if ((c->frames & FRAME_AS) == 0 || s->chunk_last[i] == 0 || s->chunk_first[i] != i)
        return false;
    range np = noun_phrase_right(s, i, last);
    uint32_t k = np.last;
    for (uint32_t n = 0; k < last && n < 20; k++, n++) {
        if (word_is(s, k, "as") || (quote_opens(s, k) && (c->frames & FRAME_QUOTE) != 0))
            return true;
        if (s->tag[k] == WN_TAG_PUNCT && s->a->token[k].kind != WN_TOKEN_QUOTE)
            break;
    }
    if (np.last < last && (c->frames & FRAME_QUOTE) != 0)
        return quote_opens(s, np.last) || (s->chunk_last[np.last] != 0) ||
               s->tag[np.last] == WN_TAG_JJ;
    return false;
}

static uint32_t skip_lead(const syntax *s, const cue *c, uint32_t i, uint32_t last,
                          bool *ret_addressed, range *ret_addressee)
{
    if (in_list(s, i, LIST_DAY) || (s->tag[i] == WN_TAG_RB && !word_is(s, i, "n't")))
        return i + 1;
    bool joins = s->tag[i] == WN_TAG_IN || s->tag[i] == WN_TAG_TO;
    if (joins && i + 1 < last && s->chunk_last[i + 1] != 0 && s->chunk_first[i + 1] == i + 1)
        return noun_phrase_right(s, i + 1, last).last;
    if ((c->frames & FRAME_ADDRESSEE) != 0 && !*ret_addressed && s->chunk_last[i] != 0 &&
        s->chunk_first[i] == i) {
        *ret_addressed = true;
        *ret_addressee = (range){i, s->chunk_last[i]};
        return s->chunk_last[i];
    }
    if (mark_is(s, i, ',') && i + 1 < last && quote_opens(s, i + 1))
        return i + 1;
    return i;
}

/* "told [reporters] that", "told [the news agency on Monday] it would" */
static bool addressed_at(const syntax *s, uint32_t i, uint32_t last, uint32_t *ret_that)
{
    *ret_that = 0;
    if (s->chunk_last[i] == 0 || s->chunk_first[i] != i || s->tag[i] == WN_TAG_WH)
        return false;
    uint32_t k = s->chunk_last[i];
    /* "told [him] [she] had" */
    bool beside = k < last && s->chunk_last[k] != 0 && s->chunk_first[k] == k;
    for (; k < last && k - i < 14 && !finite_verb(s, k); k++)
        if (word_is(s, k, "that")) {
            *ret_that = k;
            return true;
        }
    return beside;
}

range content_right(const syntax *s, size_t group, const cue *c, uint32_t from, uint32_t first,
                    uint32_t last, range *ret_addressee)
{
    range none = {0, 0};
    bool addressed = false;
    *ret_addressee = none;
    if (from >= last)
        return none;
    if (object_with_as(s, c, from, last))
        return content_until(s, group, from, first, last);
    for (uint32_t i = from; i < last && i - from < MAX_LEAD;) {
        uint32_t that = 0;
        bool person = (c->frames & FRAME_ADDRESSEE) != 0 && !addressed && i == from &&
                      addressed_at(s, i, last, &that);
        if (person && that > i) {
            *ret_addressee = (range){i, that};
            return content_until(s, group, that, first, last);
        }
        bool day = in_list(s, i, LIST_DAY) && i + 1 < last && !finite_verb(s, i + 1);
        if (!person && !day && content_starts(s, group, c, i, last, i == from)) {
            /* "warned them to stop" */
            bool object = s->tag[i] == WN_TAG_TO && ret_addressee->last == i;
            return content_until(s, group, object ? ret_addressee->first : i, first, last);
        }
        uint32_t next = skip_lead(s, c, i, last, &addressed, ret_addressee);
        if (next == i)
            break;
        i = next;
    }
    *ret_addressee = none;
    bool object = (c->frames & FRAME_NOUN) != 0 && s->chunk_last[from] != 0 &&
                  s->chunk_first[from] == from && s->tag[from] != WN_TAG_WH &&
                  !in_list(s, from, LIST_DAY);
    if (object)
        return content_until(s, group, from, first, last);
    if ((c->frames & FRAME_PREPOSITION) != 0 && from + 1 < last &&
        (s->tag[from] == WN_TAG_IN || s->tag[from] == WN_TAG_TO) &&
        (word_is(s, from, "about") || word_is(s, from, "against") || word_is(s, from, "of") ||
         word_is(s, from, "for")))
        return content_until(s, group, from, first, last);
    return none;
}
