/* The external sort: the same order whatever had to be spilled. */
#include "store/sorter.h"
#include "store/table.h"
#include "tap.h"

#include <stdlib.h>
#include <sys/stat.h>

static char dir[4096];

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static void add_records(sorter *s, unsigned partitions, unsigned n, wn_error *err)
{
    uint64_t state = 7;
    char key[64], value[64];
    for (unsigned i = 0; i < n; i++) {
        sorter_record r = {{key, 0}, next_random(&state) % 50, {value, 0}};
        r.key.len = (size_t)snprintf(key, sizeof key, "key %llu",
                                     (unsigned long long)(next_random(&state) % 300));
        r.value.len = next_random(&state) % 20;
        for (size_t k = 0; k < r.value.len; k++)
            value[k] = (char)('a' + next_random(&state) % 26);
        unsigned partition = (unsigned)(key[r.key.len - 1] % (int)partitions);
        CHECK_INT(sorter_add(s, partition, &r, err), WN_OK);
    }
}

/* All partitions one after the other: how many, and a sum over the bytes in order. */
static unsigned read_all(sorter *s, unsigned partitions, uint64_t *ret_sum, wn_error *err)
{
    unsigned n = 0;
    uint64_t sum = 1469598103934665603u;
    for (unsigned p = 0; p < partitions; p++) {
        sorter_cursor *c = sorter_cursor_new(s, p, err);
        sorter_record r, last = {{"", 0}, 0, {"", 0}};
        CHECK(c != NULL);
        while (c != NULL && sorter_cursor_next(c, &r)) {
            CHECK(sorter_compare(&last, &r) <= 0);
            last = r;
            n++;
            for (size_t i = 0; i < r.key.len; i++)
                sum = (sum ^ (unsigned char)r.key.p[i]) * 1099511628211u;
            for (size_t i = 0; i < r.value.len; i++)
                sum = (sum ^ (unsigned char)r.value.p[i]) * 1099511628211u;
            sum = (sum ^ r.ordinal) * 1099511628211u;
        }
        sorter_cursor_free(c);
    }
    *ret_sum = sum;
    return n;
}

static void spill_does_not_show(void)
{
    enum { N = 20000, PARTITIONS = 4 };
    static const size_t memory[] = {1 << 30, 1 << 20, 1 << 16, 1 << 12};
    uint64_t want = 0;
    for (size_t i = 0; i < sizeof memory / sizeof memory[0]; i++) {
        wn_error err = WN_ERROR_INIT;
        uint64_t sum = 0;
        sorter *s = sorter_new(dir, "t", PARTITIONS, memory[i]);
        add_records(s, PARTITIONS, N, &err);
        CHECK_INT(sorter_seal(s, &err), WN_OK);
        CHECK_INT(read_all(s, PARTITIONS, &sum, &err), N);
        CHECK((sorter_runs(s) > 0) == (i > 0));
        if (i == 0)
            want = sum;
        CHECK(sum == want);
        sorter_free(s);
    }
}

static void total_order(void)
{
    sorter_record a = {{"k", 1}, 1, {"v", 1}}, b = a;
    CHECK_INT(sorter_compare(&a, &b), 0);
    b.value.len = 0;
    CHECK(sorter_compare(&a, &b) > 0);
    b.ordinal = 2;
    CHECK(sorter_compare(&a, &b) < 0);
    b.key.len = 0;
    CHECK(sorter_compare(&a, &b) > 0);
    a.key.p = "\xff";
    b.key.p = "a";
    b.key.len = 1;
    CHECK(sorter_compare(&a, &b) > 0); /* bytes, not signed characters */
}

static void empty(void)
{
    wn_error err = WN_ERROR_INIT;
    sorter_record r;
    sorter *s = sorter_new(dir, "e", 2, 1 << 20);
    CHECK_INT(sorter_seal(s, &err), WN_OK);
    sorter_cursor *c = sorter_cursor_new(s, 1, &err);
    CHECK(!sorter_cursor_next(c, &r));
    sorter_cursor_free(c);
    sorter_free(s);
}

static void no_folder(void)
{
    wn_error err = WN_ERROR_INIT;
    sorter *s = sorter_new("/nonexistent", "x", 1, 64);
    sorter_record r = {{"key", 3}, 0, {"value", 5}};
    wn_status status = WN_OK;
    for (int i = 0; i < 10 && status == WN_OK; i++)
        status = sorter_add(s, 0, &r, &err);
    CHECK_INT(status, WN_E_IO);
    CHECK(strstr(err.text, "/nonexistent") != NULL);
    sorter_free(s);
}

/* Notes of stages hold structs that are read in place. */
static void strings_of_a_table_begin_at_multiples_of_8(void)
{
    table t;
    wn_error err = WN_ERROR_INIT;
    static const char *const strings[] = {"a", "", "seven..", "eight...", "nine.....", "b"};
    CHECK_INT(table_open(&t, dir, "aligned", &err), WN_OK);
    for (size_t i = 0; i < 6; i++)
        CHECK_INT(table_add(&t, (wn_str){strings[i], strlen(strings[i])}, &err), WN_OK);
    CHECK_INT(table_seal(&t, &err), WN_OK);
    for (size_t i = 0; i < 6; i++) {
        const wn_str s = table_get(&t, i);
        CHECK_MEM(s.p, s.len, strings[i]);
        CHECK((uintptr_t)s.p % 8 == 0 || s.len == 0);
    }
    CHECK_INT(table_get(&t, 6).len, 0);
    table_close(&t);
}

int main(void)
{
    const char *build = getenv("builddir");
    (void)snprintf(dir, sizeof dir, "%s/tests/unit/sorter.tmp", build == NULL ? "." : build);
    (void)mkdir(dir, 0777);
    RUN(total_order);
    RUN(empty);
    RUN(spill_does_not_show);
    RUN(strings_of_a_table_begin_at_multiples_of_8);
    RUN(no_folder);
    (void)remove(dir);
    return DONE();
}
