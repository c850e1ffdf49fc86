/* document.c: life of a document: made, emptied for the next, freed. */
#include "document/state.h"
#include "util/alloc.h"
#include "util/hash.h"
#include "util/json.h"
#include "util/show.h"
#include "util/utf8.h"
#include <stdatomic.h>
#include <string.h>

/* The first revision of a document. No other has it, nor any that comes of it: a document that is
 * made where another was must not pass for it. */
static uint64_t first_revision(void)
{
    static _Atomic uint64_t documents;
    return atomic_fetch_add_explicit(&documents, 1, memory_order_relaxed) << 32;
}

document *document_new(const wn_host *host, size_t memory_limit)
{
    document *d = mem_alloc(sizeof *d);
    if (d == NULL)
        return NULL;
    memset(d, 0, sizeof *d);
    d->handle.host = host;
    d->limit = memory_limit;
    d->revision = first_revision();
    d->max_record = memory_limit / 4;
    d->memory = arena_new(memory_limit);
    if (d->memory == NULL) {
        mem_free(d);
        return NULL;
    }
    document_reset(d);
    return d;
}

/* A buffer of one huge document is not kept for the small ones that follow. */
static void buffer_reset(strbuf *b)
{
    enum { KEPT = 4 << 20 };
    if (b->cap > KEPT)
        strbuf_release(b);
    else
        strbuf_clear(b);
}

static void maps_reset(document *d)
{
    if (spanmap_memory(&d->map) + spanmap_memory(&d->spare_map) > MAP_KEPT) {
        spanmap_release(&d->map);
        spanmap_release(&d->spare_map);
    }
    spanmap_clear(&d->map);
    spanmap_clear(&d->spare_map);
}

void document_reset(document *d)
{
    verdict_clear(&d->verdict);
    layers_clear(d);
    metadata_clear(d);
    json_decref(d->at_json);
    d->at_json = NULL;
    d->at = (locator){.path = ""};
    d->raw = d->id = d->name = (wn_str){"", 0};
    d->trouble = (wn_error)WN_ERROR_INIT;
    d->text_sum = hash_fast("", 0);
    d->revision++;
    d->raw_len = d->attrs_memory = 0;
    d->has_raw = d->id_is_number = d->edited = d->out_of_memory = false;
    d->reading = (reading){.how = READ_NOTHING};
    d->kept = d->kept_meta = NULL;
    d->n_kept = d->cap_kept = d->n_kept_meta = d->cap_kept_meta = 0;
    buffer_reset(&d->decoded);
    buffer_reset(&d->text);
    buffer_reset(&d->spare_text);
    buffer_reset(&d->scratch);
    strbuf_release(&d->line);
    maps_reset(d);
    arena_reset(d->memory);
}

void document_free(document *d)
{
    if (d == NULL)
        return;
    document_reset(d);
    json_decref(d->meta);
    strbuf_release(&d->decoded);
    strbuf_release(&d->text);
    strbuf_release(&d->spare_text);
    strbuf_release(&d->scratch);
    spanmap_release(&d->map);
    spanmap_release(&d->spare_map);
    arena_free(d->memory);
    mem_free(d);
}
