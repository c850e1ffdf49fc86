/* decode.h: scores of the model of attribution, for attribution_find() and for the trainer. */
#ifndef PLUGINS_CLAIMS_MODEL_DECODE_H
#define PLUGINS_CLAIMS_MODEL_DECODE_H
#include "claims/model/features.h"

/* A token with the best class of head it could be, and by how much that is better than none. */
typedef struct head_guess {
    uint32_t at;
    int32_t score;
    uint8_t class;
} head_guess;

/* What token i of the sentence would be as a head. */
head_guess head_class_of(const attribution_model *m, const scene *c, uint32_t i);

/* The best labels of the window's tokens. */
void decode_window(const attribution_model *m, attribution_work *work, const scene *c,
                   const window *w, uint8_t ret[WINDOW_MAX]);

/* build.c: the claim with this head and these labels of its window, as the rules complete it.
 * false: it has no content, or a source that can be none. */
bool build_claim(const scene *c, const window *w, const uint8_t *label, const head_guess *h,
                 claim *ret);
/* build.c: is the rules' claim a quotation with its speaker beside it? They do not err there. */
bool sure_rule(const claim *c);

/* Of the bytes of a model after its head (FNV-1a). */
uint32_t attribution_checksum(const uint8_t *bytes, size_t n);
#endif
