/* names.c: where in a phrase the name is, what it is the name of, and which names are one. */
#include "claims/entity/entity_internal.h"
#include "common/grow.h"
#include <string.h>

enum { MAX_NAME = 12 }; /* words: beyond them a run of capitals is no name */

static bool name_word(const syntax *s, uint32_t i)
{
    return s->tag[i] == WN_TAG_NNP;
}

/* Do the particles up to token i follow a name: "Ludwig van der"? */
static bool particles_of_name(const syntax *s, uint32_t first, uint32_t i)
{
    uint32_t k = i;
    while (k > first && in_list(s, k, LIST_PARTICLE) && i - k < 3)
        k--;
    return k < i && name_word(s, k);
}

/* The run of names that ends np, over particles; in a body's name other words may be capital, too:
 * "British Lung Alliance". */
static range name_run(const syntax *s, range np)
{
    enum { OTHERS = 1 << WN_TAG_JJ | 1 << WN_TAG_NN | 1 << WN_TAG_VBG };
    range run = {np.last - 1, np.last};
    bool body = is_body_noun(s, np.last - 1);
    while (run.first > np.first && np.last - run.first < MAX_NAME) {
        uint32_t i = run.first - 1;
        bool particle = particles_of_name(s, np.first, i);
        bool other = body && is_capital(s, i) && tag_in(s, i, OTHERS);
        bool preposition = in_lists(s, i, LIST_BIT(LIST_PREPOSITION) | LIST_BIT(LIST_SUBORDINATE));
        if ((!name_word(s, i) && !particle && !other) || preposition) /* of a headline */
            break;
        run.first--;
    }
    return run;
}

/* "Ludwig van der Orr", "Abu al Ode", when the particles end the chunk. */
static range over_particles(const syntax *s, range name)
{
    uint32_t i = name.last, n = (uint32_t)s->a->n_tokens;
    while (i + 1 < n && i < name.last + 3 && in_list(s, i, LIST_PARTICLE) && !is_capital(s, i) &&
           !word_among(s, i, "y e al"))
        i++;
    if (i > name.last && i < n && is_capital(s, i) && tag_in(s, i, TAGS_NOUN) &&
        s->a->token[i].sentence == s->a->token[name.first].sentence)
        name.last =
            s->chunk_last[i] != 0 && name_word(s, s->chunk_last[i] - 1) ? s->chunk_last[i] : i + 1;
    return name;
}

/* "Ministry of Tides", "Agency for Sea Affairs": what belongs to the body's name behind it. */
static range over_of(const syntax *s, range name)
{
    uint32_t of = name.last, n = (uint32_t)s->a->n_tokens;
    if (of + 2 >= n || !is_capital(s, name.last - 1) || !is_body_noun(s, name.last - 1) ||
        !word_among(s, of, "of for on"))
        return name;
    uint32_t next = of + 1 + (word_is(s, of + 1, "the") ? 1 : 0);
    if (next >= n || !is_capital(s, next) || !name_word(s, next) || s->chunk_last[next] == 0)
        return name;
    if (!word_is(s, of, "of") && name.last - name.first > 1)
        return name;
    uint32_t end = next;
    while (end < s->chunk_last[next] && name_word(s, end))
        end++;
    name.last = end;
    return name;
}

/* Words that tell rank or role before a person's name. */
static bool title_word(const syntax *s, uint32_t i)
{
    return is_person_noun(s, i) || in_lists(s, i, LIST_BIT(LIST_ROLE));
}

static bool ends_as_body(const syntax *s, range name)
{
    return is_body_noun(s, name.last - 1) && name.last - name.first >= 2;
}

static bool finite_follows(const syntax *s, uint32_t end)
{
    while (end + 1 < s->a->n_tokens && s->tag[end] == WN_TAG_RB)
        end++;
    return end < s->a->n_tokens && tag_in(s, end, TAGS_FINITE);
}

/* Does a preposition that opens the sentence stand right before token i? */
static bool after_opening_preposition(const syntax *s, uint32_t i)
{
    return i > 0 && tag_in(s, i - 1, TAGS_TO) &&
           ((s->a->token[i - 1].flags & WN_TOKEN_SENTENCE_START) != 0 || i == 1 ||
            s->a->token[i - 1].sentence != s->a->token[i - 2].sentence);
}

/* Do the first two words of the name part as "Salem" and "Ann" in "In Salem Ann Orr said"? */
static bool place_before_person(const syntax *s, uint32_t i)
{
    return in_list(s, i, LIST_PLACE) || (first_name_gender(s, i) == GENDER_UNKNOWN &&
                                         first_name_gender(s, i + 1) != GENDER_UNKNOWN);
}

/* "Minister of State Ann Orr": the office ends where the name starts. */
static uint32_t over_office(const syntax *s, range np, range name)
{
    uint32_t of = np.first;
    bool office = of >= 2 && name.last - name.first >= 3 && word_is(s, of - 1, "of") &&
                  is_person_noun(s, of - 2) && place_before_person(s, name.first);
    return office ? name.first + 1 : name.first;
}

