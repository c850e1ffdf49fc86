/* attribution.c: the model of attribution: its file, scores, and Viterbi. */
#include "claims/model/decode.h"
#include <string.h>

enum { FILE_HEAD = 28 };

static uint32_t read_le32(const uint8_t *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

uint32_t attribution_checksum(const uint8_t *bytes, size_t n)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ bytes[i]) * 16777619u;
    return h;
}

bool attribution_load(attribution_model *m, const void *bytes, size_t len)
{
    static const uint8_t magic[8] = "wnattr1";
    const uint8_t *p = bytes;
    if (len < FILE_HEAD || memcmp(p, magic, 8) != 0 || p[11] != HEADS || p[12] != LABELS)
        return false;
    for (int i = 8; i < 11; i++)
        if (p[i] > MODEL_MAX_BITS)
            return false;
    size_t head = (size_t)1 << p[8], emit = (size_t)1 << p[9], step = (size_t)1 << p[10];
    if (len != FILE_HEAD + 2 * (head * HEAD_STRIDE + emit * LABELS + step * STEP_STRIDE) ||
        attribution_checksum(p + FILE_HEAD, len - FILE_HEAD) != read_le32(p + 16))
        return false;
    m->head = (const int16_t *)(p + FILE_HEAD);
    m->emit = m->head + head * HEAD_STRIDE;
    m->step = m->emit + emit * LABELS;
    m->head_mask = (uint32_t)head - 1;
    m->emit_mask = (uint32_t)emit - 1;
    m->step_mask = (uint32_t)step - 1;
    m->threshold = (int32_t)read_le32(p + 20);
    m->confident = (int32_t)read_le32(p + 24);
    return true;
}

head_guess head_class_of(const attribution_model *m, const scene *c, uint32_t i)
{
    uint32_t f[MOST_HEAD_FEATURES];
    int32_t score[HEAD_STRIDE] = {0};
    unsigned n = head_features(c, i, f);
    for (unsigned k = 0; k < n; k++) {
        const int16_t *row = m->head + (size_t)(f[k] & m->head_mask) * HEAD_STRIDE;
        for (unsigned h = 0; h < HEAD_STRIDE; h++)
            score[h] += row[h];
    }
    unsigned best = HEAD_STATEMENT;
    for (unsigned h = HEAD_STATEMENT; h < HEADS; h++)
        if (score[h] > score[best])
            best = h;
    return (head_guess){i, score[best] - score[HEAD_NONE], (uint8_t)best};
}

/* The sums stay in registers: four labels are too few to be worth a vector. */
static void add_emit(const attribution_model *m, const uint32_t *f, unsigned n, int16_t ret[LABELS])
{
    int32_t none = ret[0], source = ret[1], verb = ret[2], content = ret[3];
    for (unsigned k = 0; k < n; k++) {
        const int16_t *row = m->emit + (size_t)(f[k] & m->emit_mask) * LABELS;
        none += row[0];
        source += row[1];
        verb += row[2];
        content += row[3];
    }
    ret[0] = (int16_t)none, ret[1] = (int16_t)source, ret[2] = (int16_t)verb;
    ret[3] = (int16_t)content;
}

static void add_step(const attribution_model *m, const uint32_t *f, unsigned n,
                     int16_t ret[STEP_STRIDE])
{
    int16_t sum[STEP_STRIDE];
    memcpy(sum, ret, sizeof sum);
    for (unsigned k = 0; k < n; k++) {
        const int16_t *row = m->step + (size_t)(f[k] & m->step_mask) * STEP_STRIDE;
        for (unsigned l = 0; l < STEP_STRIDE; l++)
            sum[l] = (int16_t)(sum[l] + row[l]);
    }
    memcpy(ret, sum, sizeof sum);
}

/* What the token scores whatever the head is: worked out once, for many heads. */
static const alone *score_alone(const attribution_model *m, attribution_work *work, const scene *c,
                                uint32_t i, unsigned side)
{
    alone *a = &work->alone[(size_t)i * 2 + side];
    if (a->known)
        return a;
    uint32_t f[MOST_EMIT_FEATURES];
    memset(a, 0, sizeof *a);
    a->known = true;
    add_emit(m, f, emit_features_alone(c, i, side, f), a->emit);
    add_step(m, f, step_features_alone(c, i, side, f), a->step);
    return a;
}

static void score_token(const attribution_model *m, attribution_work *work, const scene *c,
                        const window *w, uint32_t i, int16_t emit[LABELS],
                        int16_t step[STEP_STRIDE])
{
    uint32_t f[MOST_EMIT_FEATURES];
    const alone *a = score_alone(m, work, c, i, i > w->head);
    memcpy(emit, a->emit, sizeof a->emit);
    memcpy(step, a->step, sizeof a->step);
    add_emit(m, f, emit_features(c, w, i, f), emit);
    add_step(m, f, step_features(c, w, i, f), step);
}

void decode_window(const attribution_model *m, attribution_work *work, const scene *c,
                   const window *w, uint8_t ret[WINDOW_MAX])
{
    static const int32_t never = -(1 << 28);
    int32_t best[LABELS] = {0};
    int16_t emit[LABELS], step[STEP_STRIDE];
    uint8_t from[WINDOW_MAX][LABELS];
    uint32_t n = w->last - w->first;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = w->first + k;
        int32_t now[LABELS];
        score_token(m, work, c, w, i, emit, step);
        for (unsigned l = 0; l < LABELS; l++) {
            now[l] = never;
            from[k][l] = 0;
            for (unsigned b = 0; b < LABELS; b++) {
                int32_t score = best[b] + step[b * LABELS + l];
                if ((k == 0 && b != LABEL_NONE) || !step_allowed(w, i, b, l) || score <= now[l])
                    continue;
                now[l] = score;
                from[k][l] = (uint8_t)b;
            }
            now[l] += emit[l];
            now[l] = now[l] < never ? never : now[l];
        }
        memcpy(best, now, sizeof best);
    }
    unsigned label = 0;
    for (unsigned l = 1; l < LABELS; l++)
        if (best[l] > best[label])
            label = l;
    for (uint32_t k = n; k-- > 0;) {
        ret[k] = (uint8_t)label;
        label = from[k][label];
    }
}
