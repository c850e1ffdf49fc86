/* Any bytes as the claims stage's data files: read, or refused with one line that says where. */
#include "claims/lexicon.h"
#include "claims/model/attribution.h"
#include "text/tagger.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    char problem[200];
    tagger t;
    attribution_model m;
    (void)tagger_load(&t, data, size);
    (void)attribution_load(&m, data, size);
    for (int as_words = 0; as_words < 2; as_words++) {
        lexicon *l = lexicon_new(text, as_words ? 0 : size, text, as_words ? size : 0, problem,
                                 sizeof problem);
        if (l == NULL && (problem[0] == 0 || strchr(problem, '\n') != NULL))
            abort();
        if (l != NULL)
            (void)lexicon_look_up(l, text, size);
        lexicon_free(l);
    }
    return 0;
}
