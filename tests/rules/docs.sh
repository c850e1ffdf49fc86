#!/bin/sh
# docs.sh: the option table in each plugin's README is the one its code prints. `docs.sh --update`
# writes them anew (from the build folder: srcdir=.. WINNOW=./winnow sh ../tests/rules/docs.sh --update).
cd "$srcdir" || exit 99
n=0 bad=0
for dir in plugins/*/; do
    name=$(basename "$dir")
    readme=$dir/README.md
    [ -f "$dir/$name.c" ] || continue
    n=$((n + 1))
    want=$("$WINNOW" inspect --markdown "$name")
    if [ "${1-}" = --update ]; then
        grep -q '<!-- options -->' "$readme" 2>/dev/null || printf '\n## Options\n\n<!-- options -->\n<!-- end of options -->\n' >> "$readme"
        WANT=$want awk '/<!-- options -->/ { print; print ENVIRON["WANT"]; skip = 1; next }
            /<!-- end of options -->/ { skip = 0 } !skip' "$readme" > "$readme.new" && mv "$readme.new" "$readme"
        continue
    fi
    have=$(sed -n '/<!-- options -->/,/<!-- end of options -->/p' "$readme" 2>/dev/null | sed '1d;$d')
    if [ -n "$have" ] && [ "$have" = "$want" ]; then
        echo "ok $n - the options in $readme are those of the code"
    else
        echo "not ok $n - the options in $readme are those of the code"
        echo "# run: sh tests/rules/docs.sh --update"
        bad=1
    fi
done
echo "1..$n"
exit $bad
