/* write.c: the model's file. */
#include "claims/train/train.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* In units of the summed weights: below that a head of which the rules know nothing is doubtful. */
enum { CONFIDENT = 700, FILE_HEAD = 28 };

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* A scale at which all weights fit, and those of all features of a token together fit 16 bits. */
static float scale_of(const table *a, const table *b)
{
    size_t n = 0, size = ((size_t)a->mask + 1) * a->width +
                         (b != NULL ? ((size_t)b->mask + 1) * b->width : 0);
    float *v = must(malloc(size * sizeof *v));
    const table *all[] = {a, b};
    for (int k = 0; k < 2 && all[k] != NULL; k++)
        for (size_t i = 0; i < ((size_t)all[k]->mask + 1) * all[k]->width; i++)
            if (all[k]->all[i] != 0)
                v[n++] = all[k]->all[i] < 0 ? -all[k]->all[i] : all[k]->all[i];
    qsort(v, n, sizeof *v, by_size);
    float top = n > 0 ? v[n - 1] : 1;
    free(v);
    return (float)(INT16_MAX / MOST_EMIT_FEATURES) / top;
}

static void put_table(uint8_t **p, const table *t, float scale)
{
    for (size_t i = 0; i < ((size_t)t->mask + 1) * t->width; i++) {
        float v = t->all[i] * scale;
        v = v > 32767 ? 32767 : v < -32767 ? -32767 : v;
        int16_t q = (int16_t)(v + (v < 0 ? -0.5f : 0.5f));
        *(*p)++ = (uint8_t)q;
        *(*p)++ = (uint8_t)(q >> 8);
    }
}

static void put_le32(uint8_t *p, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(v >> 8 * i);
}

static uint8_t bits_of(const table *t)
{
    uint8_t bits = 0;
    while ((UINT32_C(1) << bits) <= t->mask)
        bits++;
    return bits;
}

uint8_t *model_bytes(const weights *w, float threshold, size_t *ret_len)
{
    const table *head = &w->head, *emit = &w->emit, *step = &w->step;
    size_t len = FILE_HEAD +
                 2 * (((size_t)head->mask + 1) * HEAD_STRIDE + ((size_t)emit->mask + 1) * LABELS +
                      ((size_t)step->mask + 1) * STEP_STRIDE);
    uint8_t *bytes = must(calloc(1, len)), *p = bytes + FILE_HEAD;
    memcpy(bytes, "wnattr1", 8);
    bytes[8] = bits_of(head), bytes[9] = bits_of(emit), bytes[10] = bits_of(step),
    bytes[11] = HEADS, bytes[12] = LABELS;
    float scale = scale_of(head, NULL);
    put_le32(bytes + 20, (uint32_t)(int32_t)(threshold * scale));
    put_le32(bytes + 24, (uint32_t)(int32_t)(CONFIDENT * scale));
    put_table(&p, head, scale);
    scale = scale_of(emit, step);
    put_table(&p, emit, scale);
    put_table(&p, step, scale);
    uint32_t sum = attribution_checksum(bytes + FILE_HEAD, len - FILE_HEAD);
    put_le32(bytes + 16, sum);
    *ret_len = len;
    return bytes;
}
