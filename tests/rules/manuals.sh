#!/bin/sh
# manuals.sh: the man pages are clean, and winnow(1) knows every command, every file of a run and every exit status.
cd "$srcdir" || exit 99
n=0 bad=0
pages=core/cmd/man

report() { # NAME COMPLAINTS
    n=$((n + 1))
    if [ -z "$2" ]; then
        echo "ok $n - $1"
    else
        echo "not ok $n - $1"
        echo "$2" | sed 's/^/# /'
        bad=1
    fi
}

for page in "$pages"/*.[1-9]; do
    if command -v groff >/dev/null 2>&1; then
        report "groff has nothing to say about $page" "$(groff -man -ww -Tutf8 -Kutf8 -z "$page" 2>&1)"
    else
        n=$((n + 1))
        echo "ok $n - groff has nothing to say about $page # SKIP no groff (Debian: groff-base)"
    fi
done

# Entries: the bold words of the lines after .TP in COMMANDS.
section() { sed -n "/^\.SH \"*$1\"*\$/,/^\.SH /p" "$pages/winnow.1" | sed 's/\\-/-/g'; }
entries=$(section COMMANDS | awk '/^\.TP/ { getline; gsub(/^\.BR? |"|,/, ""); print }' | tr ' ' '\n' | sed '/^$/d')
commands=$("$WINNOW" help | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p')
report "winnow help lists commands" "$([ "$(echo "$commands" | wc -l)" -ge 5 ] || echo "only: $commands")"
report "every command of winnow help has its entry in winnow.1" \
    "$(for c in $commands; do echo "$entries" | grep -qx -e "$c" || echo "$c"; done)"
report "winnow.1 has no entry for a command that is none" \
    "$(for c in $entries; do echo "$commands" | grep -qx -e "$c" || echo "$c"; done)"
report "every exit status is in winnow.1" \
    "$(sed -n 's/^ *EXIT_[A-Z_]* = \([0-9]*\).*/\1/p' core/cmd/commands.h |
        while read -r status; do section 'EXIT STATUS' | grep -qw "$status" || echo "$status"; done)"
echo "1..$n"
exit $bad
