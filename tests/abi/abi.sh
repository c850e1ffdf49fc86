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
header=$srcdir/include/winnow/host.h
headers=
for name in plugin docpulse host option pulse status text; do headers="$headers $srcdir/include/winnow/$name.h"; done

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

compile() { # COMPILER STANDARD FILE
    "$1" "-std=$2" -pedantic-errors -Wall -Wextra -Werror -I"$srcdir/include" $JANSSON_CFLAGS -c "$3" -o "$work/alone.o"
}

# An option macro compiles only where the member has the type that it fills.
typed() { # COMPILER STANDARD SUFFIX
    for line in 'bool BOOL "true"' 'int64_t INT "1",0,9' 'int64_t SIZE "1",0,9' 'double REAL "1",0,9' 'cstr STRING "a"' 'cstr ENUM "a","a|b"' 'wn_list LIST "a"'; do
        set -- "$1" "$2" "$3" $line
        for type in bool int int64_t unsigned float double cstr wn_list; do
            printf '#include <winnow/plugin.h>\ntypedef const char *cstr;\ntypedef struct { %s m; } s;\nextern const wn_option o[];\nconst wn_option o[] = {WN_OPT_%s(s, m, %s, "x"), WN_OPT_END};\n' "$type" "$5" "$6" >"$work/typed.$3"
            if compile "$1" "$2" "$work/typed.$3" >"$work/typed.log" 2>&1; then compiles=yes; else compiles=no; fi
            if [ "$type" = "$4" ]; then wanted=yes; else wanted=no; fi
            [ $compiles = $wanted ] || { echo "WN_OPT_$5 with a member of type $type: compiles: $compiles"; cat "$work/typed.log"; return 1; }
        done
        set -- "$1" "$2" "$3"
    done
}
try "option macros check the type of the member" typed "$CC" c11 c
if has g++; then try "in C++ too" typed g++ c++11 cc; else skip "in C++ too" "no g++ (Debian: g++)"; fi

if has g++; then try "in C++20 too" typed g++ c++20 cc; else skip "in C++20 too" "no g++ (Debian: g++)"; fi
if has clang; then try "by clang too" typed clang c11 c; else skip "by clang too" "no clang"; fi
short_enums() {
    ! $CC -std=c11 -fshort-enums -I"$srcdir/include" $JANSSON_CFLAGS -c "$work/alone.c" -o "$work/alone.o" 2>"$work/short" &&
        grep 'without -fshort-enums' "$work/short"
}
try "enums of another size are refused by the compiler" short_enums

# Plugins of other headers and languages, loaded by this winnow.
build_plugin() { # NAME COMPILER STANDARD FILE
    rm -rf "$work/$1" && mkdir -p "$work/$1" &&
        "$2" "-std=$3" -pedantic-errors -Wall -Wextra -Werror -shared -fPIC -I"$srcdir/include" $JANSSON_CFLAGS "$4" -o "$work/$1/$1.so"
}
loads() { "$WINNOW" inspect "$1" --plugins "$work/$1"; }
cxx_runs() { # NAME STANDARD
    sed "s/NAME/\"$1\"/" "$srcdir/tests/abi/plugin.cc" >"$work/$1.cc" && build_plugin "$1" g++ "$2" "$work/$1.cc" && loads "$1" || return 1
    printf 'It rained.\n' >"$work/in.txt"
    printf 'version: 1\nplugins: [%s]\ninput: {use: files, with: {path: [in.txt]}}\nstages: [{use: %s, with: {most: 100}}]\noutput: [jsonl]\n' "$1" "$1" >"$work/$1.yaml"
    "$WINNOW" run "$work/$1.yaml" --out "$work/$1-out" && grep -q '"cxx_tokens":103' "$work/$1-out/documents.jsonl"
}
if has g++; then
    try "a plugin of C++11 runs" cxx_runs cxx11 c++11
    try "a plugin of C++20 runs" cxx_runs cxx20 c++20
else
    skip "a plugin of C++11 runs" "no g++ (Debian: g++)"
    skip "a plugin of C++20 runs" "no g++ (Debian: g++)"
fi
cat >"$work/minor.c" <<'C'
#include <winnow/plugin.h>
static wn_status process(wn_stage *stage, wn_doc *doc, wn_error *err) { (void)stage, (void)doc, (void)err; return WN_OK; }
static const wn_plugin plugin = {WN_PLUGIN_HEAD, .name = NAME, .version = "1", .license = "MIT", .summary = "s", .process = process};
WN_PLUGIN_ENTRY(plugin)
C
minor() { # NAME WANTED HEADER: built with a header of that minor
    mkdir -p "$work/include-$3/winnow" && cp $headers "$work/include-$3/winnow/" &&
        sed "s/^#define WN_ABI_MINOR .*/#define WN_ABI_MINOR $3/; s|^    /\* 1.0 ends here \*/|    void *later;|" "$header" >"$work/include-$3/winnow/host.h" &&
        sed "s|^    /\* 1.0 ends here \*/|    void *later;|" "$srcdir/include/winnow/plugin.h" >"$work/include-$3/winnow/plugin.h" &&
        { echo "#define WN_ABI_WANT_MINOR $2"; sed "s/NAME/\"$1\"/" "$work/minor.c"; } >"$work/$1.c" &&
        rm -rf "$work/$1" && mkdir -p "$work/$1" &&
        $CC -std=c11 -shared -fPIC -I"$work/include-$3" $JANSSON_CFLAGS "$work/$1.c" -o "$work/$1/$1.so"
}
older() { minor older 0 9 && loads older; }
newer() { minor newer 9 9 && ! loads newer >"$work/said" 2>&1 && grep "ABI 1.9, this winnow has 1.0: use a newer winnow" "$work/said"; }
unknown() { ! minor unknown 9 0; }
try "a plugin that a later header built for an old minor loads" older
try "one for a newer minor is refused, and says so" newer
try "a minor that the header has not is refused by the compiler" unknown

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
                      printf "%s", substr(line, 1, i - 1); line = substr(line, i + 2); inside = 1 } } }' $headers |
        tr -d ' \t\n' | sha256sum | cut -d ' ' -f 1
}
history() {
    minor=$(sed -n 's/^#define WN_ABI_MINOR //p' "$header")
    now=$(fingerprint)
    want=$(awk -v v="1.$minor" '$1 == v { print $2 }' "$srcdir/tests/abi/history")
    [ "$now" = "$want" ] && return
    echo "the headers (without comments) are $now, tests/abi/history has '$want' for 1.$minor."
    echo "A change that plugins can see: raise WN_ABI_MINOR, write its line in the header's history, and"
    echo "add \"1.NEW $now\" here. A change that they cannot see: correct the line."
    return 1
}
if has sha256sum; then try "a change of the headers is in their history" history; else skip history "no sha256sum"; fi
noted() { sed -n '/ History:/,/\*\//p' "$header" | grep -q "^ \*   1\.$(sed -n 's/^#define WN_ABI_MINOR //p' "$header") "; }
try "the header tells the story of its version" noted

rm -rf "$work"/include-*
echo "1..$n"
exit $bad
