/* fuzz_edits.c: the bytes are a program of edits, spans and freezes, run beside the naive model. */
#include "unit/edit_model.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t none;
    chooser c = {size > 0 ? data : &none, size > 0 ? data + size : &none, 0};
    const char *problem = model_run(&c, 1 + (unsigned)(size < 400 ? size / 8 : 50));
    if (problem[0] != '\0') {
        (void)fprintf(stderr, "%s\n", problem);
        abort();
    }
    return 0;
}
