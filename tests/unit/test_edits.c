/* test_edits.c: random sequences of edits, spans, freezes: text, map, layers and provenance are
 * those of the naive model. */
#include "unit/edit_model.h"
#include "tap.h"

static void random_sequences_agree_with_the_model(void)
{
    int bad = 0;
    for (uint64_t seed = 1; seed <= 3000 && bad < 5; seed++) {
        chooser c = {NULL, NULL, seed * UINT64_C(0x9E3779B97F4A7C15)};
        const char *problem = model_run(&c, 25);
        if (problem[0] != '\0') {
            printf("# seed %llu: %s\n", (unsigned long long)seed, problem);
            bad++;
        }
    }
    CHECK_INT(bad, 0);
}

int main(void)
{
    RUN(random_sequences_agree_with_the_model);
    return DONE();
}
