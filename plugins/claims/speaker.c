/* speaker.c: resolution of sources against the names and sources before them. */
#include "claims/speaker.h"
#include "common/grow.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    PRONOUN_REACH = 6,
    THING_REACH = 2, /* "it" may be anything */
    NAMES_BACK = 500,
    NAMESAKES_BACK = 64 /* of them those that share the surname */
};

/* Case does not count: "Mayor Orr" is "the mayor". */
static bool same_noun(const syntax *s, uint32_t a, uint32_t b)
{
    const wn_token *x = &s->a->token[a], *y = &s->a->token[b];
    return x->end - x->start == y->end - y->start &&
           strncasecmp(s->text + x->start, s->text + y->start, x->end - x->start) == 0;
}

static bool same_word(const syntax *s, uint32_t a, uint32_t b)
{
    const wn_token *x = &s->a->token[a], *y = &s->a->token[b];
    return x->end - x->start == y->end - y->start &&
           memcmp(s->text + x->start, s->text + y->start, x->end - x->start) == 0;
}

static bool has_list(const syntax *s, range r, word_list list)
{
    for (uint32_t i = r.first; i < r.last; i++)
        if (in_list(s, i, list))
            return true;
    return false;
}

static bool leaves_head(const syntax *s, uint32_t i)
{
    return tag_in(s, i, TAGS_TO | 1 << WN_TAG_VBG | 1 << WN_TAG_WH | 1 << WN_TAG_PUNCT);
}

static bool title_or_role(const syntax *s, uint32_t i)
{
    return in_lists(s, i, LIST_BIT(LIST_TITLE) | LIST_BIT(LIST_ROLE));
}

/* "Pentagon Press Secretary" Ann Orr */
static range without_titles(const syntax *s, range name)
{
    for (uint32_t i = name.last; i-- > name.first + 1;)
        if (title_or_role(s, i - 1))
            return (range){i, name.last};
    return name;
}

/* The proper nouns that end the phrase's head, or an apposition to it; titles left out. Empty:
 * none. */
static range name_in(const syntax *s, range r)
{
    range best = {0, 0};
    bool head = true;
    for (uint32_t i = r.first; i < r.last; i++) {
        if (mark_is(s, i, ','))
            head = true;
        else if (leaves_head(s, i))
            head = false;
        if (!head || s->tag[i] != WN_TAG_NNP || in_list(s, i, LIST_DAY))
            continue;
        uint32_t end = i;
        while (end < r.last && s->tag[end] == WN_TAG_NNP)
            end++;
        if ((end == r.last || leaves_head(s, end)) &&
            (range_empty(best) || end - i >= best.last - best.first))
            best = (range){i, end};
        i = end - 1;
    }
    return without_titles(s, best);
}

static uint32_t words_in(const syntax *s, range r)
{
    uint32_t n = 0;
    for (uint32_t i = r.first; i < r.last; i++)
        n += s->a->token[i].kind == WN_TOKEN_WORD;
    return n;
}

/* Names of two words or more, each with the chunk around it (title, role): what a surname may
 * mean. */
typedef struct full_name {
    range name, mention;
    uint32_t given_hash, surname_hash; /* of its first and last word: most names differ */
    uint8_t gender;                    /* of the mention, see gender() */
    bool spoke;                        /* a source so far */
} full_name;

typedef struct names {
    full_name *item;
    size_t n;
} names;

static int gender(const syntax *s, range r)
{
    if (has_list(s, r, LIST_MALE) || has_list(s, r, LIST_FEMALE))
        return has_list(s, r, LIST_MALE) ? 1 : 2;
    range name = name_in(s, r);
    if (name.last < name.first + 2)
        return 0;
    return in_list(s, name.first, LIST_MALE_NAME)     ? 1
           : in_list(s, name.first, LIST_FEMALE_NAME) ? 2
                                                      : 0;
}

/* Both are known, and not the same. */
static bool other_gender(int a, int b)
{
    return a != 0 && b != 0 && a != b;
}

