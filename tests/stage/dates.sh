#!/bin/sh
# dates.sh: the dates stage through the machine: spans, parts, document date, options, refusals.
n=0 bad=0
work=$builddir/tests/stage/work-dates
rm -rf "$work"
mkdir -p "$work/in"
printf 'OSLO, March 12, 2021 (Agency) - The mayor said on Monday that the fair runs from May 31 to June 4.\n' > "$work/in/a.txt"
printf 'The mayor said on Monday that the mill was shut in June 2019.\n' > "$work/in/b.txt"
printf '@language xx\n@rule x may -> DAET m=5 mm=6\n' > "$work/bad.dates"
config() { # OPTIONS: a pipeline with the stage alone
    printf 'version: 1\ninput: {use: files, with: {path: ["in/*.txt"]}}\nstages:\n  - use: dates\n    with: {%s}\noutput: [jsonl]\n' "$1" > "$work/p.yaml"
    rm -rf "$work/out"
    "$WINNOW" run "$work/p.yaml" --out "$work/out" > "$work/log" 2>&1
}
expect() { # NAME FILE PATTERN
    n=$((n + 1))
    if grep -q -e "$3" "$2" 2>/dev/null; then
        echo "ok $n - $1"
    else
        bad=1
        echo "not ok $n - $1"
        cat "$work/log" "$2" 2>/dev/null | cut -c1-400 | sed 's/^/# /'
    fi
}
config ''
documents=$work/out/documents.jsonl
expect "the dateline dates the document" "$documents" '"value":"2021-03-12","status":"resolved","from":"header"\|"value":"2021-03-12","status":"resolved","from":"dateline"'
expect "weekday against it" "$documents" '"value":"2021-03-08"'
expect "a range is one span" "$documents" '"value":"2021-05-31/2021-06-04"'
expect "sentences are added" "$documents" '"sentence":'
expect "no date: open, with a bound" "$documents" '"status":"open","reason":"[^"]*","not_before":"2019-06-01"'
expect "no date: the weekday stays open" "$documents" '"value":"XXXX-WXX-1","status":"open","reason":"no document date"'
config 'language: de'
expect "a language without rules is not attempted" "$documents" 'not attempted'
config 'document_date: none'
expect "document_date: none" "$documents" '"document_date":{"status":"open","reason":"[^"]*","not_before":"2021-03-12"'
config 'rules: [bad.dates]'
expect "a bad rule file is refused with its place" "$work/log" 'bad.dates:2:25'
echo "1..$n"
exit $bad
