/* mentions.c: the walk over the noun chunks that finds mentions. */
#include "claims/entity/entity_internal.h"
#include "common/grow.h"

static bool add(entity_set *e, mention m)
{
    mention *all = grown(e->mention, &e->cap_mentions, e->n_mentions, sizeof *all);
    if (all == NULL)
        return false;
    e->mention = all;
    m.entity = NO_ENTITY;
    m.source = NO_CLAIM;
    e->mention[e->n_mentions++] = m;
    return true;
}

/* The first token after `end` that is no adverb. */
static uint32_t over_adverbs(const syntax *s, uint32_t end)
{
    uint32_t i = end;
    while (i < s->a->n_tokens && i < end + 3 && s->tag[i] == WN_TAG_RB)
        i++;
    return i;
}

/* Of the phrase that is tokens np: before its verb or, after a quotation, behind it. */
static uint8_t place_of(const syntax *s, range np)
{
    uint32_t next = over_adverbs(s, np.last), n = (uint32_t)s->a->n_tokens;
    if (np.last < n && is_owner_mark(s, np.last))
        return PLACE_OWNER;
    bool after_to = np.first > 0 && tag_in(s, np.first - 1, TAGS_TO);
    if (next < n && tag_in(s, next, TAGS_FINITE) && !after_to)
        return PLACE_SUBJECT;
    if (np.first == 0 || (s->a->token[np.first].flags & WN_TOKEN_SENTENCE_START) != 0)
        return PLACE_SUBJECT;
    if (after_to)
        return PLACE_AFTER_PREPOSITION;
    bool inverted = np.first > 1 && s->word[np.first - 1].verb >= 0 &&
                    s->a->token[np.first - 2].kind == WN_TOKEN_QUOTE;
    if (inverted)
        return PLACE_SUBJECT;
    return is_verb(s, np.first - 1) ? PLACE_OBJECT : PLACE_OTHER;
}

static uint8_t pronoun_number(const syntax *s, uint32_t i)
{
    if (noun_gender(s, i) != GENDER_UNKNOWN || word_among(s, i, "it its itself i me my"))
        return NUMBER_SINGULAR;
    return word_among(s, i, "they them their themselves we us our") ? NUMBER_PLURAL
                                                                    : NUMBER_UNKNOWN;
}

static bool add_pronoun(const syntax *s, entity_set *e, uint32_t i, uint32_t paragraph)
{
    range span = {i, i + 1};
    bool owner = s->tag[i] == WN_TAG_PRPS;
    return add(e, (mention){.span = span,
                            .head = i,
                            .paragraph = paragraph,
                            .form = FORM_PRONOUN,
                            .gender = noun_gender(s, i),
                            .number = pronoun_number(s, i),
                            .place = owner ? PLACE_OWNER : place_of(s, span)});
}

/* A name that is none: days and months. */
static bool time_word(const syntax *s, uint32_t i)
{
    return in_lists(s, i, LIST_BIT(LIST_DAY) | LIST_BIT(LIST_MONTH));
}

/* In "Salem officials": names before the phrase's head. */
static bool add_modifiers(const syntax *s, entity_set *e, range np, uint32_t paragraph)
{
    for (uint32_t i = np.first; i + 1 < np.last; i++) {
        if (s->tag[i] != WN_TAG_NNP || is_person_noun(s, i) || time_word(s, i))
            continue;
        range name = {i, i + 1}, titles = {0, 0};
        while (name.last + 1 < np.last && s->tag[name.last] == WN_TAG_NNP &&
               !is_person_noun(s, name.last))
            name.last++;
        mention m = {.span = name,
                     .name = name,
                     .head = name.last - 1,
                     .paragraph = paragraph,
                     .kind = name_kind(s, name, name, titles),
                     .number = NUMBER_SINGULAR,
                     .modifier = true};
        if (!add(e, m))
            return false;
        i = name.last - 1;
    }
    return true;
}

static uint8_t titles_gender(const syntax *s, range titles)
{
    for (uint32_t i = titles.first; i < titles.last; i++)
        if (noun_gender(s, i) != GENDER_UNKNOWN)
            return noun_gender(s, i);
    return GENDER_UNKNOWN;
}