static uint32_t word_hash(const syntax *s, uint32_t i)
{
    const wn_token *t = &s->a->token[i];
    uint32_t h = 2166136261u;
    for (uint32_t k = t->start; k < t->end; k++)
        h = (h ^ (uint8_t)s->text[k]) * 16777619u;
    return h;
}

/* "Minister of State Ann Orr": the chunk with the office that another one begins. */
static range with_office(const syntax *s, range chunk)
{
    if (chunk.first >= 2 && word_is(s, chunk.first - 1, "of") &&
        s->chunk_last[chunk.first - 2] != 0 && title_or_role(s, chunk.first - 2))
        chunk.first = s->chunk_first[chunk.first - 2];
    return chunk;
}

/* Is it the name of a person, in two to four words, that ends the mention? */
static bool full_person_name(const syntax *s, range name, range mention)
{
    uint32_t words = name.last - name.first;
    return name.last == mention.last && words >= 2 && words <= 4 &&
           !has_list(s, name, LIST_GROUP) && !has_list(s, name, LIST_BODY_NAME) &&
           !word_is(s, mention.first, "the");
}

static bool collect_names(const syntax *s, names *ret)
{
    size_t cap = 0;
    for (uint32_t i = 0; i < s->a->n_tokens; i++) {
        if (!wn_beat(s->pulse))
            return false;
        bool end = s->tag[i] == WN_TAG_NNP && s->chunk_last[i] == i + 1;
        if (!end || s->chunk_first[i] == i)
            continue;
        range chunk = {s->chunk_first[i], i + 1};
        range name = name_in(s, chunk), mention = with_office(s, chunk);
        if (!full_person_name(s, name, mention))
            continue;
        full_name *all = grown(ret->item, &cap, ret->n, sizeof *all);
        if (all == NULL)
            return false;
        ret->item = all;
        ret->item[ret->n++] = (full_name){.name = name,
                                          .mention = mention,
                                          .given_hash = word_hash(s, name.first),
                                          .surname_hash = word_hash(s, name.last - 1),
                                          .gender = (uint8_t)gender(s, mention)};
    }
    return true;
}

