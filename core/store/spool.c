/* spool.c: frozen documents in blocks. */
#include "config.h"
#include "util/alloc.h"
#include "store/spool.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 1024 * 1024, BLOCK_DOCUMENTS = 256 };

wn_status spool_open(spool *s, const char *dir, const char *name, wn_error *err)
{
    memset(s, 0, sizeof *s);
    s->all.p = "";
    return workfile_open(&s->file, dir, name, err);
}

static bool starts_block(const spool *s)
{
    if (s->n_blocks == 0)
        return true;
    const spool_block *last = &s->block[s->n_blocks - 1];
    return last->length >= BLOCK_BYTES || s->n - last->first >= BLOCK_DOCUMENTS;
}

static wn_status new_block(spool *s, wn_error *err)
{
    if (!MEM_GROW(s->block, s->cap_blocks, s->n_blocks + 1))
        return wn_fail(err, WN_E_NOMEM, "out of memory for the index of the spool");
    spool_block b = {s->file.size, 0, s->n};
    s->block[s->n_blocks++] = b;
    return WN_OK;
}

wn_status spool_add(spool *s, wn_str frozen, wn_error *err)
{
    uint64_t len = frozen.len;
    wn_status status = starts_block(s) ? new_block(s, err) : WN_OK;
    if (status == WN_OK)
        status = workfile_write(&s->file, &len, sizeof len, err);
    if (status == WN_OK)
        status = workfile_write(&s->file, frozen.p, frozen.len, err);
    if (status == WN_OK) {
        s->block[s->n_blocks - 1].length += sizeof len + len;
        s->n++;
    }
    return status;
}

wn_status spool_seal(spool *s, wn_error *err)
{
    return workfile_map(&s->file, &s->all, err);
}

wn_str spool_get(const spool *s, uint64_t block)
{
    wn_str bytes = {s->all.p + s->block[block].offset, (size_t)s->block[block].length};
    return bytes;
}

void spool_forget(const spool *s, uint64_t block)
{
    const spool_block *b = &s->block[block];
    workfile_forget(&s->file, b->offset, b->offset + b->length);
}

bool spool_next(wn_str *block, wn_str *ret_frozen)
{
    uint64_t len;
    if (block->len < sizeof len)
        return false;
    memcpy(&len, block->p, sizeof len);
    ret_frozen->p = block->p + sizeof len;
    ret_frozen->len = (size_t)len;
    block->p += sizeof len + len;
    block->len -= sizeof len + (size_t)len;
    return true;
}

void spool_close(spool *s)
{
    workfile_close(&s->file);
    free(s->block);
    memset(s, 0, sizeof *s);
    s->file.fd = -1;
}
