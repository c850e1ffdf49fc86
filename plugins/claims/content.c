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
    if (np >= last || !chunk_starts(s, np) || s->tag[np] == WN_TAG_WH)
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
    if (!chunk_starts(s, start))
        return false;
    uint32_t k = noun_phrase_right(s, start, last).last;
    while (k < last && s->tag[k] == WN_TAG_RB)
        k++;
    if (k + 1 < last && word_is(s, k, "and") && chunk_starts(s, k + 1)) {
        /* "he and his crew would come" */
        uint32_t second = noun_phrase_right(s, k + 1, last).last;
        if (second < last && finite_verb(s, second))
            return false;
    }
    return k < last && !finite_verb(s, k) &&
           !(mark_is(s, k, ',') && k + 1 < last && s->tag[k + 1] == WN_TAG_WH);
}

/* The content ends before `other`, too, if that is a place within it. */
static uint32_t nearer_end(uint32_t start, uint32_t end, uint32_t other)
{
    return other > start && other < end ? other : end;
}

/* Is a dash open at `end`, of those since `first`? */
static bool within_dashes(const syntax *s, uint32_t first, uint32_t end)
{
    bool open = false;
    for (uint32_t i = first; i < end; i++)
        open ^= dash(s, i);
    return open;
}

/* A content whose end is looked for. */
typedef struct extent {
    size_t group;
    uint32_t start, end; /* not after `end` */
    bool clause;         /* with a verb of its own */
    bool within_dashes;  /* with its cue: "the plan -- he says it is late -- will" */
    int32_t around;      /* the quotation that holds the cue, -1: none */
} extent;

static bool ends_at(const syntax *s, const extent *e, uint32_t i)
{
    if (e->within_dashes && dash(s, i))
        return true;
    if (i == e->start)
        return false;
    return closes_clause(s, e->group, i, e->end) || (!e->clause && new_clause(s, i, e->end));
}

/* The end of the clause or phrase. What is quoted within it counts for nothing. */
static uint32_t extent_end(const syntax *s, const extent *e)
{
    int depth = 0;
    for (uint32_t i = e->start; i < e->end; i++) {
        if (e->around >= 0 && i + 1 >= s->quoted[e->around].last)
            return i;
        if (s->quotation[i] != e->around)
            continue;
        depth += mark_is(s, i, '(') - mark_is(s, i, ')');
        if (depth < 0 || ends_at(s, e, i))
            return i;
    }
    return e->end;
}

/* The end of a quotation that starts within [start, last) and goes on past that sentence; else
 * `last`. */
static uint32_t quotation_past(const syntax *s, uint32_t start, uint32_t last)
{
    if (last <= start)
        return last;
    int32_t q = s->quotation[last - 1];
    while (q >= 0 && s->a->quotation[q].parent >= 0)
        q = s->a->quotation[q].parent;
    return q >= 0 && s->quoted[q].first >= start && s->quoted[q].last > last ? s->quoted[q].last
                                                                             : last;
}

range content_until(const syntax *s, size_t group, uint32_t start, uint32_t first, uint32_t last)
{
    extent e = {.group = group, .start = start, .end = last, .around = -1};
    uint32_t at = start;
    if (group < s->n_groups) {
        at = s->group[group].main;
        uint32_t sub = subordinate_end(s, group, first, last), co = coordination(s, group, last);
        e.end = nearer_end(start, nearer_end(start, last, sub), co);
        e.within_dashes = within_dashes(s, first, at);
    }
    e.clause = s->tag[start] != WN_TAG_TO && has_finite_verb(s, start, e.end) &&
               !phrase_first(s, start, e.end);
    if (at < last)
        e.around = s->quotation[at];
    uint32_t end = extent_end(s, &e);
    return content_trim(s, (range){start, end == last ? quotation_past(s, start, last) : end});
}

/* "said [“] ...", "said [, now,] ...": the token after adverbs and marks that part a clause. */
static uint32_t past_insertions(const syntax *s, uint32_t i, uint32_t last)
{
    while (i < last && (s->tag[i] == WN_TAG_RB || mark_is(s, i, ',') || quote_opens(s, i)))
        i++;
    return i;
}

/* Does a clause without "that" start here: a noun phrase, then a finite verb? */
static bool clause_starts(const syntax *s, const cue *c, uint32_t i, uint32_t last)
{
    if (!chunk_starts(s, i) || object_pronoun(s, i))
        return false;
    uint32_t k = past_insertions(s, noun_phrase_right(s, i, last).last, last);
    if (k < last && finite_verb(s, k))
        return true;
    /* often a past tense mistagged */
    bool verb = k < last && s->tag[k] == WN_TAG_VBN && (c->frames & FRAME_LEFT) != 0;
    return (c->frames & FRAME_NOUN) == 0 && (verb || has_finite_verb(s, k, last));
}

/* "said although it rains they will": not "said as", which goes with the cue. */
static bool subordinate_starts(const syntax *s, const cue *c, uint32_t i, uint32_t last)
{
    return (c->frames & FRAME_NOUN) == 0 && s->tag[i] == WN_TAG_IN &&
           in_list(s, i, LIST_SUBORDINATE) && !word_among(s, i, "as after before") &&
           has_finite_verb(s, i + 1, last);
}

/* "a step they warned would be": the clause's subject stands before the cue. */
static bool subject_before(const syntax *s, const verb_group *g, uint32_t i)
{
    uint32_t subject = g->subject.first;
    return finite_verb(s, i) && subject > 0 && s->chunk_last[subject - 1] != 0 &&
           s->tag[subject - 1] != WN_TAG_PUNCT;
}

