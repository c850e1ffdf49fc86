/* suggest.c: the word somebody meant. */
#include "config/node.h"
#include <string.h>

enum { LONGEST = 64 };

static size_t least(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

/* Edits (insert, delete, replace, swap neighbours) that make one word of the other: optimal string
 * alignment distance. */
static size_t distance(const char *a, const char *b)
{
    size_t row[3][LONGEST + 1], n = strlen(a), m = strlen(b);
    if (n > LONGEST || m > LONGEST)
        return SIZE_MAX;
    for (size_t j = 0; j <= m; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *now = row[i % 3], *before = row[(i + 2) % 3], *earlier = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            now[j] = least(before[j] + 1, now[j - 1] + 1, before[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], earlier[j - 2] + 1, SIZE_MAX);
        }
    }
    return row[n % 3][m];
}

const char *suggest(const char *word, const char *const *words, size_t n)
{
    const char *best = NULL;
    size_t nearest = strlen(word) / 3 + 2; /* further off is another word */
    for (size_t i = 0; i < n; i++) {
        size_t d = distance(word, words[i]);
        if (d < nearest && d < strlen(words[i])) {
            nearest = d;
            best = words[i];
        }
    }
    return best;
}

void suggest_clause(const char *word, const char *const *words, size_t n, char *buffer, size_t size)
{
    const char *best = suggest(word, words, n);
    buffer[0] = '\0';
    if (best != NULL) {
        (void)snprintf(buffer, size, "; did you mean `%s`?", best);
        return;
    }
    size_t used = 0;
    for (size_t i = 0; i < n && used < size; i++)
        used += (size_t)snprintf(buffer + used, size - used, "%s%s", i == 0 ? "; known: " : ", ",
                                 words[i]);
}
