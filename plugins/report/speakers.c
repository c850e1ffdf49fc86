/* speakers.c: see speakers.h: names that differ in the case of their first letter only are one. */
#include "report/speakers.h"
#include "common/grow.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_KEY = 512 };

/* "Chief engineer Orr" at the start of a sentence is "chief engineer Orr". Longer names are told by
 * their beginning, cut between characters. */
static void speaker_key(const char *name, char key[LONGEST_KEY])
{
    size_t n = strnlen(name, LONGEST_KEY - 1);
    while (n > 0 && name[n] != '\0' && ((unsigned char)name[n] & 0xC0) == 0x80)
        n--;
    memcpy(key, name, n);
    key[n] = '\0';
    if (key[0] >= 'A' && key[0] <= 'Z')
        key[0] = (char)(key[0] + 32);
}

static bool room(speakers *s)
{
    if (s->index == NULL && (s->index = json_object()) == NULL)
        return false;
    speaker *p = grown(s->p, &s->cap, s->n, sizeof *p);
    s->p = p != NULL ? p : s->p;
    return p != NULL;
}

/* The speaker of that key; NULL: out of memory. */
static speaker *find(speakers *s, const char *key, const char *name)
{
    const json_t *at = json_object_get(s->index, key);
    if (at != NULL)
        return &s->p[json_integer_value(at)];
    if (!room(s) || json_object_set_new(s->index, key, json_integer((json_int_t)s->n)) != 0)
        return NULL;
    s->p[s->n] = (speaker){strdup(name), 0, 0, 0};
    return s->p[s->n].name != NULL ? &s->p[s->n++] : NULL;
}

bool speakers_add(speakers *s, const char *name, size_t doc)
{
    char key[LONGEST_KEY];
    speaker_key(name, key);
    speaker *who = find(s, key, name);
    if (who == NULL)
        return false;
    who->claims++;
    who->docs += who->last_doc != doc;
    who->last_doc = doc;
    return true;
}

static int by_claims(const void *x, const void *y)
{
    const speaker *a = x, *b = y;
    if (a->claims != b->claims)
        return a->claims > b->claims ? -1 : 1;
    return strcmp(a->name, b->name);
}

void speakers_sort(speakers *s)
{
    if (s->n > 1)
        qsort(s->p, s->n, sizeof *s->p, by_claims);
    json_decref(s->index); /* its numbers are of the order before */
    s->index = NULL;
}

void speakers_free(speakers *s)
{
    for (size_t i = 0; i < s->n; i++)
        free(s->p[i].name);
    free(s->p);
    json_decref(s->index);
}
