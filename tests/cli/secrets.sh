#!/bin/sh
# secrets.sh: what the environment gives is used, and stands nowhere in what others get to see.
. "$srcdir/tests/cli/lib.sh"

echo '{"id":"a","text":"The bridge at Olden will close on Monday, engineer Ida Storm said. \"It is not safe,\" Storm said."}' >in.jsonl
cat >c.yaml <<'EOF_C'
version: 1
vars: {MINE: "${SECRET}", OPEN: told}
plugins: ["${PLUGINS}"]
input: {use: jsonl, with: {path: ["${IN}", "${IN2:-in.jsonl}"]}}
stages:
  - {use: t_probe, with: {text: "x-${SECRET}-y", list: [a, "${SECRET}", "${MINE}", "${OPEN}"], whole: "${NUMBER}"}}
output:
  - {use: jsonl, with: {name: "${NAME}.jsonl"}}
  - {use: report, with: {name: "${NAME}-r"}}
limits: {max_record: "${RECORD:-2MiB}", max_rejects: "${NUMBER}"}
EOF_C
# No multiple of a page: the memory of a run could be one.
export SECRET=hunter2 PLUGINS="$builddir/tests/plugins" IN=in.jsonl NUMBER=7 NAME=named RECORD=4194319
hides() { # FILE
    ! grep -n -e hunter2 -e 4194319 "$1"
}
check "a run whose configuration the environment fills" status 0 "$WINNOW" run c.yaml --out out
for f in out/*; do
    check "no secret in $(basename "$f")" hides "$f"
done
check "text as it is written" says out/run.json '"text": "x-${SECRET}-y"'
check "items of a list each" sh -c 'tr -d " \n" <out/run.json | grep -qF "\"list\":[\"a\",\"\${SECRET}\",\"\${MINE}\",\"told\"]"'
check "numbers too" says out/run.json '"whole": "${NUMBER}"'
check "inputs, and a default that was used" sh -c 'tr -d " \n" <out/run.json | grep -qF "\"path\":[\"\${IN}\",\"in.jsonl\"]"'
check "limits" says out/run.json '"max_record": "${RECORD:-2MiB}"'
check "the origin says which variable" says out/run.json '"environment SECRET in c.yaml:6:'
check "plan" status 0 "$WINNOW" plan c.yaml
check "hides them" hides out.txt
check "plan as JSON" status 0 "$WINNOW" plan c.yaml --format json
check "hides them as well" hides out.txt
check "verify finds outputs that a variable named" status 0 "$WINNOW" verify out
check "and their documents" says out.txt 'documents  1'
check "why too" status 0 "$WINNOW" why a --run out
sed 's/"stage": "[a-z_]*"/"stage": "?"/' out/run.json >r.json && rm out/run.json && sed 's/${NAME}/named/' r.json >out/run.json
check "and where run.json names no stages, by the configuration" sh -c '"$0" verify out | grep -q "documents  1"' "$WINNOW"
check "--set is text, not interpolated" status 0 "$WINNOW" plan c.yaml --set 'stages.t_probe.with.text=${SECRET}'
check "nor its value shown" hides out.txt
finish
