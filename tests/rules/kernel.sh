#!/bin/sh
# kernel.sh: the MinHash kernel in the plugin as built multiplies and takes minimums by vectors, whatever CFLAGS were.
if [ "$(uname -m)" != x86_64 ] || ! command -v objdump >/dev/null 2>&1; then
    echo "1..0 # SKIP not x86-64, or no objdump (Debian: binutils)"
    exit 0
fi
plugin=$builddir/plugins/.libs/dedup.so
n=0 bad=0

# has "FUNCTION ..." INSTRUCTION REGISTERS: the function, with what -O0 does not inline, has that instruction.
has() {
    n=$((n + 1))
    code=$(for f in $1; do objdump --disassemble="$f" --no-show-raw-insn "$plugin"; done)
    if echo "$code" | grep -qE "[[:space:]]$2[[:space:]].*%$3"; then
        echo "ok $n - $1 has $2 on $3"
    else
        echo "not ok $n - $1 has $2 on $3"
        bad=1
    fi
}

has 'sign_avx2 least8' vpmulld ymm
has 'sign_avx2 least8' vpminud ymm
has sign_vector 'v?pmul(udq|ld)' xmm
has sign_vector 'v?p(cmpgtd|minud|cmpn?l[te]ud)' xmm
echo "1..$n"
exit $bad
