/* test_util.c: arena, strbuf, UTF-8, paths, SHA-256. */
#include "tap.h"
#include "util/alloc.h"
#include "util/arena.h"
#include "util/hash.h"
#include "util/path.h"
#include "util/show.h"
#include "util/strbuf.h"
#include "util/utf8.h"
#include <stdint.h>
#include <stdlib.h>

static void arena_pieces_are_zeroed_and_aligned(void)
{
    arena *a = arena_new(0);
    for (size_t round = 0; round < 3; round++) {
        for (size_t size = 0; size < 3000; size += 7) {
            unsigned char *p = arena_alloc(a, size), sum = 0;
            CHECK((uintptr_t)p % sizeof(void *) == 0);
            for (size_t i = 0; i < size; i++)
                sum |= p[i];
            CHECK_INT(sum, 0);
            memset(p, 0xAA, size);
        }
        arena_reset(a);
        CHECK_INT(arena_used(a), 0);
    }
    arena_free(a);
}

static void arena_keeps_its_limit(void)
{
    arena *a = arena_new(1000);
    CHECK(arena_alloc(a, 600) != NULL);
    CHECK(arena_alloc(a, 600) == NULL);
    CHECK(arena_alloc(a, SIZE_MAX) == NULL);
    CHECK(arena_alloc(a, 300) != NULL);
    CHECK(arena_used(a) <= 1000);
    arena_reset(a);
    CHECK(arena_alloc(a, 900) != NULL);
    arena_free(a);
    arena_free(NULL);
}

static void strbuf_grows_and_remembers_failure(void)
{
    strbuf b = STRBUF_INIT;
    for (int i = 0; i < 1000; i++)
        strbuf_printf(&b, "%d,", i);
    CHECK_INT(b.len, 3890);
    CHECK_INT(strlen(b.p), 3890);
    CHECK(!strbuf_reserve(&b, SIZE_MAX));
    CHECK(b.oom);
    strbuf_puts(&b, "more");
    CHECK_INT(b.len, 3890);
    strbuf_clear(&b);
    strbuf_putc(&b, '\0');
    CHECK(!b.oom);
    CHECK_INT(b.len, 1);
    strbuf_release(&b);
}

static void the_nth_allocation_fails(void)
{
    (void)mem_fail_at(2);
    void *first = mem_alloc(1), *second = mem_alloc(1), *third = mem_alloc(1);
    CHECK(first != NULL && second == NULL && third != NULL);
    CHECK(mem_fail_at(0));
    CHECK(!mem_fail_at(0));
    mem_free(first);
    mem_free(third);
}

/* A slow decoder, straight from the table of the Unicode standard's section 3.9. */
static bool naive_char(const unsigned char *p, size_t n, size_t *ret_len)
{
    uint32_t c = p[0], len = c < 0x80                ? 1
                             : c >= 0xC2 && c < 0xE0 ? 2
                             : c >= 0xE0 && c < 0xF0 ? 3
                             : c >= 0xF0 && c < 0xF5 ? 4
                                                     : 0;
    if (len == 0 || len > n)
        return false;
    c = len == 1 ? c : c & (0x7Fu >> len);
    for (size_t i = 1; i < len; i++) {
        if (p[i] < 0x80 || p[i] > 0xBF)
            return false;
        c = c << 6 | (p[i] & 0x3F);
    }
    *ret_len = len;
    return len == 1 || (len == 2 && c >= 0x80) ||
           (len == 3 && c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) ||
           (len == 4 && c >= 0x10000 && c <= 0x10FFFF);
}

static size_t naive_prefix(const char *p, size_t n)
{
    size_t i = 0, len;
    while (i < n && naive_char((const unsigned char *)p + i, n - i, &len))
        i += len;
    return i;
}

static void utf8_is_checked_as_the_standard_says(void)
{
    static const unsigned char some[] = {'a',  0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                                         0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED,
                                         0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
    char buffer[40];
    uint32_t x = 2463534242u;
    for (int round = 0; round < 200000; round++) {
        size_t n = (size_t)round % 36, plain = round % 5 == 0 ? 20 : 0;
        for (size_t i = 0; i < n; i++) {
            x ^= x << 13, x ^= x >> 17, x ^= x << 5;
            buffer[i] = i < plain ? 'x' : (char)some[x % sizeof some];
        }
        if (utf8_valid_prefix(buffer, n) != naive_prefix(buffer, n)) {
            CHECK_INT(utf8_valid_prefix(buffer, n), naive_prefix(buffer, n));
            return;
        }
    }
}

static void bad_bytes_are_cut_into_maximal_subparts(void)
{
    CHECK_INT(utf8_bad_length("\xE2\x80", 2), 2);
    CHECK_INT(utf8_bad_length("\xE2\x80z", 3), 2);
    CHECK_INT(utf8_bad_length("\xE2z", 2), 1);
    CHECK_INT(utf8_bad_length("\xED\xA0\x80", 3), 1);
    CHECK_INT(utf8_bad_length("\xF0\x9F\x98z", 4), 3);
    CHECK_INT(utf8_bad_length("\xC0\x80", 2), 1);
    CHECK_INT(utf8_bad_length("\xFF", 1), 1);
}

static void every_code_point_is_encoded_and_counted(void)
{
    char all[4096 * 4];
    size_t n = 0, chars = 0;
    for (uint32_t c = 0; c < 0x110000; c += c < 0x900 ? 1 : 509) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        size_t len = utf8_encode(c, all + n);
        CHECK(utf8_valid(all + n, len) && utf8_boundary(all, n + len, n));
        n += len;
        chars++;
        if (n > sizeof all - 8) {
            CHECK_INT(utf8_count(all, n), chars);
            n = chars = 0;
        }
    }
    CHECK_INT(utf8_count(all, n), chars);
}

