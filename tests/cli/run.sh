#!/bin/sh
# run.sh: winnow run as a user meets it: exit status, messages, what is left in the run directory.
. "$srcdir/tests/cli/lib.sh"

mkdir in
for i in 1 2 3; do echo "Text number $i, which is its own." >in/$i.txt; done
cat >good.yaml <<EOF
version: 1
input: {use: files, with: {path: [in]}}
stages: []
output: [jsonl]
EOF
run() { "$WINNOW" run "$@"; }
names() { ls -A "$1" | tr '\n' ' '; }
absent() { [ ! -e "$1" ]; }

check "a run" status 0 run good.yaml --out out
check "its results" test "$(names out)" = ".winnow documents.jsonl rejects.jsonl run.json stats.json "
check "three documents" test "$(wc -l <out/documents.jsonl)" -eq 3
check "the table" says out.txt "3 documents read, 0 rejects"
check "the digest of run.json" says out/run.json "$(sed -n 's/^digest //p' out.txt)"
check "nothing on standard error in a pipe" test ! -s err.txt
check "the time it began" grep -q '"started": "20[0-9][0-9]-' out/run.json
peak=$(sed -n 's/.*"peak_rss_bytes": \([0-9]*\).*/\1/p' out/stats.json)
check "the peak of memory, which the kernel counts in KiB" test $((peak % 1024)) -eq 0
check "quiet" status 0 run good.yaml --out out --quiet
check "quiet says nothing" test ! -s out.txt
check "the default directory" status 0 run good.yaml
check "is winnow-out" test -f winnow-out/run.json
check "inputs on the command line" status 0 run good.yaml in/2.txt --out two
check "replace those of the configuration" test "$(wc -l <two/documents.jsonl)" -eq 1
check "a limit" status 0 run good.yaml --limit 2 --out lim
check "is kept" test "$(wc -l <lim/documents.jsonl)" -eq 2
check "a dry run" status 0 run good.yaml --dry-run --out dry
check "tells" says out.txt "input          3 files,"
check "all that plan tells" sh -c '"$0" plan good.yaml --out dry | sed -n "/^input/,/^values/p" | sed "/^\(values\)*$/d" >plan.txt; sed 1d out.txt | cmp - plan.txt' "$WINNOW"
check "and makes nothing" absent dry

winnow() { "$WINNOW" "$@"; }
# What run refuses before it reads a document, plan, validate and the dry run refuse.
mkdir foreign && echo mine >foreign/notes.txt
mkdir taken && "$WINNOW" run good.yaml --out taken --quiet && rm taken/run.json && echo mine >taken/run.json
ln -s nowhere dangling && mkdir odd && : >odd/.winnow
for how in run "run --dry-run" plan validate; do
    check "$how: a folder of other files" status 78 winnow $how good.yaml --out foreign
    check "$how: says so" says err.txt "foreign holds files and is no run directory"
    check "$how: a file of others under a name of ours" status 78 winnow $how good.yaml --out taken
    check "$how: names it" says err.txt "taken/run.json is in the way"
    check "$how: a place that is not there" status 74 winnow $how good.yaml --out none/where
    check "$how: a link that leads nowhere" status 74 winnow $how good.yaml --out dangling
    check "$how: a .winnow that is no folder" status 74 winnow $how good.yaml --out odd
done
check "nothing was written there" test "$(ls foreign)" = notes.txt
check "plan tells the outputs" eval 'status 0 winnow plan good.yaml --out fresh && says out.txt "output         fresh: documents.jsonl, rejects.jsonl, stats.json, run.json"'
check "and the limit" eval 'status 0 winnow plan good.yaml --limit 2 --max-memory 64MiB && says out.txt "the first 2 documents" && says out.txt "64 MiB"'
check "plan makes nothing" absent fresh

check "no arguments" status 2 run
check "an unknown option" status 2 run good.yaml --jops 3
check "bad jobs" status 2 run good.yaml --jobs 0
check "bad memory" status 2 run good.yaml --max-memory lots
check "no such configuration" status 78 run missing.yaml --out x
check "no such input" status 78 run good.yaml missing/file.txt --out x
check "names it" says err.txt "missing/file.txt"
check "and leaves nothing" absent x

