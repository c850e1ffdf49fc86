#!/bin/sh
# commands.sh: help, list, inspect, validate, plan: what they print and how they exit.
n=0 bad=0
work=$builddir/tests/cli/work-commands
rm -rf "$work"
mkdir -p "$work"
expect() { # NAME STATUS PATTERN COMMAND...: the exit status, and a line of the output that matches
    name=$1 status=$2 pattern=$3
    shift 3
    n=$((n + 1))
    "$@" >"$work/out" 2>&1 </dev/null
    got=$?
    if [ "$got" = "$status" ] && grep -q -e "$pattern" "$work/out"; then
        echo "ok $n - $name"
    else
        bad=1
        echo "not ok $n - $name"
        echo "# exit status $got, want $status; no line matches '$pattern' in:"
        sed 's/^/# /' "$work/out" | head -n 20
    fi
}
expect "no command: usage" 2 '^usage: winnow COMMAND' "$WINNOW"
expect "help" 0 '^  validate ' "$WINNOW" help
expect "help COMMAND" 0 '^usage: winnow plan CONFIG' "$WINNOW" help plan
expect "COMMAND --help" 0 '^usage: winnow inspect ' "$WINNOW" inspect --help
expect "--version" 0 '^winnow [0-9]' "$WINNOW" --version
expect "unknown command" 2 'no command `lisst`; did you mean `list`?' "$WINNOW" lisst
expect "unknown option" 2 '^usage: winnow validate' "$WINNOW" validate --colour x.yaml
for command in list inspect validate plan run verify why; do # by winnow, not by getopt too
    expect "$command: an unknown option is told once" 0 '^1$' sh -c '"$0" "$1" --colour x 2>&1 | grep -v "^ *\(usage: \|$\)" | wc -l' "$WINNOW" "$command"
done
expect "no configuration" 2 'which configuration?' "$WINNOW" validate
expect "list" 0 '^dedup  *corpus ' "$WINNOW" list
expect "list as JSON" 0 '"name": "dedup"' "$WINNOW" list --format json
expect "list names what cannot be used" 1 '^bad_major  *cannot be used: .*rebuild' "$WINNOW" list --plugins "$builddir/tests/plugins"
expect "inspect" 0 '^  threshold (number, 0.3 to 1; default 0\.[0-9]*)' "$WINNOW" inspect dedup
expect "inspect as Markdown" 0 '^| `keep` | origin\\|all | `origin` |' "$WINNOW" inspect --markdown dedup
expect "inspect as JSON" 0 '"choices": "origin|all"' "$WINNOW" inspect --format json dedup
expect "inspect a file" 0 '^t_probe 1.0' "$WINNOW" inspect "$builddir/tests/plugins/t_probe.la"
expect "inspect a bad file" 78 'undefined symbol: no_such_function_anywhere' "$WINNOW" inspect "$builddir/tests/plugins/bad_symbol.la"
expect "inspect nothing" 2 'name one plugin' "$WINNOW" inspect
expect "inspect what is not there" 78 'no plugin `dedpu`; did you mean `dedup`?' "$WINNOW" inspect dedpu
expect "schema" 0 'draft/2020-12/schema' "$WINNOW" inspect --schema

cat >"$work/good.yaml" <<'Y'
version: 1
input: {use: files, with: {path: ["pages/*.txt"]}}
stages: [dedup]
output: [jsonl]
Y
mkdir -p "$work/pages"
echo "A page." >"$work/pages/a.txt"
echo "Another page." >"$work/pages/b.txt"
expect "validate" 0 'good.yaml: valid: 1 stage, 1 output, 2 input files$' "$WINNOW" validate "$work/good.yaml"
expect "validate with an input of one's own" 0 '1 input file$' "$WINNOW" validate "$work/good.yaml" "$work/pages/a.txt"
expect "validate: an input that is not there" 78 '^winnow: command line: .*none' "$WINNOW" validate "$work/good.yaml" "$work/none/*.txt"
sed 's/pages/none/' "$work/good.yaml" >"$work/empty.yaml"
expect "validate: nothing matches" 78 'empty.yaml:2:34: .*none' "$WINNOW" validate "$work/empty.yaml"
expect "run says the same" 78 'empty.yaml:2:34: .*none' "$WINNOW" run "$work/empty.yaml" --out "$work/run"
expect "validate --set" 78 '^winnow: --set stages.dedup.with.treshold=1: .*did you mean `threshold`' \
    "$WINNOW" validate "$work/good.yaml" --set stages.dedup.with.treshold=1
expect "validate: no such file" 78 'none.yaml: cannot read .*No such file' "$WINNOW" validate "$work/none.yaml"
expect "validate standard input" 78 '^winnow: -:1:1: no `version`' "$WINNOW" validate -
expect "plan: steps" 0 '^  1. files, dedup  (dedup needs the whole corpus)' "$WINNOW" plan "$work/good.yaml"
expect "plan: the last step" 0 '^  2. dedup, jsonl$' "$WINNOW" plan "$work/good.yaml"
expect "plan: workers that are asked for" 0 '^workers  *3$' "$WINNOW" plan "$work/good.yaml" --jobs 3
workers() { # those of the plan are those of the run, also where not every core may be used
    "$@" "$WINNOW" run "$work/good.yaml" --out "$work/workers" --quiet &&
        sed -n 's/.*"jobs": \([0-9]*\),.*/workers        \1/p' "$work/workers/run.json" >"$work/want" &&
        "$@" "$WINNOW" plan "$work/good.yaml" | grep '^workers' | cmp - "$work/want" && cat "$work/want"
}
expect "plan: workers as in the run" 0 '^workers  *[1-9]' workers
if taskset -c 0 true 2>/dev/null; then
    expect "plan: on one core" 0 '^workers  *1$' workers taskset -c 0
fi
expect "plan: inputs" 0 '^input  *2 files, 22 bytes, read by files' "$WINNOW" plan "$work/good.yaml"
expect "plan: origins" 0 '^  stages.dedup.with.threshold  *0.7  *--set$' "$WINNOW" plan "$work/good.yaml" --set stages.dedup.with.threshold=0.7
expect "plan as JSON" 0 '"stages.dedup.use": ".*good.yaml:3:10"' "$WINNOW" plan --format json "$work/good.yaml"
expect "a full disk is seen" 74 'cannot write to standard output' sh -c '"$0" inspect --schema >/dev/full' "$WINNOW"
echo "1..$n"
exit $bad
