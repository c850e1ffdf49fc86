#!/bin/sh
# home.sh: the program finds its own tree: nothing of the environment says where plugins and data are.
. "$srcdir/tests/cli/lib.sh"
unset WINNOW_PLUGIN_PATH WINNOW_DATA_PATH

listed() { "$WINNOW" list >out.txt 2>err.txt && grep -q '^claims ' out.txt && grep -q '^warc ' out.txt; }
check "the stages of the build tree are listed" listed

ran() {
    printf 'The harbour was closed, said Ann Orr.\n' >a.txt
    printf 'version: 1\ninput: {use: files, with: {path: [a.txt]}}\nstages: [clean, dates, claims]\noutput: [jsonl]\n' >a.yaml
    "$WINNOW" run a.yaml --out out >out.txt 2>err.txt && grep -q 'Ann Orr' out/documents.jsonl
}
if [ "$srcdir" = "$builddir" ]; then check "and run, with their data" ran; else skip "and run, with their data" "sources elsewhere"; fi

alone() { # a program that was taken out of its tree says what is missing
    mkdir -p alone && cp "$WINNOW" alone/winnow && status 1 alone/winnow list && [ ! -s out.txt ] && says err.txt "no plugins in" && says err.txt "WINNOW_PLUGIN_PATH"
}
if [ -d /usr/local/lib/winnow/plugins ]; then skip "a program alone" "winnow is installed here"; else check "a program alone says what is missing" alone; fi
finish
