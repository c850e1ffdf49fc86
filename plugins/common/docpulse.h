/* docpulse.h: the pulse of a document, for glue: it asks wn_tick, and keeps what that answered. */
#ifndef PLUGINS_COMMON_DOCPULSE_H
#define PLUGINS_COMMON_DOCPULSE_H
#include "common/pulse.h"
#include <winnow/plugin.h>

typedef struct docpulse {
    pulse pulse;
    wn_doc *doc;
    wn_error *err;
} docpulse;

static inline int docpulse_ask(void *with)
{
    const docpulse *p = with;
    return wn_tick(p->doc, p->err);
}

/* Must stay where it is while the pulse beats. */
static inline pulse *docpulse_start(docpulse *p, wn_doc *doc, wn_error *err)
{
    *p = (docpulse){{docpulse_ask, p, 0, 0}, doc, err};
    return &p->pulse;
}

/* Why a pass answered false: what the tick said, else there was no memory. */
static inline wn_status docpulse_failure(const docpulse *p)
{
    return p->pulse.stopped != 0 ? (wn_status)p->pulse.stopped : wn_fail(p->err, WN_E_NOMEM, "out of memory");
}
#endif
