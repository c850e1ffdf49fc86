/* language.c: see language.h. The only file that knows libexttextcat. */
#include "clean/language.h"
#include <libexttextcat/textcat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { SAMPLE = 3000, SHORTEST = 100 };

struct language_finder {
    const function_words *words;
    /* of the fingerprints, which are read when a text asks for them */
    char conf[1024], prefix[1024];
    void *textcat;
    candidate_t *candidates;
    char code[16];
    char sample[SAMPLE];
};

language_finder *language_new(const function_words *words, const char *data_dir)
{
    language_finder *f = calloc(1, sizeof *f);
    if (f == NULL)
        return NULL;
    f->words = words;
    (void)snprintf(f->conf, sizeof f->conf, "%s/fpdb.conf", data_dir);
    (void)snprintf(f->prefix, sizeof f->prefix, "%s/", data_dir);
    if (access(f->conf, R_OK) != 0) {
        language_free(f);
        return NULL;
    }
    return f;
}

static bool read_fingerprints(language_finder *f)
{
    if (f->textcat == NULL)
        f->textcat = special_textcat_Init(f->conf, f->prefix);
    if (f->textcat != NULL && f->candidates == NULL)
        f->candidates = textcat_GetClassifyFullOutput(f->textcat);
    return f->candidates != NULL;
}

void language_free(language_finder *f)
{
    if (f == NULL)
        return;
    if (f->candidates != NULL)
        textcat_ReleaseClassifyFullOutput(f->textcat, f->candidates);
    if (f->textcat != NULL)
        textcat_Done(f->textcat);
    free(f);
}

/* Letters and blanks of the text: figures and marks say nothing. */
static size_t sample_of(language_finder *f, const char *text, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len && n < SAMPLE; i++) {
        char c = text[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      (unsigned char)c >= 0x80 || c == '\'';
        if (letter)
            f->sample[n++] = c;
        else if (n > 0 && f->sample[n - 1] != ' ')
            f->sample[n++] = ' ';
    }
    /* not in the midst of a character */
    while (n > 0 && ((unsigned char)f->sample[n - 1] & 0xC0) == 0x80)
        n--;
    if (n > 0 && (unsigned char)f->sample[n - 1] >= 0xC0)
        n--;
    return n;
}

/* "en--utf8" to "en". */
static const char *code_of(language_finder *f, const char *name)
{
    size_t n = 0;
    while (name[n] != '\0' && n + 1 < sizeof f->code &&
           !(name[n] == '-' && (name[n + 1] == '-' || name[n + 1] == 'u')))
        n++;
    memcpy(f->code, name, n);
    while (n > 0 && f->code[n - 1] == '-')
        n--;
    f->code[n] = '\0';
    return f->code;
}

const char *language_find(language_finder *f, const char *text, size_t len)
{
    size_t n = sample_of(f, text, len);
    if (n < SHORTEST)
        return "und";
    const char *told = f->words != NULL ? function_words_language(f->words, f->sample, n) : NULL;
    if (told != NULL)
        return told;
    if (!read_fingerprints(f))
        return NULL;
    int count = textcat_ClassifyFull(f->textcat, f->sample, n, f->candidates);
    int best = -1, second = -1;
    for (int i = 0; i < count; i++) {
        int score = f->candidates[i].score;
        if (best < 0 || score < f->candidates[best].score) {
            second = best;
            best = i;
        } else if (second < 0 || score < f->candidates[second].score)
            second = i;
    }
    if (best < 0)
        return "und";
    long margin =
        second < 0 ? 1000
                   : f->candidates[second].score * 1000L / (f->candidates[best].score + 1) - 1000;
    /* the second 1.5 % behind, at least */
    return margin >= 15 ? code_of(f, f->candidates[best].name) : "und";
}

bool language_is(const char *tag, const char *wanted)
{
    if (tag == NULL)
        return false;
    size_t n = strcspn(tag, "-_"), m = strcspn(wanted, "-_");
    return n == m && strncasecmp(tag, wanted, n) == 0 &&
           (wanted[m] == '\0' || strcasecmp(tag, wanted) == 0 || tag[n] == '\0');
}
