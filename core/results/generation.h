/* generation.h: the run directory: where a run writes, and how all its results appear at once.
 *
 *     DIR/documents.jsonl -> .winnow/current/documents.jsonl     what people open: symbolic links
 *     DIR/.winnow/current -> gen-2                               the one name that publishing
 *                                                                changes
 *     DIR/.winnow/gen-2/documents.jsonl ...                      a generation: the results of one
 *                                                                run
 *     DIR/.winnow/gen-3/, DIR/.winnow/scratch/                      a run at work
 *
 * Publishing replaces `current` by one rename, so that whoever looks finds the results of one run,
 * whole, whatever happens at whatever moment. What was left behind by a run that was killed goes
 * when the next one starts. A folder that holds `.winnow` is a run directory; the input layer knows
 * it by that name. */
#ifndef CORE_RESULTS_GENERATION_H
#define CORE_RESULTS_GENERATION_H
#include <winnow/plugin.h>

typedef struct generation generation;

/* Make DIR or take it over, lock it against other runs (WN_E_IO), refuse it (WN_E_CONFIG) when it
 * holds files and is no run directory, and make an empty generation and a scratch folder. */
wn_status generation_begin(const char *dir, generation **ret_dir, wn_error *err);
/* Would generation_begin(dir) succeed, but for another run that is at work there now? Changes
 * nothing: a folder that is not there yet is WN_OK with *ret_dir NULL where it can be made.
 * *ret_dir answers generation_may_name() alone; the caller ends it. */
wn_status generation_look(const char *dir, generation **ret_dir, wn_error *err);
const char *generation_work(const generation *d); /* path of the scratch folder; borrowed */
/* A new file of the generation, for writing: a descriptor, the caller's. -1: err says why not. */
int generation_create(generation *d, const char *name, wn_error *err);
/* Is the name free, or one of ours? WN_E_CONFIG with what to do, else. */
wn_status generation_may_name(const generation *d, const char *name, wn_error *err);

/* The generation, whose files have been saved, becomes the current one, under these names. On
 * failure (WN_E_IO) the one before stays whole. */
wn_status generation_publish(generation *d, const char *const *names, size_t n, wn_error *err);

/* What was not published goes away, and DIR too if this run made it. NULL is fine. */
void generation_end(generation *d);
#endif