static bool add_name(const syntax *s, entity_set *e, range np, range name, range titles,
                     uint32_t paragraph)
{
    mention m = {.span = {np.first, name.last},
                 .name = name,
                 .head = name.last - 1,
                 .paragraph = paragraph,
                 .form = FORM_NAME,
                 .number = NUMBER_SINGULAR,
                 .definite = s->tag[np.first] == WN_TAG_DT};
    m.kind = name_kind(s, np, name, titles);
    m.gender = titles_gender(s, titles);
    if (m.gender == GENDER_UNKNOWN && name.last - name.first >= 2)
        m.gender = first_name_gender(s, name.first);
    if (m.kind != ENTITY_BODY && m.kind != ENTITY_PERSON && name.last - name.first == 1 &&
        is_plural_noun(s, m.head) && !in_list(s, m.head, LIST_PLACE))
        m.number = m.definite ? NUMBER_PLURAL : NUMBER_UNKNOWN; /* "the Greens" */
    m.place = place_of(s, m.span);
    return add(e, m);
}

/* A capital word of the phrase tells it from others of its kind: "the Chinese embassy". */
static bool told_apart(const syntax *s, range np)
{
    for (uint32_t i = np.first; i + 1 < np.last; i++)
        if (is_capital(s, i) && tag_in(s, i, 1 << WN_TAG_NNP | 1 << WN_TAG_JJ) &&
            !(s->a->token[i].flags & WN_TOKEN_SENTENCE_START) && !time_word(s, i))
            return true;
    return false;
}

static range without_determiner(const syntax *s, range np)
{
    while (np.first + 1 < np.last && tag_in(s, np.first, 1 << WN_TAG_DT | 1 << WN_TAG_PRPS))
        np.first++;
    return np;
}

/* "Norland's government": the body has the name of its owner, too. */
static range with_owner(const syntax *s, range np)
{
    uint32_t mark = np.first - 1;
    if (np.first < 2 || !is_owner_mark(s, mark) || s->tag[mark - 1] != WN_TAG_NNP ||
        time_word(s, mark - 1))
        return np;
    uint32_t first = mark - 1;
    while (first > s->chunk_first[mark - 1] && s->tag[first - 1] == WN_TAG_NNP)
        first--;
    return (range){first, np.last};
}

static bool add_noun(const syntax *s, entity_set *e, range np, uint32_t paragraph)
{
    uint32_t head = np.last - 1;
    bool body = is_body_noun(s, head), plural = is_plural_noun(s, head);
    range whole = body && !plural ? with_owner(s, np) : np;
    bool named = whole.first < np.first || told_apart(s, np);
    bool owned = s->tag[np.first] == WN_TAG_PRPS || whole.first < np.first;
    mention m = {.span = np,
                 .name = without_determiner(s, np),
                 .head = head,
                 .paragraph = paragraph,
                 .form = FORM_NOUN,
                 .kind = body ? ENTITY_BODY : ENTITY_ROLE,
                 .gender = noun_gender(s, head),
                 .number = plural ? NUMBER_PLURAL : NUMBER_SINGULAR,
                 .place = place_of(s, np),
                 .definite = word_among(s, np.first, "the that this these those") || owned};
    if (body && !plural && named && !in_list(s, head, LIST_WRITING)) {
        m.form = FORM_NAME;
        m.name = whole.first < np.first ? whole : m.name;
    }
    return add(e, m);
}

/* Where the proper nouns that end the phrase start. */
static uint32_t name_start(const syntax *s, range np)
{
    uint32_t i = np.last;
    while (i > np.first && (s->tag[i - 1] == WN_TAG_NNP ||
                            (i < np.last && i - 1 > np.first && in_list(s, i - 1, LIST_PARTICLE) &&
                             s->tag[i - 2] == WN_TAG_NNP)))
        i--;
    return i;
}

/* Where a name's mention starts: not with the lead-in of "In the summer Ann Orr said", "Voters Move
 * Against Ann Orr". */