static void paths_are_split_and_joined(void)
{
    strbuf b = STRBUF_INIT;
    CHECK_STR(path_base("a/b.txt"), "b.txt");
    CHECK_STR(path_base("b.txt"), "b.txt");
    CHECK_INT(path_dir("a/b.txt"), 1);
    CHECK_INT(path_dir("a//b.txt"), 1);
    CHECK_INT(path_dir("/b"), 1);
    CHECK_INT(path_dir("b"), 0);
    path_join(&b, "conf", "x.yaml");
    CHECK_STR(b.p, "conf/x.yaml");
    strbuf_clear(&b);
    path_join(&b, "conf/", "/x.yaml");
    CHECK_STR(b.p, "/x.yaml");
    strbuf_clear(&b);
    path_join(&b, ".", "x");
    CHECK_STR(b.p, "x");
    strbuf_release(&b);
}

static void shown_as(const char *p, size_t n, size_t max, const char *want)
{
    strbuf b = STRBUF_INIT;
    show_bytes(&b, p, n, max);
    CHECK_STR(b.p == NULL ? "" : b.p, want);
    strbuf_release(&b);
}

static void text_of_strangers_is_shown_on_one_line(void)
{
    shown_as("a\nb\x01\xff\xc3\xa9", 7, 100, "a\\nb\\x01\\xff\xc3\xa9");
    shown_as("ab\xc3\xa9"
             "cd",
             6, 3, "ab...");
    shown_as("a\0b", 3, 3, "a\\x00b");
    shown_as("\x1b]0;x\x07\x7f\t\r", 9, 99, "\\x1b]0;x\\x07\\x7f\\x09\\x0d");
    shown_as("\xc2\x80\xc2\x9f\xc2\xa0", 6, 99, "\\u{0080}\\u{009f}\xc2\xa0");
    shown_as("\xe2\x80\xa9\xe2\x80\xaa\xe2\x80\xae\xe2\x80\xaf", 12, 99,
             "\xe2\x80\xa9\\u{202a}\\u{202e}\xe2\x80\xaf");
    shown_as("\xe2\x81\xa5\xe2\x81\xa6\xe2\x81\xa9\xe2\x81\xaa", 12, 99,
             "\xe2\x81\xa5\\u{2066}\\u{2069}\xe2\x81\xaa");
    shown_as("\xe2\x80", 2, 99, "\\xe2\\x80");
    shown_as("\xf0\x9f\x8c\x8a", 4, 99, "\xf0\x9f\x8c\x8a");
}

static void only_the_newline_of_the_format_is_one(void)
{
    char *out = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&out, &n);
    show_printf(f, "%s: %d\n\n", "a\nok 1 - forged\x1b[2J", 7);
    show_printf(f, "%s", "\n");
    CHECK_INT(fclose(f), 0);
    CHECK_STR(out, "a\\nok 1 - forged\\x1b[2J: 7\n\n\\n");
    free(out);
}

static void sha256_has_the_published_values(void)
{
    char hex[65];
    hash_hex("abc", 3, hex);
    CHECK_STR(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    hash_hex("", 0, hex);
    CHECK_STR(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

int main(void)
{
    RUN(arena_pieces_are_zeroed_and_aligned);
    RUN(arena_keeps_its_limit);
    RUN(strbuf_grows_and_remembers_failure);
    RUN(the_nth_allocation_fails);
    RUN(utf8_is_checked_as_the_standard_says);
    RUN(bad_bytes_are_cut_into_maximal_subparts);
    RUN(every_code_point_is_encoded_and_counted);
    RUN(paths_are_split_and_joined);
    RUN(text_of_strangers_is_shown_on_one_line);
    RUN(only_the_newline_of_the_format_is_one);
    RUN(sha256_has_the_published_values);
    return DONE();
}
