/* test_names.c: no two documents of a run have one name; merges lead to a document that stands. */
#include "config.h"
#include "store/names.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

static names *all;
static strbuf name = STRBUF_INIT;
static wn_error err;

static wn_str str(const char *s)
{
    return (wn_str){s, strlen(s)};
}

static void begin(void)
{
    const char *tmp = getenv("TMPDIR");
    names_free(all);
    all = NULL;
    err = (wn_error)WN_ERROR_INIT;
    CHECK_INT(names_new(tmp == NULL ? "/tmp" : tmp, &all, &err), WN_OK);
}

/* What a document of this id is called. */
static const char *give(const char *id)
{
    CHECK_INT(names_give(all, str(id), &name, &err), WN_OK);
    return name.len == 0 ? id : name.p;
}

static void the_first_keeps_its_id(void)
{
    begin();
    CHECK_STR(give("a"), "a");
    CHECK_STR(give("b"), "b");
    CHECK_STR(give("a"), "a~2");
    CHECK_STR(give("a"), "a~3");
    CHECK_STR(give("b"), "b~2");
    CHECK_STR(give(""), "");
    CHECK_STR(give(""), "~2");
}

/* An input may itself use such a name, before or after. */
static void names_that_look_given(void)
{
    begin();
    CHECK_STR(give("a~2"), "a~2");
    CHECK_STR(give("a"), "a");
    CHECK_STR(give("a"), "a~3");
    CHECK_STR(give("a~3"), "a~3~2");
    CHECK_STR(give("a"), "a~4");
}

/* A document that does not come out is known, and takes nobody's name. */
static void rejects_take_no_name(void)
{
    begin();
    CHECK_INT(names_note(all, str("a"), &err), WN_OK);
    CHECK(names_know(all, str("a")));
    CHECK(!names_know(all, str("b")));
    CHECK_STR(give("a"), "a");
    CHECK_STR(give("a"), "a~2");
}

/* The table grows many times; a million documents of one id are named in linear time (the test
 * would not end). */
static void many(void)
{
    char id[32];
    begin();
    for (unsigned i = 0; i < 100000; i++) {
        (void)snprintf(id, sizeof id, "d%u", i);
        if (strcmp(give(id), id) != 0)
            CHECK_STR(give(id), id);
    }
    CHECK_STR(give("d99999"), "d99999~2");
    for (unsigned i = 2; i < 1000000; i++)
        (void)give("d0");
    CHECK_STR(give("d0"), "d0~1000000");
}

static void merge(const char *a, const char *b)
{
    CHECK_INT(names_merged(all, str(a), str(b), "twins", &err), WN_OK);
}

static const char *verdict(void)
{
    return names_check_merges(all, &err) == WN_OK ? "ok" : err.text;
}

static void merges(void)
{
    begin();
    (void)give("a"), (void)give("b"), (void)give("c"), (void)give("d");
    CHECK_STR(verdict(), "ok");
    begin();
    (void)give("a"), (void)give("b"), (void)give("c"), (void)give("d");
    merge("b", "a"), merge("c", "b"), merge("d", "b"); /* chains, and two into one */
    CHECK_STR(verdict(), "ok");
    begin();
    (void)give("a"), (void)give("b");
    merge("a", "x");
    CHECK_STR(verdict(), "stage twins merged document a into x, which is no document of this run; "
                         "that is a fault of the stage");
    begin();
    (void)give("a"), (void)give("b"), (void)give("c");
    merge("c", "a"), merge("a", "b"), merge("b", "a");
    CHECK_STR(verdict(), "stage twins merged document a into b, which was merged in its turn, in a "
                         "ring; that is a fault of the stage");
    begin();
    (void)give("a");
    merge("a", "a");
    CHECK(strstr(verdict(), "in a ring") != NULL);
}

int main(void)
{
    RUN(the_first_keeps_its_id);
    RUN(names_that_look_given);
    RUN(rejects_take_no_name);
    RUN(many);
    RUN(merges);
    names_free(all);
    strbuf_release(&name);
    return DONE();
}
