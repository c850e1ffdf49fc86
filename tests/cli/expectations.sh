#!/bin/sh
# expectations.sh: winnow test: what an expectation says holds or not; none holds because it was not understood.
. "$srcdir/tests/cli/lib.sh"

printf '{"id":"a","text":"Caf\303\251 opens.","metadata":{"tags":["red",2024,true],"year":2024,"half":0.5,"none":null,"deep":[{"x":1}]}}\n{"id":"b","text":"Two."}\n' >a.jsonl
cp a.jsonl 7
try() { # EXPECTATION, or a list of them: the status and output of winnow test
    printf 'version: 1\ninput: {use: jsonl, with: {path: [a.jsonl]}}\noutput: [jsonl]\ntests:\n- {name: 2024, input: [a.jsonl], expect: [{%s}]}\n' \
        "$1" >c.yaml
    "$WINNOW" test c.yaml >out.txt 2>err.txt
}
holds() {
    try "$1" && says out.txt 'ok 1 - 2024'
}
fails() { # EXPECTATION WORDS
    try "$1"
    [ $? = 1 ] && says out.txt "$2"
}
refused() { # EXPECTATION WORDS: by test, validate and run alike
    try "$1"
    [ $? = 78 ] && says err.txt "$2" && cp err.txt test.txt || return 1
    for command in "validate c.yaml" "run c.yaml --out out"; do
        status 78 "$WINNOW" $command && cmp -s err.txt test.txt || return 1
    done
}
line='file: documents.jsonl'
yes() { check "holds: $1" holds "$line, $1"; }
no() { check "not: $1" fails "$line, $1" "$2"; }

yes 'lines: 2'
no 'lines: 3' 'documents.jsonl has 2 lines, not 3'
no 'path: 0, equals: wrong' 'documents.jsonl 0 is `{"id":"a"'
no 'path: 2, length: 1' 'documents.jsonl 2 is not there'
no 'path: 99999999999999999999999, lines: 2' 'is not there'
no 'path: 0.metadata.tags.-1, lines: 2' 'is not there'
yes 'path: 0.id, equals: a'
yes 'path: 0.metadata.year, equals: 2024'
yes 'path: 0.metadata.year, equals: "2024"'
yes 'path: 0.metadata.half, equals: 0.50'
no 'path: 0.metadata.half, equals: 0.51' 'is `0.5`, not `0.51`'
yes 'path: 0.metadata.none, equals: ~'
no 'path: 0.metadata.none, equals: "null"' 'is `null`, not `null`'
yes 'path: 0.metadata.tags, equals: [red, 2024, true]'
no 'path: 0.metadata.tags, equals: [red, 2024]' 'is `["red",2024,true]`'
yes 'path: 0.metadata.deep, equals: [{x: 1}]'
yes 'path: 0.metadata.tags, contains: 2024'
yes 'path: 0.metadata.tags, lacks: blue'
no 'path: 0.metadata.tags, lacks: red' 'contains `red`'
no 'path: 0.metadata.deep, lacks: x' 'item 0 of it is a mapping: go on with the path'
no 'path: 0.metadata, lacks: x' 'is a mapping: go on with the path'
yes 'contains: "\"id\":\"b\""'
no 'lacks: Two' 'documents.jsonl contains `Two`'
yes 'path: 0.text, length: 11'
no 'path: 0.metadata.year, length: 0' 'is `2024`, which has no length'
yes 'path: 0.metadata.year, min: 2024, max: 2024'
no 'path: 0.metadata.year, min: 2024.5' 'is 2024, below 2024.5'
no 'path: 0.id, min: 0' 'is a, not a number'
no 'path: 0.metadata, max: 5' 'is a mapping, not a number'
yes 'path: 0.text, matches: "^Caf. opens[.]$|^Caf.. opens"'
no 'path: 0.metadata, matches: x' 'is a mapping, not a text'
yes 'path: 0.metadata.other, absent: true'
no 'path: 0.id, absent: true' 'is there'
no 'path: 7.id, absent: true' 'cannot be absent'
no 'path: 0.text.x, absent: true' 'cannot be absent'
check "a file that is not there" fails 'file: none.jsonl, lines: 0' 'none.jsonl is not in the run directory'
check "a file's name is one" refused 'file: ../a.jsonl, lines: 0' 'c.yaml:5:50: `file` is the name of a file'
check "a number that is none" refused "$line, min: x" '`min` takes a number, not `x`'
check "a path that cannot be" refused "$line, path: text, equals: 1" 'starts with the number of the line'

printf 'version: 1\ninput: {use: jsonl, with: {path: [a.jsonl]}}\noutput: [jsonl]\ntests:\n- {name: "#1 # TODO", input: 7, expect: [{file: documents.jsonl, lines: 2}]}\n' >c.yaml
check "an input that is a number" status 0 "$WINNOW" test c.yaml
check "a name that would be a directive of TAP" says out.txt 'ok 1 - \#1 \# TODO'
mkdir sub
printf 'tests:\n- {name: n, input: near.jsonl, expect: [{file: documents.jsonl, lines: 1}]}\n' >sub/tests.yaml
echo '{"text":"x"}' >sub/near.jsonl
printf 'version: 1\ninclude: [sub/tests.yaml]\ninput: {use: jsonl, with: {path: [a.jsonl]}}\noutput: [jsonl]\n' >c.yaml
check "inputs are relative to the file that names them" status 0 "$WINNOW" test c.yaml
printf 'version: 1\ninput: {use: jsonl, with: {path: [a.jsonl]}}\noutput: [jsonl]\n' >c.yaml
check "no tests" status 0 "$WINNOW" test c.yaml
check "are told" says out.txt '1..0 # SKIP'
broken() { status 78 "$WINNOW" test none.yaml && says out.txt 'Bail out!' && ! grep -q 'no tests' out.txt; }
check "a configuration that cannot be read is not one without tests" broken
no_folder() {
    TMPDIR=$here/none status 1 "$WINNOW" test c.yaml && says out.txt 'no work folder in' && says out.txt 'set TMPDIR'
}
printf 'tests:\n- {name: n, input: a.jsonl, expect: [{file: documents.jsonl, lines: 2}]}\n' >>c.yaml
check "no work folder" no_folder
finish
