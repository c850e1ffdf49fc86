#!/bin/sh
# hostile.sh: stages that crash, hang, leave and lie (tests/plugins/t_hostile.c), in every callback. None of them makes a
# run look done that is not; every message names the stage and, where one was at hand, the document; nothing is left behind,
# and the results of the run before stay whole.
. "$srcdir/tests/cli/lib.sh"
WINNOW_PLUGIN_PATH=$builddir/tests/plugins:$WINNOW_PLUGIN_PATH
export WINNOW_PLUGIN_PATH
ulimit -c 0

printf 'a fine line\na BAD line\nanother fine line\n' >in.txt
awk 'BEGIN { for (i = 0; i < 3000; i++) print "a line of many, and this is number " i }' >big.txt
chain() { # INPUT STAGES OUTPUT
    printf 'version: 1\ninput: %s\nstages: [%s]\noutput: [%s]\nlimits: {max_document_seconds: 0.05, split_size: 65536}\n' "$1" "$2" "$3" >hostile.yaml
}
source='{use: t_hostile, id: lines, with: {path: [in.txt]}}'
corpus='{use: t_hostile_corpus, id: all}'
evil() { # CALLBACK DEED: the chain with that deed in it
    with="with: {at: $1, how: $2"
    case $1 in
    sync) chain "{use: t_hostile, id: evil, $with, path: [big.txt]}}" "" jsonl ;; # more than one unit
    read) chain "{use: t_hostile, id: evil, $with, path: [in.txt]}}" "" jsonl ;;
    emit | reduce | settle | apply) chain "$source" "{use: t_hostile_corpus, id: evil, $with}}" jsonl ;;
    begin | render | write | end) chain "$source" "$corpus" "jsonl, {use: t_hostile, id: evil, $with}}" ;;
    *) chain "$source" "{use: t_hostile, id: evil, $with}}, $corpus" jsonl ;;
    esac
}
# Status and the names in the run directory; the results must be those of the first run, or whole new ones.
whole() { "$WINNOW" verify out >verify.txt 2>&1 && cmp -s out/documents.jsonl before.jsonl; }
no_leftovers() { [ "$(ls -A out/.winnow | wc -l)" -eq 2 ] && [ -e out/.winnow/current/run.json ]; }
fails() { # STATUS CALLBACK DEED WORDS
    evil "$2" "$3"
    "$WINNOW" run hostile.yaml --out out --jobs 2 >out.txt 2>err.txt
    got=$?
    if [ "$1" = 70 ] && ! grep -q "nothing was written" err.txt; then
        return 1
    fi
    if [ $got -ne "$1" ] || ! grep -q evil err.txt || ! grep -q -- "$4" err.txt || [ "$(grep -c "^winnow: " err.txt)" -ne 1 ] || ! whole || ! no_leftovers; then
        echo "# status $got; $(ls -A out out/.winnow | tr '\n' ' ')"
        return 1
    fi
    case $2 in
    process | read | emit | apply | render | write) grep -q 'document in.txt\|input in.txt' err.txt ;;
    esac
}

# Sanitizers have their own way with crashes, and count as a leak what a thread leaves behind.
crash() { # WHAT COMMAND...
    if sanitized; then skip "$1" "sanitizer build"; else check "$@"; fi
}

chain "$source" "$corpus" jsonl
check "a first run" status 0 "$WINNOW" run hostile.yaml --out out
cp out/documents.jsonl before.jsonl
for at in open worker_open worker_close sync read process emit reduce settle apply begin render write end; do
    crash "segmentation fault in $at" fails 70 $at segv "crashed (signal 11"
    check "exit(0) in $at" fails 70 $at exit "called exit()"
    check "_exit(0) in $at" fails 70 $at _exit "ended with status 0 before its work was done"
done
for at in open process settle end; do
    crash "stack overflow in $at" fails 70 $at stack "crashed (signal 11"
    crash "abort in $at" fails 70 $at abort "crashed (signal 6"
    crash "a pointer freed that is none, in $at" fails 70 $at free "crashed (signal 6"
    check "killed in $at" fails 70 $at kill "killed (signal 9"
