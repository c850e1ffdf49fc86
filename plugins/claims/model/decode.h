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

head_guess head_class_of(const attribution_model *m, const scene *c, uint32_t i);

/* The best labels of the window's tokens. */
void decode_window(const attribution_model *m, attribution_work *work, const scene *c,
                   const window *w, uint8_t ret[WINDOW_MAX]);

/* Of the bytes of a model after its head (FNV-1a). */
uint32_t attribution_checksum(const uint8_t *bytes, size_t n);
#endif
