/* stack.c: a stack for the signals of each thread, so that a stack overflow can be noted. */
#include "config.h"
#include "guard/region.h"

#include <signal.h>
#include <stdlib.h>

enum { STACK = 16 * 1024 };
static _Thread_local char *alternate;

void guard_alternate_stack(void)
{
    if (alternate == NULL) /* a forked child has its parent's */
        alternate = malloc(STACK);
    stack_t stack = {.ss_sp = alternate, .ss_size = STACK};
    if (alternate != NULL)
        (void)sigaltstack(&stack, NULL);
}

void guard_alternate_stack_end(void)
{
    stack_t none = {.ss_flags = SS_DISABLE, .ss_size = STACK};
    (void)sigaltstack(&none, NULL);
    free(alternate);
    alternate = NULL;
}
