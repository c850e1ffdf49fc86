#!/bin/sh
# abi.sh: the ABI is frozen: exports of plugins, the header on its own, abidiff, the history rule.
n=0 bad=0
work=$builddir/tests/abi/work
mkdir -p "$work"
ok() { n=$((n + 1)); echo "ok $n - $1"; }
skip() { n=$((n + 1)); echo "ok $n - $1 # SKIP $2"; }
not_ok() { n=$((n + 1)); bad=1; echo "not ok $n - $1"; sed 's/^/# /' "$work/log"; }
try() { # NAME COMMAND...
    name=$1
    shift
    if "$@" >"$work/log" 2>&1; then ok "$name"; else not_ok "$name"; fi
}
has() { command -v "${1%% *}" >/dev/null 2>&1; }
header=$srcdir/include/winnow/plugin.h

exports() {
    status=0 seen=0
    for so in "$builddir"/plugins/.libs/*.so "$builddir"/tests/plugins/.libs/t_*.so; do
        [ -f "$so" ] || continue
        seen=$((seen + 1))
        names=$(nm -D --defined-only "$so" | awk '$2 != "w" && $2 != "W" { print $3 }' | tr '\n' ' ')
        case $so in */t_*) names=$(echo "$names" | tr ' ' '\n' | grep '^winnow') ;; esac
        [ "$(echo $names)" = winnow_plugin ] || { echo "$so exports: $names"; status=1; }
    done
    [ "$seen" -gt 3 ] || { echo "only $seen plugins seen"; status=1; }
    return $status
}
if has nm; then try "plugins export winnow_plugin and nothing else" exports; else skip exports "no nm"; fi

cat >"$work/alone.c" <<'C'
#include <winnow/plugin.h>
C
cp "$work/alone.c" "$work/alone.cc"
try "plugin.h compiles alone as C11" $CC -std=c11 -pedantic-errors -Wall -Wextra -Werror -I"$srcdir/include" \
    $JANSSON_CFLAGS -c "$work/alone.c" -o "$work/alone.o"
if has g++; then
    try "plugin.h compiles alone as C++17" g++ -std=c++17 -pedantic-errors -Wall -Wextra -Werror -I"$srcdir/include" \
        $JANSSON_CFLAGS -c "$work/alone.cc" -o "$work/alone.o"
else
    skip "plugin.h compiles alone as C++17" "no g++"
fi

# What abidw makes depends on the compiler: the baseline is compared as types, with what this one makes.
compare() {
    $CC -g -shared -fPIC -I"$srcdir/include" $JANSSON_CFLAGS "$srcdir/tests/abi/anchor.c" -o "$work/libanchor.so" &&
        abidiff --no-show-locs "$srcdir/tests/abi/baseline.abi" "$work/libanchor.so"
}
if has abidiff; then
    try "abidiff: no change since the baseline" compare
else
    skip "abidiff: no change since the baseline" "no abidiff (Debian: abigail-tools)"
fi

# The text of the header without comments and blanks, by its hash: a change needs a new minor version.
fingerprint() {
    awk '{ line = $0
           while (line != "") {
               if (inside) { i = index(line, "*/"); if (!i) break; line = substr(line, i + 2); inside = 0 }
               else { i = index(line, "/*"); if (!i) { printf "%s", line; break }
                      printf "%s", substr(line, 1, i - 1); line = substr(line, i + 2); inside = 1 } } }' "$header" |
        tr -d ' \t\n' | sha256sum | cut -d ' ' -f 1
}
history() {
    minor=$(sed -n 's/^#define WN_ABI_MINOR //p' "$header")
    now=$(fingerprint)
    want=$(awk -v v="1.$minor" '$1 == v { print $2 }' "$srcdir/tests/abi/history")
    [ "$now" = "$want" ] && return
    echo "plugin.h (without comments) is $now, tests/abi/history has '$want' for 1.$minor."
    echo "A change that plugins can see: raise WN_ABI_MINOR, write its line in the header's history, and"
    echo "add \"1.NEW $now\" here. A change that they cannot see: correct the line."
    return 1
}
if has sha256sum; then try "a change of plugin.h is in its history" history; else skip history "no sha256sum"; fi
noted() { sed -n '/ History:/,/\*\//p' "$header" | grep -q "^ \*   1\.$(sed -n 's/^#define WN_ABI_MINOR //p' "$header") "; }
try "the header tells the story of its version" noted

echo "1..$n"
exit $bad
