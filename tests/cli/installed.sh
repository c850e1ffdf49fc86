#!/bin/sh
# installed.sh: the view of a third party, for `make installcheck`: a stage made by the scaffold is
# built against the installed header, judged, tested, and installed runs find their data.
# usage: installed.sh BINDIR PKGCONFIGDIR
set -eu
PATH=$1:$PATH PKG_CONFIG_PATH=$2
export PATH PKG_CONFIG_PATH
unset WINNOW_PLUGIN_PATH WINNOW_DATA_PATH
work=$(mktemp -d "${TMPDIR:-/tmp}/winnow-installed.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
winnow new-stage ebb
cd ebb
make check
cat > all.yaml <<'YAML'
version: 1
input: {use: files, with: {path: [sample.txt]}}
stages: [clean, dedup, dates, claims, align]
output: [jsonl, report]
YAML
winnow run all.yaml
winnow verify winnow-out
[ -s winnow-out/report.html ]

# A third party's stage asks for sentences and parts of speech as the stock ones do.
cd "$work"
winnow new-stage nouns
cd nouns
cat > nouns.c <<'C'
#include <winnow/plugin.h>

static wn_status open_it(wn_stage *stage, wn_error *err) { return wn_load_tagger(stage, "tagger.model", err); }

static wn_status process(wn_stage *stage, wn_doc *doc, wn_error *err)
{
    const wn_analysis *a;
    wn_status status = wn_analyse(doc, WN_ANALYSE_TAGS, &a, err);
    (void)stage;
    for (size_t i = 0; status == WN_OK && i < a->n_tokens; i++)
        if (a->tag[i] == WN_TAG_NN)
            status = wn_span_add(doc, "noun", a->token[i].start, a->token[i].end, NULL, NULL);
    return status;
}

static const wn_plugin plugin = {
    WN_PLUGIN_HEAD, .name = "nouns", .version = "1.0", .license = "MIT", .summary = "mark nouns",
    .open = open_it, .process = process,
};
WN_PLUGIN_ENTRY(plugin)
C
make
printf 'The harbour was closed.\n' > text.txt
printf 'version: 1\ninput: {use: files, with: {path: [text.txt]}}\nstages: [nouns, claims]\noutput: [jsonl]\n' > nouns.yaml
WINNOW_PLUGIN_PATH=. winnow run nouns.yaml
grep -q '"noun":\[{"start":4,"end":11' winnow-out/documents.jsonl