/* Names that begin before token `at`. */
static size_t names_before(const names *known, uint32_t at)
{
    size_t low = 0, high = known->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (known->item[mid].name.first < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Two full names of one surname: they share another word ("Ann Orr", "Senator Ann B. Orr"). */
static bool one_person(const syntax *s, range a, range b)
{
    for (uint32_t i = a.first; i + 1 < a.last; i++)
        for (uint32_t k = b.first; k + 1 < b.last; k++)
            if (same_word(s, i, k))
                return true;
    return false;
}

/* Whoever has the full name in the mention is a source now, wherever it stands. */
static void note_spoke(const syntax *s, names *known, range mention)
{
    size_t end = names_before(known, mention.last);
    if (end == 0 || known->item[end - 1].name.first < mention.first)
        return;
    const full_name *now = &known->item[end - 1];
    unsigned namesakes = 0;
    for (size_t i = end; i-- > 0 && end - i <= NAMES_BACK && namesakes < NAMESAKES_BACK;) {
        full_name *f = &known->item[i];
        if (f->surname_hash != now->surname_hash ||
            !same_word(s, f->name.last - 1, now->name.last - 1))
            continue;
        namesakes++;
        f->spoke |= one_person(s, f->name, now->name);
    }
}

static bool pronoun(const syntax *s, range r)
{
    return r.last - r.first == 1 &&
           (s->tag[r.first] == WN_TAG_PRP || s->tag[r.first] == WN_TAG_PRPS);
}

/* Does the surname at token `surname` mean this name: its last word, or, of two, its first? */
static bool has_surname(const syntax *s, const full_name *f, uint32_t surname, uint32_t hash)
{
    if (f->surname_hash == hash && same_word(s, f->name.last - 1, surname))
        return true;
    return f->given_hash == hash && f->name.last - f->name.first == 2 &&
           same_word(s, f->name.first, surname);
}

/* Full names before that end in the surname, or, in names of two words, start with it: the last
 * one. None when two people share it, unless only one of them was a source so far. */
static range full_mention(const syntax *s, const names *known, range source, range name)
{
    uint32_t surname = name.last - 1, hash = word_hash(s, surname);
    const full_name *found = NULL;
    bool two = false;
    size_t low = names_before(known, name.first);
    int want = gender(s, source);
    unsigned namesakes = 0;
    for (size_t i = low; i-- > 0 && low - i <= NAMES_BACK && namesakes < NAMESAKES_BACK;) {
        const full_name *f = &known->item[i];
        if (!has_surname(s, f, surname, hash))
            continue;
        namesakes++;
        if (other_gender(want, f->gender))
            continue; /* "Mr Orr" is not Ann Orr */
        bool other = found != NULL && !one_person(s, found->name, f->name);
        two |= other && f->spoke == found->spoke;
        if (found == NULL || (other && f->spoke && !found->spoke))
            found = f;
    }
    return found != NULL && !two ? found->mention : (range){0, 0};
}

/* "the 2025 Index", "Norland": names, but no persons' unless a role or title goes with them. */
static bool thing_name(const syntax *s, range r, range name)
{
    uint32_t first = s->chunk_first[name.first];
    bool article = s->chunk_last[name.first] != 0 && s->tag[first] == WN_TAG_DT;
    bool place = name.last - name.first == 1 && in_list(s, name.first, LIST_PLACE);
    if (has_list(s, name, LIST_BODY_NAME))
        return true;
    return (article || place) && !has_list(s, r, LIST_ROLE) && !has_list(s, r, LIST_TITLE);
}

static bool person_like(const syntax *s, range r)
{
    range name = name_in(s, r);
    return !range_empty(name) && !thing_name(s, r, name) &&
           (!has_list(s, name, LIST_GROUP) || has_list(s, r, LIST_TITLE));
}

static void set(claim *c, enum speaker_status status, range mention, const char *reason)
{
    c->speaker_status = (uint8_t)status;
    c->speaker = mention;
    c->speaker_reason = reason;
}

static range mention_of(const claim *c)
{
    return !range_empty(c->speaker) ? c->speaker : c->source;
}

/* "He said Orr would come" is not said by Orr. */
static bool speaks_of(const syntax *s, const claim *c, range mention)
{
    enum { SUBJECT = 5 };
    range name = name_in(s, mention);
    if (range_empty(name) || c->n_contents == 0)
        return false;
    for (uint32_t i = c->content[0].first;
         i < c->content[0].last && i < c->content[0].first + SUBJECT; i++)
        if (s->quotation[i] < 0 && s->tag[i] == WN_TAG_NNP && same_word(s, i, name.last - 1) &&
            s->tag[i + 1] != WN_TAG_POS)
            return true;
    return false;
}

/* The nearest earlier source that the test accepts. */
static const claim *earlier_source(const claim_list *l, size_t i, const syntax *s, range source,
                                   bool (*fits)(const syntax *s, range source, const claim *before),
                                   size_t reach)
{
    for (size_t k = i; k-- > 0 && i - k <= reach;)
        if (!range_empty(l->item[k].source) && fits(s, source, &l->item[k]) &&
            !speaks_of(s, &l->item[i], mention_of(&l->item[k])))
            return &l->item[k];
    return NULL;
}

static bool fits_pronoun(const syntax *s, range source, const claim *before)
{
    range m = mention_of(before);
    int want = gender(s, source), have = gender(s, m);
    bool many = m.last - m.first == 1 && s->text[s->a->token[m.first].end - 1] == 's';
    if (many) /* "Republicans": no "he" */
        return false;
    return before->speaker_status <= SPEAKER_RESOLVED && person_like(s, m) &&
           !other_gender(have, want);
}

static bool plural_phrase(const syntax *s, range r)
{
    const wn_token *t = &s->a->token[r.last - 1];
    char last = s->text[t->end - 1];
    return s->tag[r.last - 1] == WN_TAG_NN && last == 's' && t->end - t->start > 3;
}

static bool fits_plural(const syntax *s, range source, const claim *before)
{
    (void)source;
    return plural_phrase(s, before->source);
}

static bool fits_thing(const syntax *s, range source, const claim *before)
{
    (void)source;
    range head = {before->source.first, before->source.first};
    while (head.last < before->source.last && !leaves_head(s, head.last))
        head.last++;
    bool body = !range_empty(head) &&
                (in_list(s, head.last - 1, LIST_GROUP) || has_list(s, head, LIST_BODY_NAME));
    return body && !pronoun(s, before->source) && !plural_phrase(s, head);
}

/* A body by the noun of its name: "the ministry" after "the defence ministry"; people: see
 * titled. */
static bool fits_body(const syntax *s, range source, const claim *before)
{
    range m = mention_of(before);
    uint32_t end = m.first;
    while (end < m.last && !leaves_head(s, end))
        end++;
    if (end == m.first || !in_list(s, source.last - 1, LIST_GROUP) ||
        !same_noun(s, end - 1, source.last - 1))
        return false;
    /* "the Orr campaign" is not "the Quay campaign" */
    for (uint32_t i = source.first + 1; i + 1 < source.last; i++) {
        uint32_t k = m.first;
        while (k < end && !same_noun(s, k, i))
            k++;
        if (k == end)
            return false;
    }
    return true;
}

/* Is the role the person's, in one of "Mayor Ann Orr", "the mayor, Ann Orr", "Ann Orr, the
 * mayor"? */
static bool has_role(const syntax *s, const full_name *f, uint32_t role)
{
    uint32_t before = f->name.first, comma = f->mention.last;
    if (before > f->mention.first)
        return same_noun(s, before - 1, role);
    if (before > 1 && mark_is(s, before - 1, ',') && same_noun(s, before - 2, role) &&
        s->chunk_last[before - 2] == before - 1)
        return true;
    if (comma + 1 >= s->a->n_tokens || !mark_is(s, comma, ',') || s->chunk_last[comma + 1] == 0 ||
        s->tag[comma + 1] == WN_TAG_NNP)
        return false;
    return same_noun(s, s->chunk_last[comma + 1] - 1, role);
}

/* "the Republican nominee" is not a "Democratic nominee": what tells the role apart must be said of
 * the person, too. */
static bool has_modifiers(const syntax *s, const full_name *f, range source)
{
    for (uint32_t i = source.first + 1; i + 1 < source.last; i++) {
        uint32_t k = f->mention.first > 12 ? f->mention.first - 12 : 0, end = f->mention.last + 12;
        end = end < source.first ? end : source.first;
        while (k < end && !same_noun(s, k, i))
            k++;
        if (k == end)
            return false;
    }
    return true;
}

/* The one person before who is told to have the role; none when there are two. */
static range titled(const syntax *s, const names *known, range source)
{
    range found = {0, 0}, none = {0, 0};
    uint32_t role = source.last - 1, surname = 0;
    if (!title_or_role(s, role))
        return none;
    for (size_t i = 0; i < known->n && i < NAMES_BACK && known->item[i].name.first < source.first;
         i++) {
        if (!has_role(s, &known->item[i], role) || !has_modifiers(s, &known->item[i], source))
            continue;
        uint32_t last = known->item[i].name.last - 1;
        if (!range_empty(found) && !same_word(s, surname, last))
            return none;
        found = known->item[i].mention;
        surname = last;
    }
    return found;
}

static void resolve_pronoun(const syntax *s, claim_list *l, size_t i)
{
    claim *c = &l->item[i];
    range none = {0, 0};
    uint32_t at = c->source.first;
    bool plural = word_is(s, at, "they") || word_is(s, at, "their"),
         thing = word_is(s, at, "it") || word_is(s, at, "its");
    if (word_is(s, at, "i") || word_is(s, at, "we") || word_is(s, at, "you") ||
        word_is(s, at, "my") || word_is(s, at, "our") || word_is(s, at, "your")) {
        set(c, SPEAKER_UNKNOWN, none, "first or second person");
        return;
    }
    const claim *before = earlier_source(l, i, s, c->source,
                                         plural  ? fits_plural
                                         : thing ? fits_thing
                                                 : fits_pronoun,
                                         thing ? THING_REACH : PRONOUN_REACH);
    if (before != NULL)
        set(c, SPEAKER_RESOLVED, mention_of(before), "pronoun: the last source that fits");
    else
        set(c, SPEAKER_UNKNOWN, none, "pronoun without a source before it that fits");
}

static void resolve_relative(const syntax *s, claim *c)
{
    range none = {0, 0};
    uint32_t at = c->source.first;
    uint32_t end = at > 0 && mark_is(s, at - 1, ',') ? at - 1 : at;
    range np = end > 0 ? noun_phrase_left(s, end > 40 ? end - 40 : 0, end) : none;
    if (range_empty(np))
        set(c, SPEAKER_UNKNOWN, none, "relative pronoun without a noun before it");
    else
        set(c, SPEAKER_RESOLVED, np, "relative pronoun: the noun before it");
}

static void resolve_name(const syntax *s, const names *known, claim *c, range name)
{
    range none = {0, 0};
    bool whole = name.last - name.first >= 2 || has_list(s, c->source, LIST_GROUP) ||
                 has_list(s, name, LIST_PLACE);
    range full = whole ? none : full_mention(s, known, c->source, name);
    if (!range_empty(full))
        set(c, SPEAKER_RESOLVED, full, "surname: a fuller mention before");
    else
        set(c, SPEAKER_NAMED, none, NULL);
}

/* "the Chinese embassy", "China's defence ministry": a body that its phrase tells apart. */
static bool identified_group(const syntax *s, range r)
{
    uint32_t end = r.first;
    bool which = false;
    while (end < r.last && !leaves_head(s, end)) {
        which |= (s->a->token[end].flags & WN_TOKEN_CAPITAL) != 0 && end > r.first;
        which |= s->tag[end] == WN_TAG_NNP;
        end++;
    }
    bool definite = word_is(s, r.first, "the") || s->tag[r.first] == WN_TAG_NNP;
    return definite && which && end > r.first && in_list(s, end - 1, LIST_GROUP) &&
           !plural_phrase(s, (range){r.first, end});
}

static void resolve_phrase(const syntax *s, const names *known, claim_list *l, size_t i)
{
    claim *c = &l->item[i];
    range none = {0, 0};
    bool definite = word_is(s, c->source.first, "the") && words_in(s, c->source) <= 3;
    range person = definite ? titled(s, known, c->source) : none;
    const claim *before =
        definite ? earlier_source(l, i, s, c->source, fits_body, PRONOUN_REACH) : NULL;
    if (!range_empty(person))
        set(c, SPEAKER_RESOLVED, person, "role: the one person before who has it");
    else if (before != NULL && before->speaker_status <= SPEAKER_RESOLVED)
        set(c, SPEAKER_RESOLVED, mention_of(before), "the body named before");
    else if (identified_group(s, c->source))
        set(c, SPEAKER_NAMED, none, NULL);
    else
        set(c, SPEAKER_UNNAMED, none, "no name in the source");
}

static void resolve(const syntax *s, claim_list *claims, size_t i, names *known)
{
    claim *c = &claims->item[i];
    if (range_empty(c->source)) {
        set(c, SPEAKER_UNKNOWN, c->source, "no source found");
        return;
    }
    range name = name_in(s, c->source);
    if (pronoun(s, c->source))
        resolve_pronoun(s, claims, i);
    else if (s->tag[c->source.first] == WN_TAG_WH)
        resolve_relative(s, c);
    else if (!range_empty(name))
        resolve_name(s, known, c, name);
    else
        resolve_phrase(s, known, claims, i);
    if (c->speaker_status <= SPEAKER_RESOLVED)
        note_spoke(s, known, mention_of(c));
}

bool speakers_resolve(const syntax *s, claim_list *claims)
{
    names known = {NULL, 0};
    bool ok = claims->n == 0 || collect_names(s, &known);
    for (size_t i = 0; i < claims->n && ok; i++) {
        resolve(s, claims, i, &known);
        ok = wn_beat(s->pulse);
    }
    free(known.item);
    return ok;
}
