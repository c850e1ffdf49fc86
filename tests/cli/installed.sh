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
