/* ranker.c: the weights, and the pass over the mentions that gives each its entity. */
#include "claims/entity/ranker_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const classes[RANKER_CLASSES] = {"person",       "many",
                                                    "thing",        "person_speaker",
                                                    "many_speaker", "thing_speaker"};

const char *ranker_class_name(unsigned class)
{
    return class < RANKER_CLASSES ? classes[class] : NULL;
}

const char *ranker_feature_name(unsigned feature)
{
#define FEATURE_NAME(name) #name,
    static const char *const names[] = {FEATURES(FEATURE_NAME)};
    return feature < FEATURE_COUNT ? names[feature] : NULL;
}

static bool same(const char *word, size_t n, const char *name)
{
    return strlen(name) == n && memcmp(word, name, n) == 0;
}

/* Where the weight of CLASS.FEATURE lies; NULL: nowhere. */
static int32_t *slot_of(ranker *r, const char *word, size_t n)
{
    const char *dot = memchr(word, '.', n);
    if (dot == NULL)
        return NULL;
    size_t len = (size_t)(dot - word), rest = n - len - 1;
    for (unsigned c = 0; c < RANKER_CLASSES; c++) {
        if (!same(word, len, classes[c]))
            continue;
        if (same(dot + 1, rest, "threshold"))
            return &r->threshold[c];
        for (unsigned f = 0; f < FEATURE_COUNT; f++)
            if (same(dot + 1, rest, ranker_feature_name(f)))
                return &r->weight[c][f];
    }
    return NULL;
}

/* "CLASS.FEATURE NUMBER", or nothing, or a comment. */
static bool read_line(ranker *r, const char *line, size_t n)
{
    char copy[128];
    long number;
    int used = 0;
    if (n == 0 || line[0] == '#' || (n == 1 && line[0] == '\r'))
        return true;
    if (n >= sizeof copy)
        return false;
    memcpy(copy, line, n);
    copy[n] = 0;
    char *blank = strchr(copy, ' ');
    int32_t *slot = blank != NULL ? slot_of(r, copy, (size_t)(blank - copy)) : NULL;
    if (slot == NULL || sscanf(blank, "%8ld %n", &number, &used) != 1 || blank[used] != 0)
        return false;
    *slot = (int32_t)number;
    return true;
}

bool ranker_load(ranker *r, const char *text, size_t len, char *ret_text, size_t ret_size)
{
    const char *at = text, *end = text + len;
    *r = (ranker){0};
    for (int line = 1; at < end; line++) {
        const char *nl = memchr(at, '\n', (size_t)(end - at));
        size_t n = (size_t)((nl != NULL ? nl : end) - at);
        if (!read_line(r, at, n)) {
            (void)snprintf(ret_text, ret_size,
                           "speaker.weights:%d: not CLASS.FEATURE NUMBER: \"%.*s\"", line,
                           (int)(n < 60 ? n : 60), at);
            return false;
        }
        at = nl != NULL ? nl + 1 : end;
    }
    return true;
}

static int32_t score(const ranker *r, const candidate *c, unsigned class, bool speaker)
{
    int32_t sum = 0;
    for (unsigned k = 0; k < c->n; k++)
        sum += r->weight[class][c->feature[k]] +
               (speaker ? r->weight[class + RANK_SPEAKER][c->feature[k]] : 0);
    return sum;
}

/* The best of n candidates and none; none, too, when the next one is near. */
static uint32_t decide(const ranker *r, const candidate *c, unsigned n, unsigned class,
                       bool speaker)
{
    uint32_t best = NO_ENTITY;
    int32_t most = 0, second = score(r, &c[n], class, speaker);
    for (unsigned i = 0; i < n; i++) {
        int32_t now = score(r, &c[i], class, speaker);
        if (best == NO_ENTITY || now > most) {
            second = best != NO_ENTITY && most > second ? most : second;
            most = now;
            best = c[i].entity;
        } else if (now > second) {
            second = now;
        }
    }
    int32_t lead = r->threshold[speaker ? class + RANK_SPEAKER : class];
    return best != NO_ENTITY && most - second >= lead ? best : NO_ENTITY;
}

typedef struct tracer {
    ranker_trace *trace;
    void *arg;
} tracer;

static uint32_t pronoun_resolve(const ranker *r, const discourse *d, size_t index, tracer t)
{
    candidate c[CANDIDATES + 1];
    mention *m = &d->e->mention[index];
    unsigned class = pronoun_class(d->s, m);
    if (d->s->tag[m->head] == WN_TAG_WH)
        return relative_resolve(d, index);
    if (class == RANKER_CLASSES || r == NULL)
        return NO_ENTITY;
    unsigned n = candidates_of(d, index, class, c);
    if (t.trace != NULL)
        t.trace(t.arg, index, class, c, n);
    return n == 0 ? NO_ENTITY : decide(r, c, n, class, m->source != NO_CLAIM);
}

/* The mention has its entity: what later ones need to know of it. */
static void note(discourse *d, size_t index)
{
    const mention *m = &d->e->mention[index];
    if (m->paragraph != d->paragraph || index == 0) {
        d->paragraph = m->paragraph;
        d->topic = NO_ENTITY;
    }
    if (m->entity == NO_ENTITY)
        return;
    entity *x = &d->e->entity[m->entity];
    x->last = (uint32_t)index;
    x->n_mentions++;
    if (d->topic == NO_ENTITY && !m->modifier && x->kind != ENTITY_PLACE)
        d->topic = m->entity;
    if (m->form == FORM_PRONOUN && m->gender != GENDER_UNKNOWN)
        x->called = m->gender;
    if (m->source == NO_CLAIM)
        return;
    x->spoke = true;
    if (d->floor[0] != m->entity) {
        d->floor[1] = d->floor[0];
        d->floor[0] = m->entity;
    }
}

static void start_counting(entity_set *e)
{
    for (size_t x = 0; x < e->n; x++) {
        e->entity[x].n_mentions = 0;
        e->entity[x].spoke = false;
        e->entity[x].called = GENDER_UNKNOWN;
    }
}

/* Ids in the order of the text. */
static void number_entities(entity_set *e)
{
    uint32_t next = 1;
    for (size_t i = 0; i < e->n_mentions; i++) {
        const mention *m = &e->mention[i];
        if (m->entity != NO_ENTITY && e->entity[m->entity].id == 0)
            e->entity[m->entity].id = next++;
    }
}

bool anaphora_resolve(const ranker *r, const syntax *s, const claim_list *claims, entity_set *e,
                      ranker_trace *trace, void *arg)
{
    discourse d = {
        .s = s, .claims = claims, .e = e, .floor = {NO_ENTITY, NO_ENTITY}, .topic = NO_ENTITY};
    start_counting(e);
    if (!index_roles(s, e))
        return false;
    for (size_t i = 0; i < e->n_mentions; i++) {
        mention *m = &e->mention[i];
        if (!wn_beat(s->pulse))
            return false;
        if (m->form == FORM_PRONOUN)
            m->entity = pronoun_resolve(r, &d, i, (tracer){trace, arg});
        else if (m->entity == NO_ENTITY && !noun_resolve(&d, i))
            return false;
        note(&d, i);
    }
    number_entities(e);
    return true;
}
