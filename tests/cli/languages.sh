#!/bin/sh
# languages.sh: rule files of texts in a configuration: documents are cut by the rules of their language.
. "$srcdir/tests/cli/lib.sh"

cat >in.jsonl <<'EOF'
{"id": "a", "text": "Es kam Hr. Ott aus Kiel. Er sprach lange.", "metadata": {"language": "de"}}
{"id": "b", "text": "Es kam Hr. Ott aus Kiel. Er sprach lange.", "metadata": {"language": "en"}}
EOF
config() { # TEXT-SECTION
    printf 'version: 1\ninput: {use: jsonl, with: {path: [in.jsonl]}}\n%s\nstages: [dates]\noutput: [jsonl]\n' "$1" >c.yaml
}
run() { "$WINNOW" run c.yaml --out out --quiet >out.txt 2>err.txt; }
ends() { grep "\"id\": *\"$1\"" out/documents.jsonl | python3 -c 'import json, sys; print(len(json.loads(sys.stdin.readline())["spans"]["sentence"]))'; }
printf 'language de\ntitle Hr\n' >de.text

config ''
check "English alone" run
check "reads all" test "$(ends a) $(ends b)" = "3 3"
config 'text: {rules: [en.text, de.text]}'
check "German too" run
check "reads what is German" test "$(ends a) $(ends b)" = "2 3"
check "the record names both" sh -c 'grep -q "\"en.text\": {" out/run.json && grep -q "\"de.text\": {" out/run.json'
printf 'language de\n  titel Hr\n' >de.text
refused() { ! run; }
check "a word that cannot be" refused
check "has its place in both files" grep -q "c.yaml:3:25: .text.rules.: de.text:2:3: a file is of one language\|c.yaml:3:25: .text.rules.: de.text:2:3: a language is" err.txt
config 'text: {rules: [fr.text]}'
check "a file that is not there" refused
check "and what to do" grep -q "no data file fr.text (searched: .*); put it beside the configuration, or set WINNOW_DATA_PATH" err.txt
finish