/* "In May Ann Orr said", "In Salem Ann Orr said": where the name starts behind a time or place that
 * opens the sentence. */
static uint32_t over_time(const syntax *s, range name)
{
    uint32_t i = name.first;
    if (!after_opening_preposition(s, i) || !finite_follows(s, name.last))
        return i;
    while (i + 1 < name.last && in_lists(s, i, LIST_BIT(LIST_DAY) | LIST_BIT(LIST_MONTH)))
        i++;
    if (i == name.first && i + 3 <= name.last && word_among(s, i - 1, "in at from near") &&
        place_before_person(s, i))
        i++;
    return i;
}

bool leads_in(const syntax *s, range np)
{
    return tag_in(s, np.first, 1 << WN_TAG_DT | 1 << WN_TAG_PRPS | 1 << WN_TAG_JJ | TAGS_NOUN) &&
           after_opening_preposition(s, np.first) && finite_follows(s, np.last);
}

/* The first word after the last title in the run; its end when all are titles. */
static uint32_t after_titles(const syntax *s, range name)
{
    for (uint32_t i = name.last; i > name.first; i--)
        if (title_word(s, i - 1) &&
            !(i - 1 > name.first && i == name.last && !title_word(s, name.first) &&
              first_name_gender(s, name.first) != GENDER_UNKNOWN))
            return i;
    return name.first;
}

range name_of(const syntax *s, range np, range *ret_titles)
{
    range name = name_run(s, np);
    *ret_titles = (range){0, 0};
    if (ends_as_body(s, name))
        return over_of(s, name);
    name.first = over_time(s, name);
    name.first = over_office(s, np, name);
    uint32_t start = after_titles(s, name);
    if (start == name.last) {
        range whole = over_of(s, (range){name.last - 1, name.last});
        bool noun = name.last - name.first == 1 && in_list(s, name.first, LIST_ROLE);
        bool body = is_body_noun(s, name.last - 1) && (!noun || whole.last > name.last);
        return body ? whole : (range){0, 0};
    }
    uint32_t title = start;
    while (title > np.first &&
           (title_word(s, title - 1) || (name_word(s, title - 1) && title > name.first)))
        title--;
    if (title < start)
        *ret_titles = (range){title, start};
    name.first = start;
    return over_of(s, over_particles(s, name));
}

static bool acronym(const syntax *s, uint32_t i)
{
    const wn_token *t = &s->a->token[i];
    return (t->flags & WN_TOKEN_ALLCAPS) != 0 && t->end - t->start >= 2 && t->end - t->start <= 7;
}

/* ", 45," or "(45)" behind the name */
static bool age_follows(const syntax *s, uint32_t end)
{
    return end + 2 < s->a->n_tokens && s->tag[end + 1] == WN_TAG_CD &&
           ((mark_is(s, end, ',') && closes_phrase(s, end + 2)) ||
            (mark_is(s, end, '(') && mark_is(s, end + 2, ')')));
}

static bool has_body_word(const syntax *s, range name)
{
    for (uint32_t i = name.first; i < name.last; i++)
        if (in_list(s, i, LIST_BODY_NAME) || (i > name.first && is_body_noun(s, i)) ||
            mark_is(s, i, '/') || (i > name.first && word_among(s, i, "of for on")))
            return true;
    return false;
}

static bool person_title(const syntax *s, range titles)
{
    for (uint32_t i = titles.first; i < titles.last; i++)
        if (is_person_noun(s, i) && !is_plural_noun(s, i))
            return true;
    return false;
}

/* Of a name of one word, which nothing before it explains. */
static uint8_t kind_of_one(const syntax *s, uint32_t i)
{
    if (in_list(s, i, LIST_PLACE))
        return ENTITY_PLACE;
    return is_body_noun(s, i) || acronym(s, i) ? ENTITY_BODY : ENTITY_UNKNOWN;
}

uint8_t name_kind(const syntax *s, range np, range name, range titles)
{
    uint32_t words = name.last - name.first;
    bool article = s->tag[np.first] == WN_TAG_DT && np.first < name.first;
    if (has_body_word(s, name))
        return ENTITY_BODY;
    if (person_title(s, titles) || (words <= 4 && age_follows(s, name.last)))
        return ENTITY_PERSON;
    if (words == 1)
        return kind_of_one(s, name.first);
    if (article || words > 5 || acronym(s, name.last - 1))
        return ENTITY_UNKNOWN;
    bool place =
        first_name_gender(s, name.first) == GENDER_UNKNOWN && in_list(s, name.last - 1, LIST_PLACE);
    return place ? ENTITY_PLACE : ENTITY_PERSON;
}

bool same_name(const syntax *s, range a, range b)
{
    if (a.last - a.first != b.last - b.first)
        return false;
    for (uint32_t i = 0; i < a.last - a.first; i++)
        if (!same_word(s, a.first + i, b.first + i))
            return false;
    return true;
}

/* "A." or "A" of "Ann", or the same word */
static bool given_matches(const syntax *s, uint32_t i, uint32_t k)
{
    const wn_token *x = &s->a->token[i], *y = &s->a->token[k];
    bool initial = x->end - x->start <= 2 || y->end - y->start <= 2;
    return same_word(s, i, k) || (initial && s->text[x->start] == s->text[y->start]);
}

