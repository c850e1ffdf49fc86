/* t_probe.h: the options of t_probe, for the tests that look at them. */
#ifndef TESTS_PLUGINS_T_PROBE_H
#define TESTS_PLUGINS_T_PROBE_H
#include <winnow/plugin.h>

typedef struct probe_options {
    bool flag;
    int64_t whole, size;
    double real;
    const char *text, *choice;
    wn_list list;
    const char *data;
} probe_options;
#endif
