#!/bin/sh
# scripts.sh: every shell script is POSIX: it parses in sh and dash, and has none of bash's own words.
cd "$srcdir" || exit 99
n=0 bad=0
scripts="autogen.sh .ci/run $(find configs core plugins tests -name '*.sh' | sort)"

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

for shell in sh dash; do
    if command -v $shell >/dev/null 2>&1; then
        report "$shell -n" "$(for script in $scripts; do $shell -n "$script" 2>&1; done)"
    else
        n=$((n + 1))
        echo "ok $n - $shell -n # SKIP no $shell"
    fi
done

report "the first line asks for /bin/sh" "$(for script in $scripts; do
    case $script in */lib.sh) continue ;; esac # read with "."
    head -n 1 "$script" | grep -qx '#!/bin/sh' || echo "$script"
done)"

# What dash parses and then does otherwise, or not at all.
bashisms='\[\[ |^ *function |\<(local|declare|typeset|let) |[<>]\(|&>|echo -[en]|\<pipefail\>|'
bashisms=$bashisms'^ *source |\$\{[A-Za-z_]+(/|:[0-9]|\^|,)|[a-z]=\(|(\[|test) [^]]* == |\<RANDOM\>|<<<'
report "no bashisms" "$(grep -nE "$bashisms" $scripts | grep -v '^tests/rules/scripts.sh:' | grep -vE ':[0-9]+: *#')"
echo "1..$n"
exit $bad