done
check "an endless sleep in open" fails 70 open sleep "waited without doing anything"
crash "a process of the stage's crashes, then this one is killed" fails 70 process helper "killed (signal 9"
for at in read process reduce settle apply write end; do
    check "an endless loop in $at" fails 70 $at loop "of processor time"
    check "an endless sleep in $at" fails 70 $at sleep "waited without doing anything"
done
crash "the thread ended in process" fails 65 process pthread_exit "ended its thread"
crash "the thread ended in settle" fails 70 settle pthread_exit "ended"

# A library has code of its own that runs when the process ends: it makes no success of a failure.
unloaded() {
    printf 'version: 1\ninput: %s\nstages: [{use: t_hostile, id: other, with: {at: process, how: complain}}, {use: t_hostile, id: evil, with: {at: unload}}, %s]\noutput: [jsonl]\nlimits: {max_rejects: 0}\n' "$source" "$corpus" >hostile.yaml
    "$WINNOW" run hostile.yaml --out out >out.txt 2>err.txt
    [ $? -eq 65 ] && grep -q "max_rejects" err.txt && whole
}
check "_exit(0) of a library that is unloaded does not hide a failure" unloaded
spoken() {
    "$WINNOW" validate hostile.yaml >out.txt 2>err.txt && [ -s out.txt ]
}
check "nor swallow what was said" spoken

# Nobody has interrupted these runs, and nothing says so.
uninterrupted() { fails "$@" && ! grep -q "^winnow: interrupted" err.txt; }
made_up() {
    evil "$1" interrupted
    "$WINNOW" run hostile.yaml --out out >out.txt 2>err.txt
    [ $? -eq 65 ] && grep -q "evil.*says that the run was interrupted, and it was not" err.txt && whole
}
check "SIGTERM that a stage sends to itself, with a document at hand" uninterrupted 70 process term "ended by signal 15"
check "SIGTERM that a stage sends to itself, in settle" uninterrupted 70 settle term "which it sent to itself"
check "an interruption that a stage makes up, in settle" made_up settle
check "an interruption that a stage makes up, in begin" made_up begin

# Where SIGCHLD is ignored, as some servers start their programs, the run ends as it ended.
deaf() {
    evil none none
    "$PYTHON3" -c 'import os, signal, sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])' \
        "$WINNOW" run hostile.yaml --out out --quiet >out.txt 2>err.txt && [ ! -s err.txt ]
}
if [ -n "$PYTHON3" ]; then check "SIGCHLD ignored" deaf; else skip "SIGCHLD ignored" "no python3"; fi

# What a source makes on a worker counts as much as what a stage makes there.
source_fails() {
    chain "{use: t_hostile, id: evil, with: {at: worker_open, how: fail, path: [in.txt]}}" "" jsonl
    status 65 "$WINNOW" run hostile.yaml --out out --jobs 2 && says err.txt evil && whole
}
check "worker_open of a source that fails" source_fails

# A pause of the process (Ctrl-Z, a laptop that sleeps) is no time in which a stage hangs: the document is held for 2 seconds
# on the clock where half a second is allowed.
paused() {
    evil process nap
    "$WINNOW" run hostile.yaml --out paused >out.txt 2>err.txt &
    pid=$!
    sleep 0.15
    children=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null)
    # shellcheck disable=SC2086
    kill -STOP $pid $children
    sleep 1.7
    # shellcheck disable=SC2086
    kill -CONT $pid $children
    wait $pid
}
if [ -r /proc/self/task ]; then check "a pause does not end the run" paused; else skip "a pause" "no /proc"; fi

# A crash in close() comes after the results: they are whole, and the run is a failure all the same.
evil close segv
check "segmentation fault in close" status 70 "$WINNOW" run hostile.yaml --out out
check "is told with what became of the results" says err.txt "the results are whole"
check "which are there" whole

