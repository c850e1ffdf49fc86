/* inputs.h: the input files of a run, before and after they are read. Main thread. */
#ifndef CORE_ENGINE_INPUTS_H
#define CORE_ENGINE_INPUTS_H
#include "state/state.h"

/* Those of the plan into r->files, before the first step; tells what was passed over. WN_E_NOMEM is
 * all that can go wrong. */
wn_status inputs_list(run *r, wn_error *err);
/* After the first step: all sums, by the workers' threads, and who changed meanwhile: that ends the
 * run if the source's on_error is `fail`, else it is told. */
wn_status inputs_settle(run *r, wn_error *err);
#endif
