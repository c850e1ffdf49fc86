/* hash.c: see hash.h. */
#include "util/hash.h"
#include <xxhash.h>
#include <stdint.h>

void hash_init(hash_sum *h)
{
    sha256_init(&h->state);
}

void hash_add(hash_sum *h, const void *bytes, size_t n)
{
    sha256_update(&h->state, n, bytes);
}

void hash_end(hash_sum *h, char ret_hex[65])
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(&h->state, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        ret_hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        ret_hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    ret_hex[64] = '\0';
}

void hash_hex(const void *bytes, size_t n, char ret_hex[65])
{
    hash_sum h;
    hash_init(&h);
    hash_add(&h, bytes, n);
    hash_end(&h, ret_hex);
}

uint64_t hash_fast(const void *bytes, size_t n)
{
    return XXH3_64bits(bytes, n);
}
