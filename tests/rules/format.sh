#!/bin/sh
# format.sh: the C is as clang-format with the tree's .clang-format has it, and no line of it, comments too, is wider than 100
# columns. What is laid out by hand (a table in columns) stands between clang-format off and on.
export LC_ALL=C.UTF-8
cd "$srcdir" || exit 99
files=$(find core plugins include tests -name '*.[ch]' | grep -v -e '\.tmp/' -e '^tests/.*/work' | sort)
wide=$(echo "$files" | xargs grep -HnE '^.{101,}')
seen=$(echo "$files" | wc -l)
status=0
echo 1..3
if [ -z "$wide" ]; then echo "ok 1 - no line is wider than 100 columns"; else
    echo "not ok 1 - no line is wider than 100 columns"
    echo "$wide" | sed 's/^/# /'
    status=1
fi
if [ "$seen" -gt 300 ]; then echo "ok 2 - the files are seen"; else
    echo "not ok 2 - the files are seen: $seen"
    status=1
fi
# Another version lays out some things otherwise.
clang_format=
for name in clang-format-14 clang-format; do
    if $name --version 2>/dev/null | grep -q 'version 14\.'; then clang_format=$name; break; fi
done
if [ -z "$clang_format" ]; then
    echo "ok 3 - laid out by clang-format # SKIP no clang-format 14 (Debian: clang-format)"
    exit $status
fi
wrong=$(for file in $files; do $clang_format "$file" | cmp -s - "$file" || echo "$file: run $clang_format -i $file"; done)
if [ -z "$wrong" ]; then echo "ok 3 - laid out by clang-format"; else
    echo "not ok 3 - laid out by clang-format"
    echo "$wrong" | sed 's/^/# /'
    status=1
fi
exit $status
