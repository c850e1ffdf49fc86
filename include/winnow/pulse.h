/* pulse.h: how a long loop that knows no plugin type asks whether to go on. A loop beats once a
 * step; each WN_PULSE_STEPS steps the owner is asked. Once told to stop, every beat says so, and
 * the passes answer false as they do when out of memory: `stopped` tells the two apart. One owner,
 * no threads. */
#ifndef WINNOW_PULSE_H
#define WINNOW_PULSE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WN_PULSE_STEPS = 256 }; /* of at most a few microseconds each */

typedef struct wn_pulse {
    int (*ask)(void *with); /* 0: go on; else the reason, which is kept */
    void *with;
    uint32_t steps;
    int stopped;
} wn_pulse;

/* May the loop go on? NULL is a pulse that never stops. For a long step: as many as it takes. */
static inline bool wn_beats(wn_pulse *p, uint32_t steps)
{
    if (p == NULL)
        return true;
    p->steps += steps;
    if (p->steps >= WN_PULSE_STEPS && p->stopped == 0) {
        p->steps = 0;
        p->stopped = p->ask(p->with);
    }
    return p->stopped == 0;
}

/* The same for one step. */
static inline bool wn_beat(wn_pulse *p)
{
    return wn_beats(p, 1);
}
#endif
