/* expect.h: one expectation of a config test against the files of a run directory. */
#ifndef CORE_CMD_EXPECT_H
#define CORE_CMD_EXPECT_H
#include "util/strbuf.h"
#include <jansson.h>

/* {file, path?, lines|length|equals|contains|lacks|matches|min|max|absent}, as config.h has it.
 * true: all of it holds; else `why` says what was found. A path is keys and indexes with dots
 * between: "groups.0.members"; in a .jsonl file the first is the line, counted from 0. */
bool expectation_holds(const char *run_dir, const json_t *expectation, strbuf *why);
#endif
