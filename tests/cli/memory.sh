#!/bin/sh
# memory.sh: a hundred thousand documents, and a report of nothing but claims, in bounded memory: what does not fit goes to disk.
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

# 42,000 claims in 1 MB: the report takes what waits for it (32 MiB) and what it shows, not all it tells.
awk 'BEGIN {
    for (i = 0; i < 500; i++) {
        printf("{\"id\":\"d%d\",\"text\":\"", i);
        for (j = 0; j < 84; j++) printf("She declined to comment. ");
        print "\"}";
    }
}' >dense.jsonl
cat >report.yaml <<EOF
version: 1
input: {use: jsonl, with: {path: [dense.jsonl]}}
stages: [dates, claims]
output: [report]
EOF
mkdir tmp
TMPDIR=$PWD/tmp
export TMPDIR
check "a report of 42,000 claims" status 0 "$WINNOW" run report.yaml --jobs 1 --out dense
peak=$(sed -n 's/.*"peak_rss_bytes": \([0-9]*\).*/\1/p' dense/stats.json)
echo "# peak of the resident set: $((peak / 1000000)) MB; report.json $(($(wc -c <dense/report.json) / 1000000)) MB"
# Measured 20 MB; as a tree of all claims 307 MB.
check "stays below 100 MB" test "$peak" -lt 100000000
check "and leaves no file behind" test -z "$(ls tmp)"
cp dense/report.json dense/report.html .
check "with several workers" status 0 "$WINNOW" run report.yaml --jobs 3 --out dense3
check "the same report" cmp dense3/report.json report.json
check "the same page" cmp dense3/report.html report.html
# 400 amounts in one sentence: where spans lie thick, less of it is told around each. 440 KB; with all of it 1,150 KB.
awk 'BEGIN { printf("{\"id\":\"a\",\"text\":\""); for (i = 1; i < 400; i++) printf("%d dollars ", i); print "\"}" }' >amounts.jsonl
sed "s/dense/amounts/" report.yaml >amounts.yaml
check "a sentence of nothing but amounts" status 0 "$WINNOW" run amounts.yaml --jobs 1 --out amounts
check "makes no report of a thousand times its size" test "$(wc -c <amounts/report.json)" -lt 700000
TMPDIR=$PWD/absent
check "without room for what does not fit it fails" status 74 "$WINNOW" run report.yaml --jobs 1 --out none
check "and says where" says err.txt "temporary file"
check "and publishes no report" test ! -e none/report.json
finish
