#!/bin/sh
# terminal.sh: names of files, ids, texts and messages of stages that hold escape sequences, newlines, C1 controls,
# bidirectional overrides and bytes that are not UTF-8: no command hands them to the terminal.
. "$srcdir/tests/cli/lib.sh"
WINNOW_PLUGIN_PATH=$builddir/tests/plugins:$WINNOW_PLUGIN_PATH
export WINNOW_PLUGIN_PATH
ulimit -c 0
LC_ALL=C
export LC_ALL

steers=$(printf '\302[\200-\237]|\342\200[\252-\256]|\342\201[\246-\251]')
evil=$(printf 'e\033[31m\302\233\342\200\256v\ni\177l')
# quiet STATUS COMMAND...: it ends so, and its output holds what is shown as \x1b and \u{202e}, and nothing that steers.
quiet() {
    want_status=$1
    shift
    "$@" >out.txt 2>err.txt </dev/null
    got_status=$?
    cat out.txt err.txt | sed 's/\\\\/\\/g' >all.txt # TAP doubles what is shown
    controls=$(tr -d '\n\040-\176\200-\377' <all.txt | wc -c)
    if [ $got_status -ne "$want_status" ] || [ "$controls" -ne 0 ] || grep -qE "$steers" all.txt || ! grep -qF '\x1b[31m\u{009b}\u{202e}v\ni\x7fl' all.txt; then
        echo "# status $got_status, want $want_status; $controls control characters in:"
        cat -v all.txt | sed 's/^/# /' | head -n 30
        return 1
    fi
}

id='e\u001b[31m\u009b\u202ev\ni\u007fl'
printf '{"id":"%s","text":"The mayor said no.","title":"%s","metadata":{"publisher":"%s"}}\n' "$id" "$id" "$id" >"$evil.jsonl"
cat >"$evil.yaml" <<'Y'
version: 1
input: {use: jsonl, with: {path: ["e*.jsonl"]}}
stages: [clean]
output: [jsonl, report]
tests:
  - name: "e\e[31m\u009b\u202ev\ni\x7fl"
    input: ["e\e[31m\u009b\u202ev\ni\x7fl.jsonl"]
    expect: [{file: documents.jsonl, path: 0.id, equals: "e\e[31m\u009b\u202ev\ni\x7fl"}]
Y
check "help on it" quiet 2 "$WINNOW" "$evil"
check "usage" quiet 2 "$WINNOW" list "$evil"
check "run" quiet 0 "$WINNOW" run "$evil.yaml" --out "$evil"
check "run --dry-run" quiet 0 "$WINNOW" run "$evil.yaml" --out "$evil" --dry-run
check "run over nothing" quiet 78 "$WINNOW" run "$evil.yaml" "$evil.none"
check "validate" quiet 0 "$WINNOW" validate "$evil.yaml"
printf 'version: 1\n"%s": 1\n' 'e\e[31m\u009b\u202ev\ni\x7fl' >key.yaml
check "validate a key" quiet 78 "$WINNOW" validate key.yaml
check "plan" quiet 0 "$WINNOW" plan "$evil.yaml" "$evil.jsonl"
check "test" quiet 0 "$WINNOW" test "$evil.yaml"
check "why nobody" quiet 1 "$WINNOW" why "$evil.none" --run "$evil"
check "verify nothing" quiet 74 "$WINNOW" verify "$evil.none"
cp "$evil.jsonl" kept
echo >>"$evil.jsonl"
check "verify a changed input" quiet 1 "$WINNOW" verify "$evil"
cp kept "$evil.jsonl"
sed 's/"raw":\[\[/"raw":[[9/' "$evil/documents.jsonl" >changed
rm "$evil/documents.jsonl"
cp changed "$evil/documents.jsonl"
check "verify what is wrong" quiet 1 "$WINNOW" verify "$evil"
sed -i 's/equals: "e/equals: "x/' "$evil.yaml"
check "test that fails" quiet 1 "$WINNOW" test "$evil.yaml"
check "inspect" quiet 78 "$WINNOW" inspect "$evil.so"
check "check-plugin" quiet 1 "$WINNOW" check-plugin "$evil.so"
check "new-stage" quiet 74 "$WINNOW" new-stage ebb --in "$evil.none"
mkdir "$evil.d"
cp "$builddir/tests/plugins/.libs/bad_major.so" "$evil.d/"
check "inspect what cannot be used" quiet 78 "$WINNOW" inspect "$evil.d/bad_major.so"
check "list" quiet 1 "$WINNOW" list --plugins "$evil.d"

# What stages say, and how they end.
stage() { # CALLBACK DEED ON_ERROR
    printf 'version: 1\ninput: {use: files, with: {path: ["e*.txt"]}}\nstages: [{use: t_hostile, on_error: %s, with: {at: %s, how: %s}}]\noutput: [jsonl]\nlimits: {max_document_seconds: 0.05}\n' "$3" "$1" "$2" >stage.yaml
}
echo BAD >"$evil.txt"
says_words() { # STATUS: what the stage says is one line
    "$WINNOW" run stage.yaml --out staged >out.txt 2>err.txt
    [ $? -eq "$1" ] && [ "$(wc -l <err.txt)" -eq 1 ] && says err.txt 'words\x1b[2J\nwinnow: of another \u{009b}\u{202e}\xff'
}
stage open log reject
check "a log line" says_words 0
stage process complain fail
check "an error of a stage" says_words 65
check "its document" quiet 65 "$WINNOW" run stage.yaml --out staged
stage process segv fail
check "a crash" quiet 70 "$WINNOW" run stage.yaml --out staged
stage process loop fail
check "the watchdog" quiet 70 "$WINNOW" run stage.yaml --out staged
finish
