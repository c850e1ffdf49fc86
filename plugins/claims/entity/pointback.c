/* pointback.c: nouns that point back ("the mayor", "the ministry") and relative pronouns. What they
 * mean is told by their words, or they are an entity of their own. */
#include "claims/entity/ranker_internal.h"

/* Keys of their own in the index of words, for roles and for nouns without a name. */
enum { AS_ROLE = 0x5bd1e995, AS_NOUN = 0x1b873593 };

static bool index_roles_of(const syntax *s, entity_set *e, uint32_t x)
{
    for (unsigned k = 0; k < e->entity[x].n_roles; k++)
        if (!index_word(e, s->a->token[e->entity[x].role[k]].hash ^ (uint32_t)AS_ROLE, x))
            return false;
    return true;
}

bool index_roles(const syntax *s, entity_set *e)
{
    for (size_t x = 0; x < e->n; x++)
        if (!index_roles_of(s, e, (uint32_t)x))
            return false;
    return true;
}

/* Does the word at i stand in [first, last)? */
static bool stands_in(const syntax *s, uint32_t i, uint32_t first, uint32_t last)
{
    for (uint32_t k = first; k < last; k++)
        if (same_word(s, i, k))
            return true;
    return false;
}

/* What tells the noun apart ("Republican nominee") must be said in [first, last), too. */
static bool modifiers_in(const syntax *s, const mention *m, uint32_t first, uint32_t last)
{
    for (uint32_t i = m->name.first; i + 1 < m->name.last; i++)
        if (!stands_in(s, i, first, last < m->span.first ? last : m->span.first))
            return false;
    return true;
}

/* Was it said before the mention that the entity is what its noun says? */
static bool has_role(const syntax *s, const entity *x, const mention *m)
{
    enum { AROUND = 12 };
    for (unsigned k = 0; k < x->n_roles; k++) {
        uint32_t at = x->role[k];
        if (at < m->span.first && same_word(s, at, m->head) &&
            modifiers_in(s, m, at > AROUND ? at - AROUND : 0, at + AROUND))
            return true;
    }
    return false;
}

/* The one entity that has the role; none when there are two. */
static uint32_t with_role(const discourse *d, const mention *m)
{
    const syntax *s = d->s;
    uint32_t at = UINT32_MAX, x, found = NO_ENTITY;
    uint32_t key = s->a->token[m->head].hash ^ (uint32_t)AS_ROLE;
    for (unsigned k = 0; k < NAMESAKES && (x = indexed_next(d->e, key, &at)) != NO_ENTITY; k++) {
        const entity *one = &d->e->entity[x];
        if (x == found || !has_role(s, one, m) || one->n_mentions == 0)
            continue;
        if (found != NO_ENTITY)
            return NO_ENTITY;
        found = x;
    }
    return found;
}

/* The body mentioned last whose name has the noun: "the ministry", "the trade ministry". */
static uint32_t with_body_noun(const discourse *d, const mention *m)
{
    uint32_t at = UINT32_MAX, x, found = NO_ENTITY, hash = d->s->a->token[m->head].hash;
    for (unsigned k = 0; k < NAMESAKES && (x = indexed_next(d->e, hash, &at)) != NO_ENTITY; k++) {
        const entity *one = &d->e->entity[x];
        if (one->kind == ENTITY_BODY && one->n_mentions > 0 &&
            modifiers_in(d->s, m, one->name.first, one->name.last) &&
            (found == NO_ENTITY || one->last > d->e->entity[found].last))
            found = x;
    }
    return found;
}

/* The people or the body mentioned last by the same noun: "a driver" ... "the driver". */
static uint32_t with_same_noun(const discourse *d, const mention *m)
{
    enum { REACH = 10 }; /* sentences */
    const wn_token *token = d->s->a->token;
    uint32_t at = UINT32_MAX, x, key = token[m->head].hash ^ (uint32_t)AS_NOUN;
    for (unsigned k = 0; k < NAMESAKES && (x = indexed_next(d->e, key, &at)) != NO_ENTITY; k++) {
        const entity *one = &d->e->entity[x];
        const mention *last = &d->e->mention[one->last];
        if (token[m->head].sentence - token[last->head].sentence <= REACH &&
            modifiers_in(d->s, m, one->name.first, one->name.last))
            return x;
    }
    return NO_ENTITY;
}

