/* inputs.h: the input files of a run. */
#ifndef CORE_ENGINE_INPUTS_H
#define CORE_ENGINE_INPUTS_H
#include "state/state.h"

wn_status inputs_find(run *r, wn_error *err);
wn_status inputs_settle(run *r, wn_error *err); /* after the first step: all sums, and who changed meanwhile */
#endif
