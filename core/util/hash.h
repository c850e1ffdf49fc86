/* hash.h: SHA-256, the hash of run.json and of result digests, one owner a sum; and a fast one for
 * tables. */
#ifndef CORE_UTIL_HASH_H
#define CORE_UTIL_HASH_H
#include <nettle/sha2.h>
#include <stddef.h>
#include <stdint.h>

typedef struct hash_sum {
    struct sha256_ctx state;
} hash_sum;

/* XXH3, 64 bits: fast, the same on every machine; not for what an enemy must not forge. */
uint64_t hash_fast(const void *bytes, size_t n);

/* SHA-256 (FIPS 180-4) of pieces: init, add any number of them, end. Holds no memory. hash_end
 * writes 64 lower-case digits and the terminator; the sum starts anew. */
void hash_init(hash_sum *h);
void hash_add(hash_sum *h, const void *bytes, size_t n);
void hash_end(hash_sum *h, char ret_hex[65]);
void hash_hex(const void *bytes, size_t n, char ret_hex[65]); /* of one piece */
#endif
