/* main.c: argv to sub-command, status to exit code; nothing else. */
#include "config.h"
int main(void) { return 2; }
