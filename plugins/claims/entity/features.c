/* features.c: which entities a pronoun may mean, and what speaks for each. */
#include "claims/entity/ranker_internal.h"

unsigned pronoun_class(const syntax *s, const mention *m)
{
    if (m->form != FORM_PRONOUN || s->tag[m->head] == WN_TAG_WH)
        return RANKER_CLASSES;
    if (m->gender != GENDER_UNKNOWN)
        return RANK_PERSON;
    if (word_among(s, m->head, "they them their themselves theirs"))
        return RANK_MANY;
    return word_among(s, m->head, "it its itself") ? RANK_THING : RANKER_CLASSES;
}

static bool fits_person(const entity *x, const mention *m)
{
    if (x->gender != GENDER_UNKNOWN && x->gender != m->gender)
        return false;
    return x->number != NUMBER_PLURAL && x->kind != ENTITY_BODY && x->kind != ENTITY_PLACE;
}

static bool fits(const entity *x, const mention *m, unsigned class)
{
    if (class == RANK_PERSON)
        return fits_person(x, m);
    if (class == RANK_MANY)
        return x->number == NUMBER_PLURAL || x->kind == ENTITY_BODY ||
               (x->kind == ENTITY_UNKNOWN && x->number == NUMBER_UNKNOWN);
    return x->number != NUMBER_PLURAL && x->kind != ENTITY_PERSON && x->kind != ENTITY_ROLE;
}

/* The pronoun at hand, and what all its candidates share. */
typedef struct situation {
    const discourse *d;
    const mention *m;
    size_t index;
    unsigned class;
    const claim *around, *own; /* whose content it lies in; whose source it is; or NULL */
    uint32_t speaker;          /* entity that is the source of `around` */
    uint32_t quoter;           /* ... of the claim whose quotation it lies in */
} situation;

static bool content_holds(const claim *c, uint32_t token)
{
    for (unsigned k = 0; k < c->n_contents; k++)
        if (c->content[k].first <= token && token < c->content[k].last)
            return true;
    return false;
}

