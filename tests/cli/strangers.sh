#!/bin/sh
# strangers.sh: what others chose (ids, names, numbers, messages) is found by it, read again, and does nothing to a terminal.
. "$srcdir/tests/cli/lib.sh"

esc=$(printf '\033') c1=$(printf '\302\233') rlo=$(printf '\342\200\256')
cat >a.jsonl <<'EOF_A'
{"id":"big","text":"A first text about the harbour wall.","metadata":{"n":1e999,"n":2e999,"deep":[1,{"x":123456789012345678901234567890}]},"other":-1e400}
{"id":1.50,"text":"Another text about the harbour wall and the sea."}
{"id":7,"text":"A third text about other things in the town."}
{"id":"q\"uo\\te\u0001\u001b[31m\u009b\u202e\nend","text":"Fourth text about a council that sat on Monday."}
{"id":"\u00e9t\u00e9","text":"Fifth text about a bridge over the river."}
{"id":"","text":"Sixth text of a document without an id of its own."}
{"id":1e999,"text":"Seventh text with an id that is a number beyond all."}
{"id":"gone","text":7}
EOF_A
printf 'version: 1\ninput: {use: jsonl, with: {path: [a.jsonl]}}\nstages: [{use: dedup, with: {keep: all}}]\noutput: [jsonl, report]\n' >c.yaml
check "a run over numbers that no double holds" status 0 "$WINNOW" run c.yaml --out out
check "which come out as they went in, through the spool too" says out/documents.jsonl \
    '"other":-1e400,"metadata":{'
check "in metadata, the last of equal ones, once" says out/documents.jsonl '"n":2e999,"deep":[1,{"x":123456789012345678901234567890}]}'
check "verify reads them" status 0 "$WINNOW" verify out

found() { # ID: by why
    status 0 "$WINNOW" why "$1" --run out && says out.txt ': in the results'
}
odd=$(printf 'q"uo\\te\001%s[31m%s%s\nend' "$esc" "$c1" "$rlo")
for id in big 1.50 7 "$odd" "$(printf '\303\251t\303\251')" 1e999 'a.jsonl#471'; do
    check "why finds the id $(printf '%s' "$id" | tr -cd '[:alnum:].#')" found "$id"
done
check "why finds a record that nobody could read, by its file" status 0 "$WINNOW" why a.jsonl --run out --all
check "an id that no document has" status 1 "$WINNOW" why 7.0 --run out
check "nor an empty one" status 1 "$WINNOW" why "" --run out

plain() { # COMMAND...: whatever it says has no control characters and no overrides
    "$@" >out.txt 2>&1 </dev/null
    LC_ALL=C tr -d '\n' <out.txt | LC_ALL=C grep -q -e '[[:cntrl:]]' -e "$c1" -e "$rlo" || return 0
    echo "# $*"
    od -c out.txt | head -n 20
    return 1
}
nasty="x${esc}]0;owned${c1}31m${rlo}"
mkdir "$nasty"
cp a.jsonl "$nasty/$nasty.jsonl"
printf 'version: 1\ninput: {use: jsonl, with: {path: ["%s/*.jsonl"]}}\noutput: [jsonl]\ntests:\n- {name: "a\\e[2Jb\\nok 9 - forged", input: ["%s"], expect: [{file: documents.jsonl, path: 0.id, equals: "\\e[31m"}]}\n' \
    'x*' 'a.jsonl' >"$nasty/$nasty.yaml"
printf '{"id":"\\u001b[31m","text":"x","metadata":{"title":"\\u001b]0;t\\u0007","language":"\\u202e"}}\n' >"$nasty.jsonl"
for words in "validate $nasty/$nasty.yaml" "plan $nasty/$nasty.yaml" "test $nasty/$nasty.yaml" "validate $nasty/none.yaml" "run $nasty/none.yaml" \
    "validate c.yaml --set stages.$nasty.with.x=$nasty" "inspect $nasty.so" "inspect $nasty" "list $nasty" "check-plugin $nasty.so" "why $nasty --run out" \
    "why $nasty --run $nasty" "verify $nasty" "new-stage $nasty" "new-stage x --in $nasty/none" "verify --$nasty" "validate c.yaml $nasty"; do
    check "plain: ${words%% *} ($(printf '%s' "$words" | cksum | cut -c1-4))" plain "$WINNOW" $words
done
"$WINNOW" run c.yaml "$nasty.jsonl" --out o2 >out.txt 2>&1 </dev/null
check "plain: why, of a document with such metadata" plain "$WINNOW" why "${esc}[31m" --run o2
check "which it finds by its file as well" status 0 "$WINNOW" why "$(ls | grep owned.*jsonl)" --run o2
check "which it shows" says out.txt '\x1b]0;t\x07'
sed 's/"start":[0-9]*/"start":0/' o2/report.json >r.json
rm o2/report.json && cp r.json o2/report.json
check "plain: verify, of what is wrong in it" plain "$WINNOW" verify o2 --all --edits
printf '{"id":"in","text":"x"}\n{"id":"empty","text":"","n":1e999}\n' >e.jsonl
printf 'version: 1\ninput: {use: jsonl, with: {path: [e.jsonl]}}\nstages: [clean]\noutput: [report]\n' >e.yaml
check "a reject with a number beyond all" status 0 "$WINNOW" run e.yaml --out o4
check "is in the report" says o4/report.json '"id": "empty"'
cp a.jsonl "$(printf 'x\351.jsonl')"
check "a name on the command line that is not UTF-8" status 0 "$WINNOW" run c.yaml "$(printf 'x\351.jsonl')" --out o3
check "is shown" sh -c '"$0" plan c.yaml "$(printf "x\351.jsonl")" | grep -qF "x\\\\xe9.jsonl"' "$WINNOW"
folder=$(printf 'x\351')
mkdir "$folder"
cp c.yaml "$folder/$folder.yaml"
cp a.jsonl "$folder/"
cp "$builddir/tests/plugins/.libs/t_probe.so" "$folder/"
printf 'plugins: [.]\ntests:\n- {name: n, input: a.jsonl, expect: [{file: rejects.jsonl, lines: 8}]}\n' >>"$folder/$folder.yaml"
for command in validate plan test "plan --format json" "run --quiet"; do
    check "a configuration whose name is not UTF-8: $command" status 0 "$WINNOW" $command "$folder/$folder.yaml"
done
check "list: a folder whose name is not" status 0 "$WINNOW" list --plugins "$folder" --format json
check "is listed" says out.txt '"name": "t_probe"'
check "with those behind it" says out.txt '"name": "warc"'
check "inspect" status 0 "$WINNOW" inspect "$folder/t_probe.so" --format json
check "list: a folder that is not there" status 78 "$WINNOW" list --plugins none
check "is told of" says err.txt '--plugins none: no such folder'
check "inspect: it is told of as well" status 78 "$WINNOW" inspect dedup --plugins none
finish
