/* inputs.h: the input files of a run, before and after they are read. Main thread. */
#ifndef CORE_ENGINE_INPUTS_H
#define CORE_ENGINE_INPUTS_H
#include "state/state.h"

/* those of the plan, before the first step; tells what was passed over */
wn_status inputs_list(run *r, wn_error *err);
/* after the first step: all sums, and who changed meanwhile */
wn_status inputs_settle(run *r, wn_error *err);
#endif