# A program that a stage starts gets the standard streams, and nothing of ours.
inherited() {
    evil process list
    "$WINNOW" run hostile.yaml - --out listed <in.txt >out.txt 2>err.txt && [ -s descriptors.txt ] && ! grep 'winnow-stdin\|listed' descriptors.txt
}
if [ -r /proc/self/fd ]; then check "a program that a stage starts" inherited; else skip "a program" "no /proc"; fi

# A second run in one process (`test`) that crashes: what became of the first is not said of it, and its files go.
second() {
    printf 'a fine line\n' >fine.txt
    cat >tests.yaml <<'YAML'
version: 1
input: {use: t_hostile, with: {path: [in.txt]}}
stages: [{use: t_hostile, id: evil, with: {at: process, how: abort}}]
output: [jsonl]
tests:
  - {name: fine, input: [fine.txt], expect: [{file: documents.jsonl, lines: 1}]}
  - {name: bad, input: [in.txt], expect: [{file: documents.jsonl, lines: 3}]}
YAML
    mkdir -p tmp
    TMPDIR=$here/tmp status 70 "$WINNOW" test tests.yaml && says err.txt "; nothing was written" && [ -z "$(find tmp -type f)" ]
}
crash "the second of two runs in a process crashes" second

# Documents that a stage spoils are rejects; what is written is JSON, and the other documents come out.
rejects() { # CALLBACK DEED WORDS
    evil "$1" "$2"
    "$WINNOW" run hostile.yaml --out spoilt >out.txt 2>err.txt || return 1
    [ "$(wc -l <spoilt/documents.jsonl)" -eq 2 ] && [ "$(wc -l <spoilt/rejects.jsonl)" -eq 1 ] &&
        grep -q -- "$3" spoilt/rejects.jsonl && "$WINNOW" verify spoilt >verify.txt 2>&1 && valid_json
}
valid_json() {
    [ -z "$PYTHON3" ] || "$PYTHON3" - spoilt <<'PY'
import json, sys
for name in "documents.jsonl", "rejects.jsonl":
    for line in open(f"{sys.argv[1]}/{name}", encoding="utf-8"):
        json.loads(line)
for name in "run.json", "stats.json":
    json.load(open(f"{sys.argv[1]}/{name}", encoding="utf-8"))
PY
}
check "a string that is not UTF-8 in the metadata" rejects process bad_metadata "metadata cannot be written as JSON"
check "a key that is not" rejects process bad_key "metadata cannot be written as JSON"
check "a layer's name that is not" rejects process bad_layer "layer's name"
check "a value without end" rejects process shared "hold others again and again"
check "an attribute that is not" rejects process bad_attribute "attribute that cannot be written"
check "a part's role that is not" rejects process bad_role "part's role"
check "a reason that is not" rejects process bad_reason "the reason or the rule"
check "an error that is not" rejects process complain 'words\\\\x1b.*\\\\xff'
check "a value that is not" rejects process bad_value "value of a verdict"
check "a counter's name that is not" rejects process bad_counter "counter's name"
check "a text changed through a cast" rejects process cast "changed in place"
check "an interruption that nobody caused" rejects process interrupted "says that the run was interrupted"
check "a limit that the stage swallows" rejects process swallow "max_document_seconds"
check "a limit that the stage calls something else" rejects process misreport "max_document_seconds"
check "a drop that nobody called" rejects process lie "fault of the stage"
check "an odd status" rejects process odd "fault of the stage"
check "a merge into itself" rejects process merge_self "into itself"
check "a merge into an unknown document after a corpus stage" rejects apply merge_unknown "no document of this run"
check "a merge into an unknown document before one" fails 65 process merge_unknown "nobody, which is no document of this run"
check "a ring of merges" fails 65 apply ring "in a ring"
check "an output written in render, on a worker" fails 65 begin early "output early.txt is written by a thread"
check "an output of which a part could not be written, which the sink overlooks" fails 74 begin careless "cannot write careless.bin"
check "an edge to no document, refused, which the stage overlooks" fails 65 reduce bad_edge "edge"
check "a verdict on no document, refused, which the stage overlooks" fails 65 settle bad_edge "verdict"
check "findings that are not UTF-8" fails 65 settle bad_findings "findings cannot be published"
finish
