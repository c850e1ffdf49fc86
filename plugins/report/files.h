/* files.h: the two files of the report. Part of the glue. */
#ifndef PLUGINS_REPORT_FILES_H
#define PLUGINS_REPORT_FILES_H
#include "report/assemble.h"

#include <winnow/plugin.h>

wn_status assembly_failed(const assembly *a, wn_error *err); /* what assembly_problem says */
wn_status nested_too_deeply(wn_error *err); /* a value of a stage: no dumper writes it */
/* The whole report and a newline. WN_E_IO as the output says, or one of the two above. */
wn_status write_json(assembly *a, wn_output *out, wn_error *err);
/* page: its style and script; the rest is filled in. */
wn_status write_html(assembly *a, const html_page *page, wn_output *out, wn_error *err);
#endif
