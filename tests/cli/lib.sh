# lib.sh: what the shell tests share. To be read with `.`; then the test is in a folder of its own.
# check WHAT COMMAND...: one TAP line; skip WHAT WHY; finish: the plan.
set -u
n=0
bad=0
here=$builddir/tests/cli/$(basename "$0" .sh).tmp
rm -rf "$here"
mkdir -p "$here"
cd "$here" || exit 99

check() {
    what=$1
    shift
    n=$((n + 1))
    if "$@"; then
        echo "ok $n - $what"
    else
        bad=$((bad + 1))
        echo "not ok $n - $what"
    fi
}

skip() {
    n=$((n + 1))
    echo "ok $n - $1 # SKIP $2"
}

# Built with which sanitizers? ThreadSanitizer hands a signal on when the call it came in is done: not what is tested.
sanitizers() { sed -n 's/^SAN_CFLAGS = .*-fsanitize=\([^ ]*\).*/\1/p' "$builddir/Makefile" 2>/dev/null; }
sanitized() { [ -n "$(sanitizers)" ]; }
late_signals() { [ "$(sanitizers)" = thread ]; }

# status STATUS COMMAND...: does it end with that status? Its output goes to out.txt and err.txt.
status() {
    want_status=$1
    shift
    "$@" >out.txt 2>err.txt </dev/null
    got_status=$?
    [ "$got_status" = "$want_status" ] && return 0
    echo "# status $got_status, want $want_status: $*"
    sed 's/^/# /' err.txt
    return 1
}

says() { # FILE WORDS
    grep -qF -- "$2" "$1" && return 0
    echo "# $1 lacks: $2"
    sed 's/^/# /' "$1"
    return 1
}

finish() {
    echo "1..$n"
    cd "$builddir" || exit 99
    [ $bad = 0 ] && rm -rf "$here"
    exit $bad
}
