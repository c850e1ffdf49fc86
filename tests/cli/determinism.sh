#!/bin/sh
# determinism.sh: the digest of a run does not depend on the number of workers, the order of the inputs,
# memory, locale, time zone, or on which copy of the run it is.
. "$srcdir/tests/cli/lib.sh"

# Sixty articles that share events, numbers and sentences; every seventh is a near copy.
mkdir in
awk 'BEGIN {
    split("The harbour bridge will be repaired|Council members agreed on a budget of $4.2 million|“We did not expect this,” said Mayor Ana Petrov|The ferry sank on 14 March 2024|Three people were hurt, police said|Officials declined to comment|The vote is due next Tuesday|Residents said the noise had grown since May 31|Repairs took from June 4 to June 9|“It was over in minutes,” the captain told reporters", s, "|");
    for (i = 0; i < 60; i++) {
        f = sprintf("in/%02d.%s", i, i % 5 == 0 ? "html" : "txt");
        k = i % 7 == 3 ? i - 1 : i;
        t = "";
        for (j = 0; j < 30; j++) t = t s[(k * 7 + j * (k % 9 + 1)) % 10 + 1] " in district " (k * 31 + j * 17) % 40 ".\n\n";
        if (i % 7 == 3) t = t "A last line of its own, number " i ".\n";
        if (i % 5 == 0) print "<html><head><title>Story " k "</title></head><body><p>" t "</p></body></html>" > f;
        else print "Story " k "\n\n" t > f;
        close(f);
    }
    for (i = 0; i < 3000; i++)
        printf("{\"id\":\"d%d\",\"text\":\"%s %d. %s, word%d word%d word%d. %s.\"}\n", i, s[i % 10 + 1], i % 900, s[i * 7 % 10 + 1], i % 900, i * 3 % 900, i * 7 % 900, s[i * 3 % 9 + 1]) > "docs.jsonl";
}'

# All stages that this build has, in their usual order.
have=$("$WINNOW" list | awk '{print $1}')
stages=
for s in clean dedup dates claims align; do
    case " $(echo $have) " in *" $s "*) stages="$stages$s, " ;; esac
done
outputs=jsonl
case " $(echo $have) " in *" report "*) outputs="jsonl, report" ;; esac
for source in files jsonl; do
    cat >$source.yaml <<EOF
version: 1
input: {use: $source, with: {path: [none]}}
stages: [${stages%, }]
output: [$outputs]
EOF
done

digest() { # NAME ARGUMENTS...
    name=$1
    shift
    "$WINNOW" run "$@" --out "$name" >"$name.log" 2>&1 || { sed 's/^/# /' "$name.log"; echo failed; return; }
    sed -n 's/^digest //p' "$name.log"
}

want=$(digest one files.yaml in --jobs 1)
is_hex() { case $1 in *[!0-9a-f]* | '') return 1 ;; esac; [ ${#1} = 64 ]; }
check "a digest is printed" is_hex "$want"
for jobs in 2 7; do
    check "$jobs workers" test "$(digest jobs$jobs files.yaml in --jobs $jobs)" = "$want"
done
shuffled=$(ls in | awk '{print (NR * 37) % 61, "in/" $0}' | sort -n | awk '{print $2}')
check "inputs in another order" test "$(digest order files.yaml $shuffled)" = "$want"
check "the same input named twice" test "$(digest twice files.yaml in in/01.txt)" = "$want"
check "again into the same directory" test "$(digest one files.yaml in --jobs 3)" = "$want"
for locale in C C.UTF-8 tr_TR.UTF-8; do
    if [ $locale != tr_TR.UTF-8 ] || locale -a 2>/dev/null | grep -qi '^tr_TR.utf'; then
        check "LC_ALL=$locale" test "$(LC_ALL=$locale digest "loc$locale" files.yaml in)" = "$want"
    else
        skip "LC_ALL=$locale" "no such locale here"
    fi
done
for zone in UTC Pacific/Kiritimati America/St_Johns; do
    check "TZ=$zone" test "$(TZ=$zone digest tz files.yaml in --jobs 4)" = "$want"
done

want=$(digest lines jsonl.yaml docs.jsonl --jobs 1)
check "JSON lines: a digest" is_hex "$want"
check "JSON lines: 7 workers, little memory, so that records are spilled" \
    test "$(digest little jsonl.yaml docs.jsonl --jobs 7 --max-memory 1KiB)" = "$want"
check "JSON lines: cut into many units" \
    test "$(digest units jsonl.yaml docs.jsonl --jobs 3 --set limits.split_size=64KiB)" = "$want"
check "JSON lines: results are the same files" cmp -s lines/documents.jsonl units/documents.jsonl
finish
