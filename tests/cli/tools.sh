#!/bin/sh
# tools.sh: every stock plugin passes check-plugin, every configuration its own tests, and the
# scaffold is what it says.
n=0 bad=0
work=$builddir/tests/cli/tools.tmp
rm -rf "$work"
mkdir -p "$work" || exit 99
trap 'rm -rf "$work"' EXIT

say() { # status name
    n=$((n + 1))
    if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' "$work/out"; bad=1; fi
}

for la in "$builddir"/plugins/*.la; do
    name=$(basename "$la" .la)
    "$WINNOW" check-plugin "$builddir/plugins/.libs/$name.so" > "$work/out" 2>&1
    say $? "check-plugin $name"
done

"$WINNOW" test "$srcdir/configs/news.yaml" > "$work/out" 2>&1
say $? "winnow test configs/news.yaml"
for config in "$srcdir"/configs/*.yaml; do
    "$WINNOW" run "$config" --out "$work/run-$(basename "$config" .yaml)" > "$work/out" 2>&1
    say $? "winnow run $(basename "$config")"
done

# A name that is not UTF-8 can be neither written as JSON nor proved: it is a reject, the run goes on.
mkdir "$work/names"
echo "The mayor said no." > "$work/names/ok.txt"
echo "The mayor said yes." > "$work/names/$(printf 'caf\351').txt"
printf 'version: 1\ninput: {use: files, with: {path: [names]}}\nstages: [clean, dedup]\noutput: [jsonl]\n' > "$work/names.yaml"
"$WINNOW" run "$work/names.yaml" --out "$work/run-names" > "$work/out" 2>&1 && [ "$(wc -l < "$work/run-names/documents.jsonl")" = 1 ] &&
    grep -q 'name is not UTF-8' "$work/run-names/rejects.jsonl"
say $? "a file name that is not UTF-8 is a reject"

# A test that does not hold must fail, and say what it found.
cat > "$work/wrong.yaml" <<YAML
version: 1
input: {use: files, with: {path: [a.txt]}}
output: [jsonl]
tests:
  - name: two lines
    input: [a.txt]
    expect: [{file: documents.jsonl, lines: 2}]
YAML
echo "One short line." > "$work/a.txt"
"$WINNOW" test "$work/wrong.yaml" > "$work/out" 2>&1
[ $? = 1 ] && grep -q 'has 1 lines, not 2' "$work/out"
say $? "a test that does not hold exits 1 and says why"

(cd "$work" && "$WINNOW" new-stage ebb) > "$work/out" 2>&1 && [ -f "$work/ebb/ebb.c" ] && [ -f "$work/ebb/Makefile" ]
say $? "new-stage writes a folder"
(cd "$work" && "$WINNOW" new-stage ebb) > "$work/out" 2>&1
[ $? = 74 ]
say $? "new-stage writes over nothing"
long=$(printf 'x%.0s' $(seq 5000))
(cd "$work" && "$WINNOW" new-stage ebb --in "$long") > "$work/out" 2>&1
[ $? -eq 74 ] && grep -q "File name too long" "$work/out"
say $? "new-stage says what is wrong with a path of 5,000 bytes"
mkdir "$work/waits" && mkfifo "$work/waits/fifo.so" 2> /dev/null
timeout -k 5 60 "$WINNOW" list --plugins "$work/waits" > "$work/out" 2>&1
[ $? -eq 1 ] && grep -q "fifo *cannot be used: .*is not a regular file" "$work/out"
say $? "a FIFO among the plugins is told, and not waited for"
echo "1..$n"
exit $bad