# A log line must not land in a result whose file got the number of a closed descriptor.
closed() { "$WINNOW" run good.yaml --out closed --quiet <&- >&- 2>&-; }
check "with standard streams closed" closed
check "the results are the same" cmp closed/rejects.jsonl out/rejects.jsonl
check "all of them" cmp closed/documents.jsonl out/documents.jsonl

mkdir mine
echo precious >mine/file
check "a directory that is no run directory" status 78 run good.yaml --out mine
check "says why" says err.txt "no run directory"
check "and leaves it alone" test "$(names mine)" = "file "
check "a file in its place" status 74 run good.yaml --out good.yaml

if late_signals; then
    skip "interrupted" "ThreadSanitizer"
    finish
fi
# Publishers may be anybody: only so many are counted apart.
awk 'BEGIN { for (i = 0; i < 10003; i++) printf("{\"text\":\"t\",\"metadata\":{\"publisher\":\"p%d\"}}\n", i) }' >many.jsonl
sed 's/use: files/use: jsonl/; s/in\]/many.jsonl]/' good.yaml >many.yaml
check "ten thousand publishers and some more" status 0 run many.yaml --out many
check "the rest are counted together" sh -c 'tr -d " \n" <many/stats.json | grep -qF "\"(more)\":{\"documents\":3,\"written\":3}"'

# Interrupted: the results of before stay, nothing else is left.
awk 'BEGIN { for (i = 0; i < 400000; i++) printf("{\"id\":\"d%d\",\"text\":\"a text number %d that is a little longer than nothing at all\"}\n", i, i * 7) }' >big.jsonl
sed 's/use: files/use: jsonl/; s/in\]/big.jsonl]/' good.yaml >big.yaml
check "a first run" status 0 run big.yaml --limit 5 --out big
before=$(cat big/run.json)
"$WINNOW" run big.yaml --out big --jobs 2 >out.txt 2>err.txt &
pid=$!
tries=0
while [ ! -e big/.winnow/gen-2/documents.jsonl ] && [ $tries -lt 3000 ]; do sleep 0.02; tries=$((tries + 1)); done
kill -TERM $pid
wait $pid
check "SIGTERM gives 143" test $? = 143
check "one clear line" test "$(cat err.txt)" = "winnow: interrupted; nothing was written"
check "the results of before are there" test "$(cat big/run.json)" = "$before"
check "and nothing else" test "$(names big)" = ".winnow documents.jsonl rejects.jsonl run.json stats.json "

# A run is killed while the process that would clear up after it is stopped, and another run begins in its place: what that
# one writes is not swept away.
begun() { tries=0; while [ ! -s place/.winnow/gen-2/documents.jsonl ] && [ $tries -lt 500 ]; do sleep 0.01; tries=$((tries + 1)); done; }
in_its_place() {
    status 0 run big.yaml --limit 5 --out place || return 1
    "$WINNOW" run big.yaml --out place >/dev/null 2>&1 &
    first=$!
    begun
    child=$(cat "/proc/$first/task/$first/children")
    # shellcheck disable=SC2086
    kill -STOP $first && kill -KILL $child
    tries=0 # until it is dead, and its lock gone
    while ! grep -q '^State:.*Z' "/proc/$child/status" && [ $tries -lt 500 ]; do sleep 0.01; tries=$((tries + 1)); done
    : >place/.winnow/gen-2/documents.jsonl # so that what is in it next is the second's
    "$WINNOW" run big.yaml --out place --quiet >out.txt 2>err.txt &
    second=$!
    begun
    kill -CONT $first
    wait $first
    wait $second || { sed 's/^/# /' err.txt; return 1; }
    [ "$(wc -l <place/documents.jsonl)" -eq 400000 ]
}
if [ -r /proc/self/task ]; then check "another run in the place of one that was killed" in_its_place; else skip "another run" "no /proc"; fi
finish