bool same_person_name(const syntax *s, range a, range b)
{
    if (!same_word(s, a.last - 1, b.last - 1))
        return false;
    for (uint32_t i = a.first; i + 1 < a.last; i++)
        for (uint32_t k = b.first; k + 1 < b.last; k++)
            if (given_matches(s, i, k))
                return true;
    return false;
}

/* Are the words of `part` in `whole`, in this order and side by side? */
static bool name_holds(const syntax *s, range whole, range part)
{
    for (uint32_t i = whole.first; i + (part.last - part.first) <= whole.last; i++)
        if (same_name(s, (range){i, i + part.last - part.first}, part))
            return true;
    return false;
}

bool initials_of(const syntax *s, uint32_t acronym_at, range name)
{
    const wn_token *t = &s->a->token[acronym_at];
    uint32_t at = t->start;
    for (uint32_t i = name.first; i < name.last; i++) {
        if (!is_capital(s, i))
            continue;
        while (at < t->end && s->text[at] == '.')
            at++;
        if (at == t->end || s->text[at++] != s->text[s->a->token[i].start])
            return false;
    }
    return at + 1 >= t->end && (at == t->end || s->text[at] == '.') && t->end - t->start >= 2;
}

/* "Orr", "van der Orr", "Ann" of a person's name */
static bool part_of_person(const syntax *s, range shorter, range full)
{
    uint32_t words = shorter.last - shorter.first;
    range end = {full.last - words, full.last}, surname = {full.first + 1, full.last};
    return same_name(s, end, shorter) || (words > 1 && same_name(s, surname, shorter)) ||
           (words == 1 && same_word(s, shorter.first, full.first));
}

/* "Calloway" of "Calloway Strand", not "Norland" of "Norland's government" */
static bool opens_body(const syntax *s, range shorter, range full)
{
    uint32_t end = full.first + (shorter.last - shorter.first);
    return same_name(s, (range){full.first, end}, shorter) &&
           !in_list(s, shorter.last - 1, LIST_PLACE) && !is_body_noun(s, shorter.last - 1) &&
           !is_owner_mark(s, end);
}

static bool part_of_body(const syntax *s, range shorter, range full)
{
    bool one = shorter.last - shorter.first == 1;
    if (one && acronym(s, shorter.first) && initials_of(s, shorter.first, full))
        return true;
    return opens_body(s, shorter, full) || (!one && name_holds(s, full, shorter));
}

bool may_be_short_for(const syntax *s, range shorter, const entity *full)
{
    uint32_t words = shorter.last - shorter.first, all = full->name.last - full->name.first;
    if (!range_empty(full->acronym) && words == 1 &&
        same_word(s, full->acronym.first, shorter.first))
        return true;
    if (words >= all)
        return false;
    if (full->kind == ENTITY_PERSON || full->kind == ENTITY_UNKNOWN)
        return part_of_person(s, shorter, full->name);
    return full->kind == ENTITY_BODY && part_of_body(s, shorter, full->name);
}

/* ---- an index of entities by their words ---- */

struct name_node {
    uint32_t hash, entity, next;
};

static uint32_t *bucket_of(const entity_set *e, uint32_t hash)
{
    return &e->bucket[hash & (e->n_buckets - 1)];
}

/* Twice as many buckets, all nodes anew. */
static bool rehash(entity_set *e)
{
    size_t n = e->n_buckets == 0 ? 64 : e->n_buckets * 2;
    uint32_t *all = grown_to(e->bucket, &e->cap_buckets, n, sizeof *all);
    if (all == NULL)
        return false;
    e->bucket = all;
    e->n_buckets = n;
    memset(all, 0xFF, n * sizeof *all);
    for (uint32_t i = 0; i < e->n_nodes; i++) {
        uint32_t *b = bucket_of(e, e->node[i].hash);
        e->node[i].next = *b;
        *b = i;
    }
    return true;
}

bool index_word(entity_set *e, uint32_t hash, uint32_t which)
{
    if (e->n_nodes >= e->n_buckets && !rehash(e))
        return false;
    struct name_node *all = grown(e->node, &e->cap_nodes, e->n_nodes, sizeof *all);
    if (all == NULL)
        return false;
    e->node = all;
    uint32_t *b = bucket_of(e, hash);
    e->node[e->n_nodes] = (struct name_node){hash, which, *b};
    *b = (uint32_t)e->n_nodes++;
    return true;
}

uint32_t indexed_next(const entity_set *e, uint32_t hash, uint32_t *at)
{
    if (e->n_buckets == 0)
        return NO_ENTITY;
    uint32_t i = *at == UINT32_MAX ? *bucket_of(e, hash) : e->node[*at].next;
    unsigned others = 0;
    while (i != UINT32_MAX && e->node[i].hash != hash && others++ < NAMESAKES)
        i = e->node[i].next;
    if (i == UINT32_MAX || e->node[i].hash != hash)
        return NO_ENTITY;
    *at = i;
    return e->node[i].entity;
}