/* The first claim whose cue is not before the token. */
static size_t claim_from(const claim_list *l, uint32_t token)
{
    size_t low = 0, high = l->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (l->item[mid].cue.first < token)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool cue_outside(const claim *c, range r)
{
    return c->cue.last <= r.first || c->cue.first >= r.last;
}

/* The nearest claim whose content holds the token, its cue outside of r. */
static const claim *claim_around(const claim_list *l, uint32_t token, const claim *own, range r)
{
    enum { WINDOW = 6 };
    size_t at = claim_from(l, token), low = at > WINDOW ? at - WINDOW : 0;
    const claim *found = NULL;
    for (size_t i = low; i < l->n && i < at + WINDOW; i++) {
        const claim *c = &l->item[i];
        if (c != own && content_holds(c, token) && cue_outside(c, r) &&
            (found == NULL || found->n_contents == 0 || content_holds(found, c->cue.first)))
            found = c;
    }
    return found;
}

static uint32_t source_entity(const discourse *d, const claim *c)
{
    const mention *source =
        c == NULL || range_empty(c->source) ? NULL : principal_mention(d->s, d->e, c->source);
    return source != NULL ? source->entity : NO_ENTITY;
}

static situation situation_of(const discourse *d, size_t index, unsigned class)
{
    const mention *m = &d->e->mention[index];
    situation x = {.d = d, .m = m, .index = index, .class = class, .quoter = NO_ENTITY};
    const range nowhere = {0, 0};
    int32_t quotation = d->s->quotation[m->head];
    if (m->source != NO_CLAIM)
        x.own = &d->claims->item[m->source];
    x.around = claim_around(d->claims, m->head, x.own, nowhere);
    x.speaker = source_entity(d, x.around);
    if (quotation >= 0)
        x.quoter =
            source_entity(d, claim_around(d->claims, m->head, x.own, d->s->quoted[quotation]));
    return x;
}

static void hold(candidate *c, bool holds, unsigned feature)
{
    if (holds && c->n < sizeof c->feature)
        c->feature[c->n++] = (uint8_t)feature;
}

static void one_of(candidate *c, unsigned value, const unsigned *limit, unsigned n, unsigned first)
{
    unsigned k = 0;
    while (k + 1 < n && value > limit[k])
        k++;
    hold(c, true, first + k);
}

static bool quoted(const syntax *s, uint32_t i)
{
    return s->quotation[i] >= 0;
}

static void distances(const situation *x, candidate *c, unsigned rank)
{
    static const unsigned sentences[] = {0, 1, 2, 3, 6, 7}, paragraphs[] = {0, 1, 2},
                          ranks[] = {0, 1, 2, 3}, mentions[] = {1, 3, 8, 9};
    const wn_token *token = x->d->s->a->token;
    const mention *last = &x->d->e->mention[c->mention];
    one_of(c, token[x->m->head].sentence - token[last->head].sentence, sentences, 6,
           FEATURE_sentence_same);
    one_of(c, x->m->paragraph - last->paragraph, paragraphs, 3, FEATURE_paragraph_same);
    one_of(c, rank, ranks, 4, FEATURE_nearest);
    one_of(c, (unsigned)(x->index - c->mention), mentions, 4, FEATURE_mentions_1);
}

static void form(const situation *x, candidate *c)
{
    const mention *last = &x->d->e->mention[c->mention];
    bool pronoun = last->form == FORM_PRONOUN;
    bool same = pronoun && last->gender == x->m->gender && last->number == x->m->number;
    hold(c, last->form == FORM_NAME || last->modifier, FEATURE_by_name);
    hold(c, last->form == FORM_NOUN && last->definite, FEATURE_by_noun);
    hold(c, last->form == FORM_NOUN && !last->definite, FEATURE_by_new_noun);
    hold(c, pronoun && !same, FEATURE_by_pronoun);
    hold(c, same, FEATURE_by_same_pronoun);
}

/* No mark, conjunction or relative between: one clause. */
static bool one_clause(const syntax *s, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (tag_in(s, i, 1 << WN_TAG_PUNCT | 1 << WN_TAG_CC | 1 << WN_TAG_WH) ||
            in_list(s, i, LIST_SUBORDINATE) || word_is(s, i, "that") ||
            s->a->token[i].kind == WN_TOKEN_QUOTE)
            return false;
    return true;
}

static void grammar(const situation *x, candidate *c)
{
    static const uint8_t by_place[] = {
        [PLACE_OTHER] = FEATURE_elsewhere, [PLACE_SUBJECT] = FEATURE_subject,
        [PLACE_OBJECT] = FEATURE_object,   [PLACE_AFTER_PREPOSITION] = FEATURE_after_preposition,
        [PLACE_OWNER] = FEATURE_owner,
    };
    const syntax *s = x->d->s;
    const mention *last = &x->d->e->mention[c->mention];
    uint32_t apart = s->a->token[x->m->head].sentence - s->a->token[last->head].sentence;
    bool subject = last->place == PLACE_SUBJECT && !last->modifier;
    hold(c, true, last->modifier ? FEATURE_modifier : by_place[last->place]);
    hold(c, subject && apart == 1, FEATURE_subject_before);
    hold(c, subject && x->m->place == PLACE_SUBJECT, FEATURE_both_subjects);
    hold(c,
         apart == 0 && x->m->place != PLACE_OWNER && x->m->head - last->head < 30 &&
             one_clause(s, last->head + 1, x->m->head),
         FEATURE_same_clause);
    hold(c, last->place == PLACE_OBJECT && s->word[last->span.first - 1].verb >= 0,
         FEATURE_addressee);
}

static void nature(const situation *x, candidate *c)
{
    const entity *one = &x->d->e->entity[c->entity];
    bool agrees = one->gender != GENDER_UNKNOWN && one->gender == x->m->gender;
    hold(c, one->kind == ENTITY_PERSON && one->name.last - one->name.first >= 2, FEATURE_full_name);
    hold(c, one->kind == ENTITY_PERSON && one->name.last - one->name.first == 1, FEATURE_one_name);
    hold(c, one->kind == ENTITY_ROLE, FEATURE_role);
    hold(c, one->kind == ENTITY_ROLE && x->d->e->mention[one->first].definite,
         FEATURE_role_definite);
    hold(c, one->kind == ENTITY_UNKNOWN, FEATURE_unknown_kind);
    hold(c, one->kind == ENTITY_BODY, FEATURE_body);
    hold(c, one->kind == ENTITY_PLACE, FEATURE_place);
    hold(c, one->number == NUMBER_PLURAL, FEATURE_plural);
    hold(c, one->number == NUMBER_SINGULAR, FEATURE_singular);
    if (x->class != RANK_PERSON)
        return;
    hold(c, agrees, FEATURE_gender_agrees);
    hold(c, !agrees, FEATURE_gender_open);
    hold(c, one->called != GENDER_UNKNOWN && one->called == x->m->gender, FEATURE_called_alike);
    hold(c, one->called != GENDER_UNKNOWN && one->called != x->m->gender, FEATURE_called_other);
}

static void speech(const situation *x, candidate *c, unsigned rank)
{
    const discourse *d = x->d;
    const mention *last = &d->e->mention[c->mention];
    bool it = quoted(d->s, last->head), pronoun = quoted(d->s, x->m->head);
    bool floor = d->floor[0] == c->entity;
    hold(c, floor, FEATURE_same_floor);
    hold(c, !floor && d->floor[1] == c->entity, FEATURE_floor_before);
    hold(c, floor && last->paragraph == x->m->paragraph, FEATURE_floor_in_paragraph);
    hold(c, floor && rank == 0, FEATURE_floor_nearest);
    hold(c, d->e->entity[c->entity].spoke, FEATURE_spoke);
    hold(c, !d->e->entity[c->entity].spoke, FEATURE_never_spoke);
    hold(c, x->speaker == c->entity, FEATURE_speaks_here);
    hold(c, x->own != NULL && content_holds(x->own, last->head), FEATURE_own_content);
    hold(c, it && pronoun && d->s->quotation[last->head] == d->s->quotation[x->m->head],
         FEATURE_quoted_alike);
    hold(c, it && !pronoun, FEATURE_quoted_only_it);
    hold(c, !it && pronoun, FEATURE_quoted_only_pronoun);
}

static void weight_in_text(const situation *x, candidate *c, unsigned rank)
{
    static const unsigned counts[] = {1, 2, 4, 5};
    const discourse *d = x->d;
    const mention *last = &d->e->mention[c->mention];
    bool subject = last->place == PLACE_SUBJECT && !last->modifier;
    one_of(c, d->e->entity[c->entity].n_mentions, counts, 4, FEATURE_once);
    hold(c, d->topic == c->entity, FEATURE_topic);
    hold(c, subject && rank == 0, FEATURE_subject_nearest);
    hold(c,
         c->mention == 0 || d->s->a->token[d->e->mention[c->mention - 1].head].sentence !=
                                d->s->a->token[last->head].sentence,
         FEATURE_opens_sentence);
}

/* What all candidates together tell of each other, and of none. */
static void together(const situation *x, candidate *c, unsigned n)
{
    unsigned agree = 0;
    for (unsigned i = 0; i < n; i++) {
        const entity *one = &x->d->e->entity[c[i].entity];
        agree += one->gender != GENDER_UNKNOWN && one->gender == x->m->gender;
    }
    for (unsigned i = 0; i < n; i++) {
        uint8_t gender = x->d->e->entity[c[i].entity].gender;
        hold(&c[i], n == 1, FEATURE_only);
        hold(&c[i], agree == 1 && gender == x->m->gender && gender != GENDER_UNKNOWN,
             FEATURE_only_agreeing);
    }
    candidate *none = &c[n];
    *none = (candidate){.entity = NO_ENTITY};
    hold(none, true, FEATURE_none);
    hold(none, quoted(x->d->s, x->m->head), FEATURE_none_quoted);
    hold(none, n == 1, FEATURE_none_alone);
    hold(none, n > 3, FEATURE_none_several);
    hold(none, x->speaker != NO_ENTITY, FEATURE_none_told);
    hold(none, x->m->head < 20, FEATURE_none_opens);
}

static bool seen(const candidate *c, unsigned n, uint32_t which)
{
    for (unsigned i = 0; i < n; i++)
        if (c[i].entity == which)
            return true;
    return false;
}

/* "He said Orr would come" is not said by Orr: does the claim whose source the pronoun is begin its
 * content with a name of the entity, outside of quotations? */
static bool speaks_of(const situation *x, uint32_t which)
{
    enum { SUBJECT = 5 }; /* tokens */
    const entity_set *e = x->d->e;
    if (x->own == NULL || x->own->n_contents == 0)
        return false;
    range content = x->own->content[0];
    for (size_t i = mention_from(e, content.first);
         i < e->n_mentions && e->mention[i].head < content.last &&
         e->mention[i].head < content.first + SUBJECT;
         i++)
        if (e->mention[i].entity == which && e->mention[i].form == FORM_NAME &&
            !quoted(x->d->s, e->mention[i].head) && e->mention[i].place != PLACE_OWNER)
            return true;
    return false;
}

/* Who speaks in a quotation is "I" there, not "he". */
static bool quotes_itself(const situation *x, uint32_t which)
{
    return which == x->quoter;
}

static bool may_mean(const situation *x, uint32_t which)
{
    return fits(&x->d->e->entity[which], x->m, x->class) && !speaks_of(x, which) &&
           !quotes_itself(x, which);
}

unsigned candidates_of(const discourse *d, size_t index, unsigned class, candidate *ret)
{
    enum { BACK = 80, SENTENCES = 10 };
    situation x = situation_of(d, index, class);
    const wn_token *token = d->s->a->token;
    unsigned n = 0;
    for (size_t k = index; k-- > 0 && index - k <= BACK && n < CANDIDATES;) {
        const mention *m = &d->e->mention[k];
        if (token[x.m->head].sentence - token[m->head].sentence > SENTENCES)
            break;
        if (m->entity == NO_ENTITY || seen(ret, n, m->entity) || !may_mean(&x, m->entity))
            continue;
        ret[n++] = (candidate){.entity = m->entity, .mention = (uint32_t)k};
    }
    for (unsigned i = 0; i < n; i++) {
        distances(&x, &ret[i], i);
        form(&x, &ret[i]);
        grammar(&x, &ret[i]);
        nature(&x, &ret[i]);
        speech(&x, &ret[i], i);
        weight_in_text(&x, &ret[i], i);
    }
    together(&x, ret, n);
    return n;
}
