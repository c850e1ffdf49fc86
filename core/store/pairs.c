/* pairs.c: see pairs.h. */
#include "store/pairs.h"
#include <string.h>

typedef struct head {
    uint32_t key, value; /* bytes of each, which follow */
} head;

void pairs_add(strbuf *out, wn_str key, wn_str value)
{
    const head h = {(uint32_t)key.len, (uint32_t)value.len};
    strbuf_add(out, &h, sizeof h);
    strbuf_add(out, key.p, key.len);
    strbuf_add(out, value.p, value.len);
}

bool pairs_take(wn_str *in, wn_str *ret_key, wn_str *ret_value)
{
    head h;
    if (in->len < sizeof h)
        return false;
    memcpy(&h, in->p, sizeof h);
    *ret_key = (wn_str){in->p + sizeof h, h.key};
    *ret_value = (wn_str){ret_key->p + h.key, h.value};
    const size_t used = sizeof h + h.key + h.value;
    *in = (wn_str){in->p + used, in->len - used};
    return true;
}
