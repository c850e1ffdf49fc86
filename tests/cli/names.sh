#!/bin/sh
# names.sh: documents whose inputs give them one id: each has a name of its own, nothing crosses, all is proved and told.
. "$srcdir/tests/cli/lib.sh"

cat >a.jsonl <<'EOF_A'
{"id": 7, "text": "The bridge at Olden will close on Monday, engineer Ida Storm said. \"It is not safe,\" Storm said.", "published": "2024-05-07", "doc": "mine"}
{"id": "x", "text": "The ferry to Varde sails again on Tuesday, captain Leif Brand said. \"The sea is calm,\" Brand said.", "published": "2024-05-07"}
EOF_A
cat >b.jsonl <<'EOF_B'
{"id": 7, "text": "A theatre in Holm sold out every seat on Friday, director Mona Vik said. \"We are glad,\" Vik said.", "published": "2024-05-08"}
{"id": "x", "text": "The ferry to Varde sails again on Tuesday, captain Leif Brand said. \"The sea is calm,\" Brand said.", "published": "2024-05-07"}
EOF_B
config() { # STAGES
    printf 'version: 1\ninput: {use: jsonl, with: {path: [a.jsonl, b.jsonl]}}\nstages: [%s]\noutput: [jsonl, report]\n' "$1" >c.yaml
}
names() { # of documents.jsonl: the name, or else the id
    sed -n 's/^{"id":\("*[^",]*"*\),"doc":\("[^"]*"\).*/\1=\2/p; t; s/^{"id":\("*[^",]*"*\).*/\1/p' "$1" | tr '\n' ' '
}
proves() { # STAGES NAMES
    config "$1"
    status 0 "$WINNOW" run c.yaml --out out --jobs "${3:-2}" || return 1
    says out.txt "2 documents had the id of an earlier one" || return 1
    [ "$(names out/documents.jsonl)" = "$2" ] || { names out/documents.jsonl; return 1; }
    status 0 "$WINNOW" verify out
}
every='7 "x" 7="7~2" "x"="x~2" '
check "in one step, where sinks render on the workers" proves "dates, claims" "$every"
check "over corpus stages" proves "{use: dedup, with: {keep: all}}, dates, claims, align" "$every"
cp out/report.json report.json
check "by one worker" proves "{use: dedup, with: {keep: all}}, dates, claims, align" "$every" 1
check "the same" cmp out/report.json report.json
check "the report names both" says report.json '"7~2"'
check "a copy knows whose copy it is" says out/documents.jsonl '"origin":"x"'
check "why finds it by its name" status 0 "$WINNOW" why '7~2' --run out
check "and tells of one document" test "$(grep -c 'in the results' out.txt)" = 1
check "why finds both by the id" status 0 "$WINNOW" why 7 --run out
check "and tells of two" test "$(grep -c 'in the results' out.txt)" = 2
check "the count is in stats.json" grep -q '"renamed": 2' out/stats.json
check "a key of this name in the input is kept" says out/documents.jsonl '"input":{"doc":"mine"}'
config "{use: dedup}"
check "a copy that leaves" status 0 "$WINNOW" run c.yaml --out drop
check "goes into the first of its id" grep -q '"doc":"x~2".*"into":"x"' drop/rejects.jsonl
# A sink that cannot render a document under the name it gets in the end: one reject, and the others come out.
printf '{"id": "x", "text": "a BAD line"}\n{"id": "x", "text": "another BAD line"}\n{"id": "y", "text": "a third BAD line"}\n' >bad.jsonl
unnameable() { # DEED DROPPED FAILED
    printf 'version: 1\ninput: {use: jsonl, with: {path: [bad.jsonl]}}\noutput: [jsonl, {use: t_hostile, id: evil, with: {at: render, how: %s}}]\n' "$1" >u.yaml
    WINNOW_PLUGIN_PATH=$builddir/tests/plugins:$WINNOW_PLUGIN_PATH status 0 "$WINNOW" run u.yaml --out unnameable &&
        [ "$(names unnameable/documents.jsonl)" = '"x" "y" ' ] && [ "$(wc -l <unnameable/rejects.jsonl)" -eq 1 ] &&
        grep -q '"id":"x","doc":"x~2".*"stage":"evil".*not under this name' unnameable/rejects.jsonl &&
        grep -q "^evil  *3  *2  *$2  *0  *$3\$" out.txt && status 0 "$WINNOW" verify unnameable
}
check "a document that cannot be rendered under its name" unnameable renamed 0 1
check "one that is dropped under it" unnameable renamed_drop 1 0
check "results are read back in, each under its own id" status 0 "$WINNOW" run c.yaml out/documents.jsonl --out again
finish
