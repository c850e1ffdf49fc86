/* winnow/docpulse.h: a pulse (winnow/pulse.h) that asks wn_tick, for the parts of a stage that know
 * no document. Part of plugin.h. */
#ifndef WINNOW_DOCPULSE_H
#define WINNOW_DOCPULSE_H
#include <winnow/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wn_doc_pulse {
    wn_pulse pulse;
    wn_doc *doc;
    wn_error *err;
} wn_doc_pulse;

/* The pulse's ask, with a wn_doc_pulse. */
static inline int wn_doc_pulse_ask(void *with)
{
    const wn_doc_pulse *p = (const wn_doc_pulse *)with;
    return wn_tick(p->doc, p->err);
}

/* Must stay where it is while the pulse beats. */
static inline wn_pulse *wn_doc_pulse_start(wn_doc_pulse *p, wn_doc *doc, wn_error *err)
{
    p->pulse.ask = wn_doc_pulse_ask;
    p->pulse.with = p;
    p->pulse.steps = 0;
    p->pulse.stopped = 0;
    p->doc = doc;
    p->err = err;
    return &p->pulse;
}

/* Why a pass answered false: what the tick said, else there was no memory. */
static inline wn_status wn_doc_pulse_failure(const wn_doc_pulse *p)
{
    return p->pulse.stopped != 0 ? (wn_status)p->pulse.stopped
                                 : wn_fail(p->err, WN_E_NOMEM, "out of memory");
}

#ifdef __cplusplus
}
#endif
#endif
