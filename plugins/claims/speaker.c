/* speaker.c: whom the source of a claim means, told by the entities of the document. */
#include "claims/speaker.h"
#include "claims/entity/entity_internal.h"

static void set(claim *c, enum speaker_status status, range name, const char *reason)
{
    c->speaker_status = (uint8_t)status;
    c->name = name;
    c->speaker = (range){0, 0};
    c->entity = NO_ENTITY;
    c->speaker_reason = reason;
}

/* "In the summer Ann Orr", "In May Ann Orr": the source starts with her name. */
static void trim_lead_in(const syntax *s, range *source, const mention *m)
{
    if (m->form != FORM_NAME || m->modifier || source->first >= m->span.first)
        return;
    uint32_t chunk =
        s->chunk_last[m->name.first] != 0 ? s->chunk_first[m->name.first] : m->name.first;
    bool before = chunk < m->span.first && source->first + 1 >= chunk;
    for (uint32_t i = chunk; i < m->span.first; i++)
        before = before && !is_owner_mark(s, i);
    if (before)
        source->first = m->span.first;
}

/* ---- two speakers ---- */

/* "Ann Orr and Ben Ode": is a name of each side of the "and" in the head of the source? */
static bool two_names(const syntax *s, const entity_set *e, range source)
{
    uint32_t end = source.first, names = 0, and = 0;
    while (end < source.last && (end == source.first || !leaves_head(s, end)))
        and = s->tag[end++] == WN_TAG_CC ? end : and;
    if (and == 0)
        return false;
    for (size_t i = mention_from(e, source.first); i < e->n_mentions && e->mention[i].head < end;
         i++) {
        const mention *m = &e->mention[i];
        if (m->form == FORM_NAME && !m->modifier && m->place != PLACE_OWNER)
            names |= m->span.last < and? 1 : m->span.first >= and? 2 : 0;
    }
    return names == 3;
}

/* ---- one speaker ---- */

static bool within(range inner, range outer)
{
    return inner.first >= outer.first && inner.last <= outer.last;
}

static const char *reason_of(const syntax *s, const mention *m)
{
    if (m->form == FORM_NAME)
        return "short name: a fuller one in the text";
    if (m->form == FORM_NOUN)
        return m->kind == ENTITY_BODY ? "the body named before"
                                      : "role: the one person before who has it";
    return s->tag[m->head] == WN_TAG_WH ? "relative pronoun: the noun before it"
                                        : "pronoun: the best of those before it";
}

static void set_entity(const syntax *s, const entity_set *e, claim *c, const mention *m)
{
    const entity *x = &e->entity[m->entity];
    bool pronoun = m->form == FORM_PRONOUN;
    if (!x->named) {
        set(c, SPEAKER_UNNAMED, pronoun ? e->mention[x->first].span : c->source,
            pronoun ? "pronoun: somebody without a name" : "no name in the source");
        c->speaker = pronoun ? c->name : c->speaker;
    } else if (within(x->name, c->source) ||
               (m->form == FORM_NAME && same_name(s, m->name, x->name))) {
        set(c, SPEAKER_NAMED, x->name, NULL);
    } else {
        set(c, SPEAKER_RESOLVED, x->name, reason_of(s, m));
        c->speaker = x->name;
    }
    c->entity = m->entity;
}

/* A pronoun, and nobody knows whose. */
static void set_open(const syntax *s, claim *c, uint32_t at)
{
    range none = {0, 0};
    if (s->tag[at] == WN_TAG_WH) {
        uint32_t end = at > 0 && mark_is(s, at - 1, ',') ? at - 1 : at;
        range np = end > 0 ? noun_phrase_left(s, end > 40 ? end - 40 : 0, end) : none;
        if (range_empty(np))
            set(c, SPEAKER_UNKNOWN, none, "relative pronoun without a noun before it");
        else
            set(c, SPEAKER_UNNAMED, np, "relative pronoun: a noun without a name");
    } else if (word_among(s, at, "i me my mine")) {
        set(c, SPEAKER_UNKNOWN, none,
            s->quotation[at] >= 0 ? "first person in a quotation of nobody known"
                                  : "first person outside of quotations: the author");
    } else if (word_among(s, at, "we us our ours you your yours")) {
        set(c, SPEAKER_UNKNOWN, none, "first or second person");
    } else {
        set(c, SPEAKER_UNKNOWN, none, "pronoun: none before it fits well enough");
    }
}

static bool pronoun_only(const syntax *s, range source)
{
    return source.last - source.first == 1 &&
           tag_in(s, source.first, 1 << WN_TAG_PRP | 1 << WN_TAG_PRPS | 1 << WN_TAG_WH);
}

static void resolve(const syntax *s, const entity_set *e, claim *c)
{
    if (range_empty(c->source)) {
        set(c, SPEAKER_UNKNOWN, (range){0, 0}, "no source found");
        return;
    }
    const mention *m = principal_mention(s, e, c->source);
    if (m != NULL)
        trim_lead_in(s, &c->source, m);
    if (two_names(s, e, c->source))
        set(c, SPEAKER_NAMED, c->source, NULL);
    else if (m != NULL && m->entity != NO_ENTITY)
        set_entity(s, e, c, m);
    else if (pronoun_only(s, c->source))
        set_open(s, c, c->source.first);
    else
        set(c, SPEAKER_UNNAMED, c->source, "no name in the source");
}

/* ---- "I" ---- */

/* In a quotation of one known speaker, outside of which its cue stands, "I" is that one. */
static void resolve_first_person(const syntax *s, const claim_list *l, const entity_set *e,
                                 claim *c)
{
    uint32_t at = c->source.first;
    if (c->speaker_status != SPEAKER_UNKNOWN || !pronoun_only(s, c->source) || c->parent < 0 ||
        s->quotation[at] < 0 || !word_among(s, at, "i my"))
        return;
    const claim *around = &l->item[c->parent];
    range quoted = s->quoted[s->quotation[at]];
    bool outside = around->cue.last <= quoted.first || around->cue.first >= quoted.last;
    if (!outside || around->entity == NO_ENTITY || around->speaker_status == SPEAKER_UNKNOWN ||
        e->entity[around->entity].number == NUMBER_PLURAL)
        return;
    enum speaker_status status =
        around->speaker_status == SPEAKER_UNNAMED ? SPEAKER_UNNAMED : SPEAKER_RESOLVED;
    uint32_t which = around->entity;
    set(c, status, around->name, "first person: the speaker of the quotation");
    c->speaker = around->name;
    c->entity = which;
}

bool speakers_resolve_traced(const ranker *r, const syntax *s, claim_list *claims,
                             entity_set *ret_entities, ranker_trace *trace, void *arg)
{
    enum { NESTED = 3 }; /* quotations in quotations */
    if (!entities_find(s, claims, ret_entities) ||
        !anaphora_resolve(r, s, claims, ret_entities, trace, arg))
        return false;
    for (size_t i = 0; i < claims->n; i++)
        resolve(s, ret_entities, &claims->item[i]);
    for (unsigned pass = 0; pass < NESTED; pass++)
        for (size_t i = 0; i < claims->n; i++)
            resolve_first_person(s, claims, ret_entities, &claims->item[i]);
    return s->pulse == NULL || s->pulse->stopped == 0;
}

bool speakers_resolve(const ranker *r, const syntax *s, claim_list *claims,
                      entity_set *ret_entities)
{
    return speakers_resolve_traced(r, s, claims, ret_entities, NULL, NULL);
}