/* "the company": the only body with a name that was mentioned in the last sentences. */
static uint32_t only_body(const discourse *d, const mention *m, size_t index)
{
    enum { SENTENCES = 4, BACK = 40 };
    const wn_token *token = d->s->a->token;
    uint32_t found = NO_ENTITY;
    if (m->name.last - m->name.first > 1 || in_list(d->s, m->head, LIST_WRITING))
        return NO_ENTITY;
    for (size_t k = index; k-- > 0 && index - k <= BACK;) {
        const mention *before = &d->e->mention[k];
        if (token[m->head].sentence - token[before->head].sentence > SENTENCES)
            break;
        if (before->entity == NO_ENTITY || d->e->entity[before->entity].kind != ENTITY_BODY ||
            before->entity == found)
            continue;
        if (found != NO_ENTITY)
            return NO_ENTITY;
        found = before->entity;
    }
    return found != NO_ENTITY && d->e->entity[found].named ? found : NO_ENTITY;
}

static bool owned(const syntax *s, const mention *m)
{
    return tag_in(s, m->span.first, 1 << WN_TAG_PRPS) ||
           (m->span.first > 0 && is_owner_mark(s, m->span.first - 1));
}

static uint32_t pointed_at(const discourse *d, const mention *m, size_t index)
{
    enum { LONGEST = 4 }; /* words: longer ones tell something new */
    if (!m->definite || owned(d->s, m) || m->span.last - m->span.first > LONGEST)
        return NO_ENTITY;
    uint32_t x = m->number == NUMBER_PLURAL ? NO_ENTITY : with_role(d, m);
    if (x == NO_ENTITY && m->kind == ENTITY_BODY && m->number == NUMBER_SINGULAR)
        x = with_body_noun(d, m);
    if (x == NO_ENTITY)
        x = with_same_noun(d, m);
    if (x == NO_ENTITY && m->kind == ENTITY_BODY && m->number == NUMBER_SINGULAR)
        x = only_body(d, m, index);
    return x;
}

bool noun_resolve(const discourse *d, size_t index)
{
    entity_set *e = d->e;
    mention *m = &e->mention[index];
    m->entity = pointed_at(d, m, index);
    if (m->entity != NO_ENTITY)
        return true;
    return entity_new(e, m, (uint32_t)index) &&
           index_word(e, d->s->a->token[m->head].hash ^ (uint32_t)AS_NOUN, m->entity);
}

static bool may_be_who(const mention *m)
{
    return m->kind == ENTITY_PERSON || m->kind == ENTITY_ROLE || m->kind == ENTITY_UNKNOWN;
}

/* Right before the pronoun, or before the comma there; or parted from it by what a preposition
 * adds. */
static bool reaches(const syntax *s, const mention *m, uint32_t at)
{
    uint32_t end = mark_is(s, at - 1, ',') ? at - 1 : at;
    return m->span.last == end || (m->span.last < end && in_list(s, m->span.last, LIST_JOIN)) ||
           (m->span.last < end && mark_is(s, m->span.last, ','));
}

uint32_t relative_resolve(const discourse *d, size_t index)
{
    enum { BACK = 6, TOKENS = 25 };
    const syntax *s = d->s;
    const mention *who = &d->e->mention[index];
    uint32_t at = who->head, sentence = s->a->token[at].sentence;
    bool person = word_among(s, at, "who whom");
    for (size_t k = index; k-- > 0 && index - k <= BACK;) {
        const mention *m = &d->e->mention[k];
        if (s->a->token[m->head].sentence != sentence || at - m->head > TOKENS ||
            has_finite_verb(s, m->head, at))
            break;
        bool of = m->kind == ENTITY_UNKNOWN && m->place == PLACE_AFTER_PREPOSITION;
        if (m->modifier || m->form == FORM_PRONOUN || (person && (of || !may_be_who(m))))
            continue;
        return reaches(s, m, at) ? m->entity : NO_ENTITY;
    }
    return NO_ENTITY;
}
