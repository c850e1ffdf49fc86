#!/bin/sh
# libfuzzer.sh: where clang is installed, the build of --enable-fuzzers links, from a copy of the sources: one of each
# kind (program, plugin, fuzz target). libfuzzer.sh --all (make check-fuzzers) builds all and runs every corpus.
skip() {
    echo "1..0 # SKIP $1"
    exit 0
}
command -v clang >/dev/null 2>&1 || skip 'no clang (Debian: clang libclang-rt-14-dev)'
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
echo 'int main(void) { return 0; }' > "$work/empty.c"
clang -fsanitize=address "$work/empty.c" -o "$work/empty" 2>/dev/null || skip 'clang has no sanitizers (Debian: libclang-rt-14-dev)'
n=0 bad=0

step() { # NAME COMMAND...
    name=$1 n=$((n + 1))
    shift
    if "$@" > "$work/log" 2>&1; then
        echo "ok $n - $name"
    else
        echo "not ok $n - $name"
        tail -n 30 "$work/log" | sed 's/^/# /'
        bad=1
    fi
}

# The jobs of the make that runs this test are its own.
unset MAKEFLAGS MFLAGS MAKELEVEL
src=$work/src
step 'a copy of the sources' make -C "$builddir" distdir distdir="$src"
cd "$src" || exit 99
step 'configure CC=clang --enable-fuzzers' ./configure --quiet CC=clang CFLAGS=-O0 --enable-fuzzers
if [ "${1-}" = --all ]; then
    step 'make' make -j 2
    step 'every target runs over its corpus' make -j 2 check TESTS=tests/fuzz/run.sh
else
    step 'a program, a plugin and a fuzz target link' make -j 2 winnow plugins/jsonl.la tests/fuzz/fuzz_expand
    step 'the target runs over its corpus' tests/fuzz/fuzz_expand -runs=0 tests/fuzz/corpus/expand
fi
echo "1..$n"
exit $bad
