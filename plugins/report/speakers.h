/* speakers.h: who is quoted, how often and in how many documents. Knows no plugin type. */
#ifndef PLUGINS_REPORT_SPEAKERS_H
#define PLUGINS_REPORT_SPEAKERS_H
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct speaker {
    char *name;
    size_t claims, docs, last_doc;
} speaker;

typedef struct speakers {
    speaker *p;
    size_t n, cap;
    json_t *index; /* key of the name: number */
} speakers;

/* A claim of the speaker in the document of that number, from 1 on; documents come one after the
 * other. false: out of memory. Zeroed is empty. */
bool speakers_add(speakers *s, const char *name, size_t doc);
void speakers_sort(speakers *s); /* after the last: most claims first, then by name */
void speakers_free(speakers *s); /* all memory */
#endif
