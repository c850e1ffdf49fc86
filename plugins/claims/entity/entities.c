/* entities.c: which names are one entity, and whom appositions speak of. */
#include "claims/entity/entity_internal.h"
#include "common/grow.h"
#include <stdlib.h>

void entity_set_release(entity_set *e)
{
    free(e->mention);
    free(e->entity);
    free(e->node);
    free(e->bucket);
    free(e->cut);
    *e = (entity_set){0};
}

size_t mention_from(const entity_set *e, uint32_t token)
{
    size_t low = 0, high = e->n_mentions;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (e->mention[mid].head < token)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* ---- sources ---- */

/* The last mention within [first, last) that is no part of another and owns nothing there. */
static mention *last_whole(const syntax *s, const entity_set *e, uint32_t first, uint32_t last)
{
    mention *found = NULL;
    for (size_t i = mention_from(e, first); i < e->n_mentions && e->mention[i].head < last; i++) {
        mention *m = &e->mention[i];
        bool owner =
            m->form == FORM_PRONOUN && s->tag[m->head] == WN_TAG_PRPS && m->head + 1 < last;
        if (!m->modifier && !owner && m->head >= first)
            found = m;
    }
    return found;
}

static bool may_stand_for(const syntax *s, const mention *noun, const mention *name)
{
    if (noun != NULL && noun->kind == ENTITY_BODY)
        return name->span.first == noun->span.last + 1 && name->kind != ENTITY_PLACE;
    return name->kind == ENTITY_PERSON ||
           (name->kind == ENTITY_UNKNOWN && closes_phrase(s, name->span.last));
}

/* The name that stands in apposition within [first, last): right behind a comma. noun: what the
 * phrase is about, or NULL. */
static mention *name_behind_comma(const syntax *s, const entity_set *e, const mention *noun,
                                  range source)
{
    for (size_t i = mention_from(e, source.first);
         i < e->n_mentions && e->mention[i].head < source.last; i++) {
        mention *m = &e->mention[i];
        if (m->form == FORM_NAME && !m->modifier && m->span.first > source.first &&
            mark_is(s, m->span.first - 1, ',') && may_stand_for(s, noun, m))
            return m;
    }
    return NULL;
}

/* "Minister of State Ann Orr": the name that ends the phrase behind "of". */
static mention *name_behind_of(const syntax *s, const entity_set *e, const mention *office,
                               range source)
{
    uint32_t of = office->span.last;
    if (of + 2 >= source.last || !word_is(s, of, "of") || s->chunk_last[of + 1] == 0)
        return NULL;
    uint32_t end = s->chunk_last[of + 1];
    for (size_t i = mention_from(e, of); i < e->n_mentions && e->mention[i].head < end; i++) {
        mention *m = &e->mention[i];
        if (m->form == FORM_NAME && m->kind == ENTITY_PERSON && m->name.first > of + 1 &&
            m->name.last == end)
            return m;
    }
    return NULL;
}

/* "a survey by the Institute of Tides", "an Institute of Tides survey": whose it is. */
static mention *who_wrote(const syntax *s, const entity_set *e, const mention *paper, range source)
{
    for (size_t i = mention_from(e, source.first);
         i < e->n_mentions && e->mention[i].head < source.last; i++) {
        mention *m = &e->mention[i];
        bool by = m->form == FORM_NAME && m->span.first > paper->span.last &&
                  word_among(s, m->span.first - 1, "by from");
        if ((by && m->kind != ENTITY_PLACE) || (m->modifier && m->kind == ENTITY_BODY))
            return m;
    }
    return NULL;
}

mention *principal_mention(const syntax *s, const entity_set *e, range source)
{
    uint32_t end = source.first + 1;
    while (end < source.last && !leaves_head(s, end) && s->tag[end] != WN_TAG_CC)
        end++;
    mention *head = last_whole(s, e, source.first, end), *other = NULL;
    if (head != NULL && head->form != FORM_NOUN)
        return head;
    if (head != NULL && in_list(s, head->head, LIST_WRITING))
        other = who_wrote(s, e, head, source);
    else if (head != NULL && head->kind == ENTITY_ROLE)
        other = name_behind_of(s, e, head, source);
    if (other == NULL)
        other = name_behind_comma(s, e, head, source);
    return other != NULL ? other : head;
}

static void mark_sources(const syntax *s, entity_set *e, const claim_list *claims)
{
    for (size_t i = 0; i < claims->n; i++) {
        mention *m = range_empty(claims->item[i].source)
                         ? NULL
                         : principal_mention(s, e, claims->item[i].source);
        if (m != NULL)
            m->source = (uint32_t)i;
    }
}

/* ---- entities ---- */

static void add_role(entity *x, uint32_t token)
{
    if (x->n_roles < ENTITY_ROLES)
        x->role[x->n_roles++] = token;
}

bool entity_new(entity_set *e, mention *m, uint32_t index)
{
    entity *all = grown(e->entity, &e->cap, e->n, sizeof *all);
    if (all == NULL)
        return false;
    e->entity = all;
    e->entity[e->n] = (entity){.name = m->name,
                               .kind = m->kind,
                               .gender = m->gender,
                               .number = m->number,
                               .first = index,
                               .last = index,
                               .named = m->form == FORM_NAME || m->modifier};
    m->entity = (uint32_t)e->n++;
    return true;
}

/* The words before the name that tell what somebody is. */
static range titles_before(const syntax *s, const mention *m)
{
    uint32_t first = m->name.first;
    while (
        first > m->span.first &&
        in_lists(s, first - 1, LIST_BIT(LIST_TITLE) | LIST_BIT(LIST_PERSON) | LIST_BIT(LIST_ROLE)))
        first--;
    return (range){first, m->name.first};
}

static bool fuller(const entity *x, const mention *m)
{
    uint32_t old = x->name.last - x->name.first, new = m->name.last - m->name.first;
    return new > old && (m->kind == x->kind || x->kind == ENTITY_UNKNOWN);
}

/* What the mention, which is its, tells of the entity. */
static void learn(const syntax *s, entity_set *e, const mention *m, uint32_t index)
{
    entity *x = &e->entity[m->entity];
    range titles = titles_before(s, m);
    if (fuller(x, m))
        x->name = m->name;
    if (x->kind == ENTITY_UNKNOWN)
        x->kind = m->kind;
    if (x->gender == GENDER_UNKNOWN)
        x->gender = m->gender;
    x->sure |= m->gender != GENDER_UNKNOWN || !range_empty(titles);
    if (!range_empty(titles)) {
        if (range_empty(x->titles))
            x->titles = titles;
        add_role(x, titles.last - 1);
    }
    if (index < x->first)
        x->first = index;
}

static bool index_name(const syntax *s, entity_set *e, uint32_t which)
{
    const wn_token *token = s->a->token;
    range name = e->entity[which].name;
    uint32_t first = token[name.first].hash, last = token[name.last - 1].hash;
    return index_word(e, last, which) && (first == last || index_word(e, first, which));
}

static bool other_gender(uint8_t a, uint8_t b)
{
    return a != GENDER_UNKNOWN && b != GENDER_UNKNOWN && a != b;
}

static bool person_or_unknown(uint8_t kind)
{
    return kind == ENTITY_PERSON || kind == ENTITY_UNKNOWN;
}

/* "U.N. Security Council" and "Security Council" */
static bool ends_alike(const syntax *s, range a, range b)
{
    uint32_t x = a.last - a.first, y = b.last - b.first, n = x < y ? x : y;
    return n >= 2 && same_name(s, (range){a.last - n, a.last}, (range){b.last - n, b.last});
}

/* The entity that has the whole name of the mention. */
static uint32_t with_full_name(const syntax *s, const entity_set *e, const mention *m)
{
    uint32_t at = UINT32_MAX, x, hash = s->a->token[m->name.last - 1].hash;
    for (unsigned k = 0; k < NAMESAKES && (x = indexed_next(e, hash, &at)) != NO_ENTITY; k++) {
        const entity *one = &e->entity[x];
        if (other_gender(one->gender, m->gender))
            continue;
        if (same_name(s, one->name, m->name) ||
            (person_or_unknown(one->kind) && person_or_unknown(m->kind) &&
             one->name.last - one->name.first >= 2 && same_person_name(s, one->name, m->name)) ||
            (one->kind == ENTITY_BODY && m->kind == ENTITY_BODY &&
             ends_alike(s, one->name, m->name)))
            return x;
    }
    return NO_ENTITY;
}

/* "Agency for Sea Affairs (ASA)" */
static bool note_acronym(const syntax *s, entity_set *e, const mention *m)
{
    uint32_t at = m->span.last;
    entity *x = &e->entity[m->entity];
    if (at + 2 >= s->a->n_tokens || !mark_is(s, at, '(') || !mark_is(s, at + 2, ')') ||
        (s->a->token[at + 1].flags & WN_TOKEN_ALLCAPS) == 0)
        return true;
    x->acronym = (range){at + 1, at + 2};
    if (x->kind == ENTITY_UNKNOWN || !initials_of(s, at + 1, x->name))
        x->kind = ENTITY_BODY;
    return index_word(e, s->a->token[at + 1].hash, m->entity);
}

static bool adopt(const syntax *s, entity_set *e, size_t i, uint32_t which)
{
    mention *m = &e->mention[i];
    if (which == NO_ENTITY)
        return entity_new(e, m, (uint32_t)i) && index_name(s, e, m->entity) &&
               (learn(s, e, m, (uint32_t)i), note_acronym(s, e, m));
    m->entity = which;
    learn(s, e, m, (uint32_t)i);
    return note_acronym(s, e, m);
}

static bool full_names(const syntax *s, entity_set *e)
{
    for (size_t i = 0; i < e->n_mentions; i++) {
        const mention *m = &e->mention[i];
        bool name = m->form == FORM_NAME || m->modifier;
        if (name && m->name.last - m->name.first >= 2 && wn_beat(s->pulse) &&
            !adopt(s, e, i, with_full_name(s, e, m)))
            return false;
    }
    return true;
}

/* Of the entities that a short name may mean: the best one so far, and whether another is as
 * good. */
typedef struct choice {
    uint32_t entity;
    int rank;
    bool tie;
} choice;

static void offer(choice *c, uint32_t which, int rank)
{
    if (c->entity == which || rank < c->rank)
        return;
    c->tie = rank == c->rank && c->entity != NO_ENTITY;
    c->entity = which;
    c->rank = rank;
}

/* "in Orr": a place, even when somebody is called so. */
static bool stands_as_place(const syntax *s, const mention *m)
{
    return m->kind == ENTITY_PLACE || (m->span.first > 0 && m->span.first == m->name.first &&
                                       word_among(s, m->span.first - 1, "in at near"));
}

/* Named before counts more than named after, the surname more than the given name, a source more
 * than none. */
static int rank_of(const syntax *s, const entity *x, const mention *m, size_t index)
{
    bool surname = same_word(s, x->name.last - 1, m->name.last - 1);
    return (x->first < index ? 4 : 0) + (surname ? 2 : 0) + (x->spoke ? 1 : 0);
}

static uint32_t with_short_name(const syntax *s, const entity_set *e, size_t index)
{
    const mention *m = &e->mention[index];
    uint32_t at = UINT32_MAX, x, hash = s->a->token[m->name.last - 1].hash;
    uint32_t same = NO_ENTITY;
    choice best = {.entity = NO_ENTITY};
    bool place = stands_as_place(s, m);
    for (unsigned k = 0; k < NAMESAKES && (x = indexed_next(e, hash, &at)) != NO_ENTITY; k++) {
        const entity *one = &e->entity[x];
        if (same_name(s, one->name, m->name) && !other_gender(one->gender, m->gender))
            same = x;
        else if (may_be_short_for(s, m->name, one) && !other_gender(one->gender, m->gender) &&
                 !(place && one->kind != ENTITY_BODY))
            offer(&best, x, rank_of(s, one, m, index));
    }
    return best.entity != NO_ENTITY && !best.tie ? best.entity : same;
}

/* The body whose initials the mention is: "ASA"; bodies with a full name are few. */
static uint32_t with_initials(const syntax *s, const entity_set *e, const mention *m)
{
    const wn_token *t = &s->a->token[m->head];
    if ((t->flags & WN_TOKEN_ALLCAPS) == 0 || t->end - t->start < 3)
        return NO_ENTITY;
    for (size_t x = 0; x < e->n && x < NAMESAKES; x++)
        if (e->entity[x].kind == ENTITY_BODY && initials_of(s, m->head, e->entity[x].name))
            return (uint32_t)x;
    return NO_ENTITY;
}

static bool short_names(const syntax *s, entity_set *e)
{
    for (size_t i = 0; i < e->n_mentions && wn_beat(s->pulse); i++) {
        const mention *m = &e->mention[i];
        if (m->form != FORM_NAME && !m->modifier)
            continue;
        uint32_t which = m->entity;
        if (which == NO_ENTITY) {
            which = with_short_name(s, e, i);
            if (which == NO_ENTITY)
                which = with_initials(s, e, m);
            if (!adopt(s, e, i, which))
                return false;
        }
        if (m->source != NO_CLAIM)
            e->entity[m->entity].spoke = true;
    }
    return true;
}

/* ---- appositions ---- */

/* The token behind an age: "Orr, 45, a teacher". */
static uint32_t over_age(const syntax *s, uint32_t comma)
{
    bool age =
        comma + 2 < s->a->n_tokens && s->tag[comma + 1] == WN_TAG_CD && mark_is(s, comma + 2, ',');
    return age ? comma + 2 : comma;
}

static bool fits_noun(const entity *x, const mention *noun)
{
    return noun->number == NUMBER_SINGULAR && !other_gender(x->gender, noun->gender) &&
           (noun->kind == ENTITY_BODY
                ? x->kind == ENTITY_BODY || x->kind == ENTITY_UNKNOWN || !x->sure
                : person_or_unknown(x->kind));
}

static void join_noun(entity_set *e, uint32_t which, mention *noun)
{
    entity *x = &e->entity[which];
    noun->entity = which;
    if (noun->kind == ENTITY_ROLE)
        x->kind = ENTITY_PERSON;
    else
        x->kind = ENTITY_BODY;
    if (x->gender == GENDER_UNKNOWN)
        x->gender = noun->gender;
    add_role(x, noun->head);
}

/* "Ann Orr, the mayor of Salem": a noun mention behind the name and its comma. */
static bool noun_behind(const syntax *s, const mention *name, const mention *noun)
{
    uint32_t comma = name->span.last, n = (uint32_t)s->a->n_tokens;
    if (comma >= n || !mark_is(s, comma, ','))
        return false;
    return noun->form == FORM_NOUN && noun->span.first == over_age(s, comma) + 1 &&
           noun->span.last < n && s->tag[noun->span.last] != WN_TAG_CC &&
           !tag_in(s, noun->span.last, TAGS_FINITE);
}

/* "the mayor, Ann Orr,": of a list, "and" follows. */
static bool name_behind(const syntax *s, const mention *noun, const mention *name)
{
    return noun->form == FORM_NOUN && mark_is(s, noun->span.last, ',') && name->form == FORM_NAME &&
           name->span.first == noun->span.last + 1 &&
           (name->span.last == s->a->n_tokens || closes_phrase(s, name->span.last)) &&
           (noun->definite || noun->kind == ENTITY_ROLE);
}

static void appositions(const syntax *s, entity_set *e)
{
    enum { NEAR = 4 }; /* mentions between, within the phrase */
    for (size_t i = 0; i + 1 < e->n_mentions; i++) {
        mention *m = &e->mention[i];
        if (m->form == FORM_PRONOUN || m->modifier || m->span.last >= s->a->n_tokens)
            continue;
        for (size_t k = i + 1; k < e->n_mentions && k <= i + NEAR; k++) {
            mention *other = &e->mention[k];
            if (m->form == FORM_NAME && other->entity == NO_ENTITY && noun_behind(s, m, other) &&
                fits_noun(&e->entity[m->entity], other))
                join_noun(e, m->entity, other);
            else if (m->entity == NO_ENTITY && other->entity != NO_ENTITY &&
                     name_behind(s, m, other) && fits_noun(&e->entity[other->entity], m))
                join_noun(e, other->entity, m);
        }
    }
}

/* "a spokesman for the port, Captain Ben Ode": the noun and the name of one source. */
static void sources_in_two(entity_set *e, const claim_list *claims)
{
    for (size_t i = 0; i < e->n_mentions; i++) {
        const mention *name = &e->mention[i];
        if (name->source == NO_CLAIM || name->form != FORM_NAME)
            continue;
        range source = claims->item[name->source].source;
        size_t k = mention_from(e, source.first);
        while (k < i && (e->mention[k].modifier || e->mention[k].form != FORM_NOUN))
            k++;
        mention *noun = &e->mention[k];
        if (k < i && noun->entity == NO_ENTITY && noun->place != PLACE_OWNER &&
            fits_noun(&e->entity[name->entity], noun) && name->span.first > noun->span.last)
            join_noun(e, name->entity, noun);
    }
}

bool entities_find(const syntax *s, const claim_list *claims, entity_set *ret)
{
    ret->n = ret->n_mentions = ret->n_nodes = ret->n_buckets = 0;
    if (!mentions_collect(s, claims, ret))
        return false;
    mark_sources(s, ret, claims);
    if (!full_names(s, ret) || !short_names(s, ret))
        return false;
    appositions(s, ret);
    sources_in_two(ret, claims);
    return s->pulse == NULL || s->pulse->stopped == 0;
}
