#!/bin/sh
# judge.sh: winnow check-plugin, whatever the folder, its work folder and its options are called, and whatever goes wrong.
. "$srcdir/tests/cli/lib.sh"
ulimit -c 0

plugins=$builddir/tests/plugins/.libs
odd="it's \"a\" [b] {c}: \${HOME} #d \$e %s \303\251"
odd=$(printf '%b' "$odd" | tr -d '\001')
mkdir "$odd"
cp "$plugins/t_probe.so" "$odd/"
judges() { # ARGUMENTS...: all holds
    status 0 "$WINNOW" check-plugin "$@" && says out.txt '1..10' && ! grep -q '^not ok' out.txt
}
check "a folder with every sign there is" judges "$odd/t_probe.so"
work_there() { TMPDIR="$here/$odd" judges "$plugins/t_probe.so"; }
check "as the work folder too" work_there
bytes=$(printf 'caf\351')
mkdir "$bytes"
cp "$plugins/t_probe.so" "$bytes/"
check "a folder whose name is not UTF-8" judges "$bytes/t_probe.so"
check "values with quotes, colons, letters and signs" judges "$plugins/t_probe.so" --set "text=\"it's: {x} #1 \${HOME} $(printf '\303\251')\"" \
    --set 'list=[a, "b: c"]' --set real=0.25
check "an option that is not there" status 78 "$WINNOW" check-plugin "$plugins/t_probe.so" --set nope=1
check "is told once" says err.txt 'with.nope=1: plugin `t_probe` has no option `nope`'
check "a value that cannot be" status 78 "$WINNOW" check-plugin "$plugins/t_probe.so" --set whole=x
check "--set is for a source and a sink too" sh -c '"$0" check-plugin "$1/t_source.so" --set nope=1 2>&1 | grep -q "with.nope=1.*no option"
    "$0" check-plugin "$1/t_sink.so" --set nope=1 2>&1 | grep -q "with.nope=1.*no option"' "$WINNOW" "$plugins"

no_folder() { # TMPDIR WORDS
    TMPDIR=$1 status 74 "$WINNOW" check-plugin "$plugins/t_probe.so" && says err.txt "no work folder in" && says err.txt "$2"
}
check "no work folder" no_folder "$here/none" "set TMPDIR to a folder that can be written"
check "one whose documents would all be rejects" no_folder "$here/$bytes" "is not UTF-8"
check "no such file" status 1 "$WINNOW" check-plugin none.so
check "no file" status 2 "$WINNOW" check-plugin
check "no value" status 2 "$WINNOW" check-plugin "$plugins/t_probe.so" --set whole

fails() { # WORDS ARGUMENTS...: judged, and found wanting
    words=$1
    shift
    status 1 "$WINNOW" check-plugin "$@" && says out.txt "$words"
}
echo 'static void __attribute__((constructor)) f(void) { __builtin_trap(); }' >t.c
if $CC -shared -fPIC -o crash.so t.c 2>/dev/null; then
    check "a file that crashes when it is loaded" fails 'not ok 1 - loads' ./crash.so
fi
check "a stage that exits in its open" fails 'called exit()' "$plugins/t_hostile.so" --set at=open --set how=exit
check "is named" says out.txt 'open()'
cat >t.c <<'EOF_C'
#include <winnow/plugin.h>
static wn_status process(wn_stage *stage, wn_doc *doc, wn_error *err)
{
    (void)stage, (void)err;
    if (wn_text(doc).len > 0)
        ((char *)(uintptr_t)wn_text(doc).p)[0] = (char)0xff;
    return WN_OK;
}
static const wn_plugin plugin = {WN_PLUGIN_HEAD, .flags = WN_IDEMPOTENT, .name = "scribbler", .version = "1", .license = "MIT", .summary = "writes into texts", .process = process};
WN_PLUGIN_ENTRY(plugin)
EOF_C
if $CC -shared -fPIC -I"$srcdir/include" $JANSSON_CFLAGS -o scribbler.so t.c 2>/dev/null; then
    check "a stage that writes into the text" fails 'pass1 failed on document n0: the text was changed in place' ./scribbler.so
    check "of two passes the first is named" sh -c 'grep -A1 "second pass" out.txt | grep -q "pass1 failed"'
fi
mkdir work
# The signal comes as soon as the first trial begins: before the fork, or after it, or in the middle of it.
interrupted() {
    for i in 1 2 3 4 5 6 7 8; do
        : >out.txt
        TMPDIR=$here/work "$WINNOW" check-plugin "$plugins/t_hostile.so" --set at=open --set how=loop >out.txt 2>err.txt &
        pid=$!
        while kill -0 $pid 2>/dev/null && ! grep -q 'option table' out.txt; do :; done
        kill -TERM $pid
        wait $pid
        [ $? = 143 ] && says err.txt interrupted && [ -z "$(ls -A work)" ] || return 1
    done
}
if late_signals; then skip "an interruption ends it, and leaves nothing" ThreadSanitizer; else check "an interruption ends it, and leaves nothing" interrupted; fi
finish
