#!/bin/sh
# memory.sh: a hundred thousand documents in bounded memory: what does not fit goes to disk.
. "$srcdir/tests/cli/lib.sh"

if ldd "$WINNOW" 2>/dev/null | grep -q 'lib[a-z]*san'; then
    echo "1..0 # SKIP sanitizers take memory of their own"
    exit 0
fi
awk 'BEGIN {
    for (i = 0; i < 100000; i++) {
        printf("{\"id\":\"d%d\",\"text\":\"", i);
        for (j = 0; j < 40; j++) printf("w%d ", (i - (i % 10 == 9)) * 7919 % 99991 * (j + 3) % 20011);
        print "\"}";
    }
}' >docs.jsonl
cat >all.yaml <<EOF
version: 1
input: {use: jsonl, with: {path: [docs.jsonl]}}
stages: [dedup]
output: [jsonl]
EOF
check "100,000 documents with --max-memory 16MiB" \
    status 0 "$WINNOW" run all.yaml --max-memory 16MiB --jobs 4 --out little
little=$(sed -n 's/^digest //p' out.txt)
peak=$(sed -n 's/.*"peak_rss_bytes": \([0-9]*\).*/\1/p' little/stats.json)
echo "# peak of the resident set: $((peak / 1000000)) MB, mapped files included; input $(($(wc -c <docs.jsonl) / 1000000)) MB"
# Measured 168 to 200 MB: how many pages of mapped work files are resident is the kernel's choice. With all the memory it
# likes the same run takes 331 MB.
check "stay below 256 MB" test "$peak" -lt 256000000
check "with all the memory it likes" status 0 "$WINNOW" run all.yaml --max-memory 4GiB --out much
check "the results are the same" test "$(sed -n 's/^digest //p' out.txt)" = "$little"
finish
