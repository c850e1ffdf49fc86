#!/bin/sh
# complexity.sh: no function of core and plugins has a cyclomatic complexity above 15 (pmccabe).
command -v pmccabe >/dev/null 2>&1 || { echo "1..0 # SKIP no pmccabe (Debian: pmccabe)"; exit 0; }
cd "$srcdir" || exit 99
above=$(find core plugins -name '*.c' | LC_ALL=C sort | xargs pmccabe 2>/dev/null |
    awk '$1 > 15 { print $1, $(NF - 1), $NF }')
echo 1..1
if [ -z "$above" ]; then echo "ok 1 - no function is above a complexity of 15"; else
    echo "not ok 1 - no function is above a complexity of 15"
    echo "$above" | sed 's/^/# /'
    exit 1
fi
