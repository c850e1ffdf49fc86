#!/bin/sh
# run.sh: every fuzz target over its corpus, as one TAP test each; a target that was not built fails.
n=0 bad=0
for source in "$srcdir"/tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    n=$((n + 1))
    if out=$("$builddir/tests/fuzz/$name" -runs=0 "$srcdir/tests/fuzz/corpus/${name#fuzz_}" 2>&1); then
        echo "ok $n - $name: $(echo "$out" | sed -n 's/^ok 1 - //p; s/^Done \([0-9]*\) runs.*/\1 inputs/p')"
    else
        echo "not ok $n - $name"
        echo "$out" | tail -n 30 | sed 's/^/# /'
        bad=1
    fi
done
echo "1..$n"
exit $bad
