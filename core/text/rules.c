/* rules.c: the words of a language in one open hash table, keyed by wn_word_hash. */
#include "text/rules_private.h"
#include "util/alloc.h"
#include <string.h>

enum { FEWEST_SLOTS = 64, CASED = TEXT_STARTER - 1, CASELESS = 2 * TEXT_ELISION - TEXT_STARTER };

text_rules *text_rules_new(void)
{
    return mem_zeroed(sizeof(text_rules));
}

void text_rules_free(text_rules *r)
{
    if (r == NULL)
        return;
    mem_free(r->word);
    mem_free(r->slot);
    mem_free(r);
}

const char *text_rules_language(const text_rules *r)
{
    return r->language;
}

size_t text_rules_before_apostrophe(const text_rules *r)
{
    return r != NULL ? r->before_apostrophe : 0;
}

static void put(text_rules *r, size_t i)
{
    uint32_t at = r->word[i].hash & r->mask;
    while (r->slot[at] != 0)
        at = (at + 1) & r->mask;
    r->slot[at] = (uint32_t)i + 1;
}

/* Twice as many slots as words at least. */
static bool room(text_rules *r)
{
    size_t have = r->slot != NULL ? (size_t)r->mask + 1 : 0;
    if (!MEM_GROW(r->word, r->cap, r->n + 1))
        return false;
    if (2 * (r->n + 1) <= have)
        return true;
    size_t want = have != 0 ? 2 * have : FEWEST_SLOTS;
    uint32_t *slot = mem_zeroed(want * sizeof *slot);
    if (slot == NULL)
        return false;
    mem_free(r->slot);
    r->slot = slot;
    r->mask = (uint32_t)want - 1;
    for (size_t i = 0; i < r->n; i++)
        put(r, i);
    return true;
}

bool text_rules_add(text_rules *r, const char *word, size_t len, unsigned kind)
{
    if (!room(r))
        return false;
    known_word *w = &r->word[r->n];
    *w = (known_word){.hash = wn_word_hash(word, len), .kind = (uint16_t)kind, .len = (uint8_t)len};
    if ((kind & CASED) != 0)
        memcpy(w->text, word, len);
    else
        (void)wn_fold(word, len, w->text, sizeof w->text);
    put(r, r->n++);
    r->longest = len > r->longest ? len : r->longest;
    return true;
}

/* Is the word, in lower case and with ' for its typographic form, this one? */
static bool same_folded(const known_word *w, const char *word, size_t len)
{
    char folded[3 * TEXT_WORD_MAX];
    size_t n = 0;
    (void)wn_fold(word, len, folded, sizeof folded);
    for (size_t i = 0; i < len; i++) {
        if (len - i >= 3 && memcmp(folded + i, "\xE2\x80\x99", 3) == 0) {
            folded[n++] = '\'';
            i += 2;
        } else {
            folded[n++] = folded[i];
        }
    }
    return n == w->len && memcmp(folded, w->text, n) == 0;
}

static bool same(const known_word *w, const char *word, size_t len)
{
    if ((w->kind & CASED) == 0)
        return same_folded(w, word, len);
    return w->len == len && memcmp(w->text, word, len) == 0;
}

unsigned text_rules_hashed(const text_rules *r, const char *word, size_t len, uint32_t hash,
                           unsigned kinds)
{
    unsigned found = 0;
    if (r == NULL || r->n == 0 || len > 3 * r->longest)
        return 0;
    for (uint32_t at = hash & r->mask; r->slot[at] != 0; at = (at + 1) & r->mask) {
        const known_word *w = &r->word[r->slot[at] - 1];
        if (w->hash == hash && (w->kind & kinds) != 0 && same(w, word, len))
            found |= w->kind;
    }
    return found;
}

unsigned text_rules_word(const text_rules *r, const char *word, size_t len, unsigned kinds)
{
    if (r == NULL || len == 0 || len > 3 * r->longest ||
        ((kinds & CASELESS) == 0 && len > r->longest))
        return 0;
    return text_rules_hashed(r, word, len, wn_word_hash(word, len), kinds);
}

const text_rules *text_rules_for(const text_rule_set *set, const char *language)
{
    const size_t len = language != NULL ? strcspn(language, "-_") : 0;
    char folded[TEXT_LANGUAGE_MAX];
    if (len > 0 && len <= sizeof folded) {
        (void)wn_fold(language, len, folded, sizeof folded);
        for (size_t i = 0; i < set->n; i++) {
            const char *own = set->item[i]->language;
            if (strlen(own) == len && memcmp(own, folded, len) == 0)
                return set->item[i];
        }
    }
    return set->n > 0 ? set->item[0] : NULL;
}