static uint32_t mention_start(const syntax *s, range np, range name, range titles)
{
    uint32_t start = range_empty(titles) ? name.first : titles.first;
    bool behind = start > np.first && in_list(s, start - 1, LIST_PREPOSITION);
    return behind || leads_in(s, (range){np.first, name.last}) ? start : np.first;
}

/* A noun phrase without owner: "president Ann Orr" of "Salem's president Ann Orr". */
static bool add_phrase(const syntax *s, entity_set *e, range np, uint32_t paragraph)
{
    uint32_t head = np.last - 1;
    if (tag_in(s, np.first, 1 << WN_TAG_PRPS) && !add_pronoun(s, e, np.first, paragraph))
        return false;
    range titles, name = {0, 0};
    if (s->tag[head] == WN_TAG_NNP && !time_word(s, head) && name_start(s, np) < np.last)
        name = name_of(s, np, &titles);
    if (!range_empty(name)) {
        np.first = mention_start(s, np, name, titles);
        return add_modifiers(s, e, (range){np.first, name.first}, paragraph) &&
               add_name(s, e, np, name, titles, paragraph);
    }
    return add_modifiers(s, e, np, paragraph) &&
           ((!is_person_noun(s, head) && !is_body_noun(s, head)) || add_noun(s, e, np, paragraph));
}

/* Does another phrase begin at token i: behind an owner, or where a source has ended, as a verb
 * behind it may be taken for a noun? */
static bool parts(const syntax *s, const entity_set *e, uint32_t i)
{
    return e->cut[i] != 0 || is_owner_mark(s, i);
}

/* A chunk of one phrase or more. */
static bool add_chunk(const syntax *s, entity_set *e, range chunk, uint32_t paragraph)
{
    if (tag_in(s, chunk.first, 1 << WN_TAG_PRP))
        return add_pronoun(s, e, chunk.first, paragraph);
    if (tag_in(s, chunk.first, 1 << WN_TAG_WH))
        return !word_among(s, chunk.first, "who whom whose which that") ||
               add_pronoun(s, e, chunk.first, paragraph);
    for (uint32_t i = chunk.first, from = i; i <= chunk.last; i++) {
        if (i < chunk.last && !parts(s, e, i))
            continue;
        if (i > from && !add_phrase(s, e, (range){from, i}, paragraph))
            return false;
        from = i < chunk.last && is_owner_mark(s, i) ? i + 1 : i;
    }
    return true;
}

/* Mark where the sources of claims start and end. */
static bool cut_at_sources(const syntax *s, const claim_list *claims, entity_set *e)
{
    size_t n = s->a->n_tokens + 1;
    uint8_t *cut = grown_to(e->cut, &e->cap_cut, n, sizeof *cut);
    if (cut == NULL)
        return false;
    e->cut = cut;
    memset(cut, 0, n);
    for (size_t i = 0; i < claims->n; i++)
        if (!range_empty(claims->item[i].source))
            cut[claims->item[i].source.last] = 1;
    return true;
}

bool mentions_collect(const syntax *s, const claim_list *claims, entity_set *e)
{
    const wn_analysis *a = s->a;
    uint32_t paragraph = 0;
    if (!cut_at_sources(s, claims, e))
        return false;
    for (uint32_t i = 0; i < a->n_tokens;) {
        while (paragraph + 1 < a->n_paragraphs && a->paragraph[paragraph].end <= a->token[i].start)
            paragraph++;
        range chunk = {i, s->chunk_last[i]};
        if (chunk.last <= i) {
            if (tag_in(s, i, 1 << WN_TAG_PRPS | 1 << WN_TAG_WH) &&
                !add_chunk(s, e, (range){i, i + 1}, paragraph))
                return false;
            i++;
            continue;
        }
        if (!wn_beat(s->pulse) || !add_chunk(s, e, chunk, paragraph))
            return false;
        /* a name may go on behind its chunk */
        uint32_t end = e->n_mentions > 0 ? e->mention[e->n_mentions - 1].span.last : 0;
        i = end > chunk.last ? end : chunk.last;
    }
    return true;
}