static bool question_word(const syntax *s, uint32_t i)
{
    return s->tag[i] == WN_TAG_WH || word_among(s, i, "whether if");
}

/* "asked who will pay"; where a clause may follow, also "said what it cost". */
static bool question_starts(const syntax *s, const cue *c, uint32_t i, uint32_t last)
{
    bool asks = (c->frames & FRAME_QUESTION) != 0 ||
                ((c->frames & FRAME_CLAUSE) != 0 && word_is(s, i, "what"));
    return asks && i + 1 < last;
}

static bool infinitive_starts(const syntax *s, const cue *c, uint32_t i, uint32_t last)
{
    return (c->frames & FRAME_INFINITIVE) != 0 && i + 1 < last &&
           (is_verb(s, i + 1) || s->tag[i + 1] == WN_TAG_RB);
}

/* Does the content start at token i, with the cue's frames? adjacent: right after the cue. */
static bool content_starts(const syntax *s, size_t group, const cue *c, uint32_t i, uint32_t last,
                           bool adjacent)
{
    bool clause = (c->frames & FRAME_CLAUSE) != 0;
    if (quote_opens(s, i))
        return (c->frames & (FRAME_QUOTE | FRAME_CLAUSE | FRAME_AS)) != 0;
    if (mark_is(s, i, ':'))
        return (c->frames & FRAME_QUOTE) != 0 && i + 1 < last;
    if (clause && word_is(s, i, "that"))
        return i + 1 < last;
    if (question_word(s, i))
        return question_starts(s, c, i, last);
    if (s->tag[i] == WN_TAG_TO)
        return infinitive_starts(s, c, i, last);
    if (adjacent && s->tag[i] == WN_TAG_VBG && (c->frames & FRAME_GERUND) != 0)
        return true;
    return clause && (clause_starts(s, c, i, last) || subordinate_starts(s, c, i, last) ||
                      (adjacent && subject_before(s, &s->group[group], i)));
}

/* "sees A as B", "called it a mistake": an object with what is said of it. */
static bool object_with_as(const syntax *s, const cue *c, uint32_t i, uint32_t last)
{
    if ((c->frames & FRAME_AS) == 0 || !chunk_starts(s, i))
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

/* The token after the adverb, day, prepositional phrase or person addressed at i; i: none. Only the
 * first person is the addressee. */
static uint32_t skip_lead(const syntax *s, const cue *c, uint32_t i, uint32_t last,
                          range *addressee)
{
    if (in_list(s, i, LIST_DAY) || (s->tag[i] == WN_TAG_RB && !word_is(s, i, "n't")))
        return i + 1;
    if (tag_in(s, i, TAGS_TO) && i + 1 < last && chunk_starts(s, i + 1))
        return noun_phrase_right(s, i + 1, last).last;
    if ((c->frames & FRAME_ADDRESSEE) != 0 && range_empty(*addressee) && chunk_starts(s, i)) {
        *addressee = (range){i, s->chunk_last[i]};
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
    if (!chunk_starts(s, i) || s->tag[i] == WN_TAG_WH)
        return false;
    uint32_t k = s->chunk_last[i];
    /* "told [him] [she] had" */
    bool beside = k < last && chunk_starts(s, k);
    for (; k < last && k - i < 14 && !finite_verb(s, k); k++)
        if (word_is(s, k, "that")) {
            *ret_that = k;
            return true;
        }
    return beside;
}

/* Where the content starts, after whom and when the cue was for; `last`: nowhere. */
static uint32_t start_after_lead(const syntax *s, size_t group, const cue *c, uint32_t from,
                                 uint32_t last, range *ret_addressee)
{
    for (uint32_t i = from; i < last && i - from < MAX_LEAD;) {
        uint32_t that = 0;
        bool person =
            i == from && (c->frames & FRAME_ADDRESSEE) != 0 && addressed_at(s, i, last, &that);
        if (person && that > i) {
            *ret_addressee = (range){i, that};
            return that;
        }
        bool day = in_list(s, i, LIST_DAY) && i + 1 < last && !finite_verb(s, i + 1);
        if (!person && !day && content_starts(s, group, c, i, last, i == from)) {
            /* "warned them to stop" */
            bool object = s->tag[i] == WN_TAG_TO && ret_addressee->last == i;
            return object ? ret_addressee->first : i;
        }
        uint32_t next = skip_lead(s, c, i, last, ret_addressee);
        if (next == i)
            break;
        i = next;
    }
    return last;
}

/* "denied [the report]", "warned [of delays]": a content without a verb. */
static bool phrase_is_content(const syntax *s, const cue *c, uint32_t from, uint32_t last)
{
    if ((c->frames & FRAME_NOUN) != 0 && chunk_starts(s, from) && s->tag[from] != WN_TAG_WH &&
        !in_list(s, from, LIST_DAY))
        return true;
    return (c->frames & FRAME_PREPOSITION) != 0 && from + 1 < last && tag_in(s, from, TAGS_TO) &&
           word_among(s, from, "about against of for");
}

range content_right(const syntax *s, size_t group, const cue *c, uint32_t from, uint32_t first,
                    uint32_t last, range *ret_addressee)
{
    range none = {0, 0};
    *ret_addressee = none;
    if (from >= last)
        return none;
    if (object_with_as(s, c, from, last))
        return content_until(s, group, from, first, last);
    uint32_t start = start_after_lead(s, group, c, from, last, ret_addressee);
    if (start < last)
        return content_until(s, group, start, first, last);
    *ret_addressee = none;
    return phrase_is_content(s, c, from, last) ? content_until(s, group, from, first, last) : none;
}
