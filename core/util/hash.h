/* hash.h: SHA-256, the hash of run.json and of result digests. One owner a sum. */
#ifndef CORE_UTIL_HASH_H
#define CORE_UTIL_HASH_H
#include <nettle/sha2.h>
#include <stddef.h>

typedef struct hash_sum {
    struct sha256_ctx state;
} hash_sum;

void hash_init(hash_sum *h);
void hash_add(hash_sum *h, const void *bytes, size_t n);
void hash_end(hash_sum *h, char ret_hex[65]); /* 64 lower-case digits and the terminator; the sum starts anew */
void hash_hex(const void *bytes, size_t n, char ret_hex[65]); /* of one piece */
#endif
