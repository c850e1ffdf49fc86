/* align_input.h: from a document's layers to what note_build wants. Part of the glue. */
#ifndef PLUGINS_ALIGN_ALIGN_INPUT_H
#define PLUGINS_ALIGN_ALIGN_INPUT_H
#include "align/notebuild.h"
#include <winnow/plugin.h>

/* Fills *ret_input, which beats with the document's pulse (`beat`, which must outlive it);
 * everything lives in the document's memory. A status of the host's, or what the pulse said. */
wn_status align_input(wn_doc *doc, wn_doc_pulse *beat, build_input *ret_input);
#endif
