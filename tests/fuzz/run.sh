#!/bin/sh
# run.sh: every built fuzz target over its corpus, as one TAP test each.
n=0 bad=0
for target in "$builddir"/tests/fuzz/fuzz_*; do
    case $target in *.o | *.lo | *.la | *.c | *.log | *.trs) continue ;; esac
    [ -x "$target" ] && [ -f "$target" ] || continue
    name=$(basename "$target")
    n=$((n + 1))
    if out=$("$target" "$srcdir/tests/fuzz/corpus/${name#fuzz_}" 2>&1); then
        echo "ok $n - $name: $(echo "$out" | sed -n 's/^ok 1 - //p')"
    else
        echo "not ok $n - $name"
        echo "$out" | tail -n 30 | sed 's/^/# /'
        bad=1
    fi
done
[ "$n" -gt 0 ] || { echo "not ok 1 - no fuzz targets built"; n=1; }
echo "1..$n"
exit $bad
