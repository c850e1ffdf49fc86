/* opened.h: what readers ask of the files of a run; see input.h. */
#ifndef CORE_INPUT_OPENED_H
#define CORE_INPUT_OPENED_H
#include "input/input.h"
#include "input/rawfile.h"

/* The unit's file, opened once for all of its units; WN_E_IO for all of them when that failed.
 * *ret_file is a copy: it is not for rawfile_close, and not for two threads when it has a sum. */
wn_status input_files_open(input_files *f, size_t unit, rawfile *ret_file, wn_error *err);
/* Where the unit lies, and its file's path as named; borrowed from list and units. */
const input_unit *input_files_unit(const input_files *f, size_t unit);
const char *input_files_path(const input_files *f, size_t unit);
#endif
