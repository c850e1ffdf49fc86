#!/bin/sh
# sizes.sh: no file over 600 lines, no function over 80, glue files of plugins within 150.
cd "$srcdir" || exit 99
bad=0

report() { # number name list
    if [ -z "$3" ]; then
        echo "ok $1 - $2"
    else
        echo "not ok $1 - $2"
        echo "$3" | sed 's/^/# /'
        bad=1
    fi
}

files=$(find core plugins include tests -name '*.[ch]')
long=$(wc -l $files | awk '$1 > 600 && $2 != "total" { print $2 ": " $1 " lines" }')
report 1 "files have at most 600 lines" "$long"

# A function is what stands between a line "{" and a line "}" in the first column.
functions=$(awk 'FNR == 1 { start = 0 }
    /^\{/ { start = FNR }
    /^\}/ { if (start) print FNR - start - 1, FILENAME ":" start; start = 0 }' $files)
long=$(echo "$functions" | awk '$1 > 80 { print $2 ": " $1 " lines" }')
report 2 "functions have at most 80 lines" "$long"

median=$(echo "$functions" | sort -n | awk '{ n[NR] = $1 } END { print n[int((NR + 1) / 2)] }')
[ "$median" -le 15 ] && over= || over="the median is $median"
report 3 "the median function has at most 15 lines (it has $median)" "$over"

long=
for dir in plugins/*/; do
    glue=$dir$(basename "$dir").c
    [ -f "$glue" ] && [ "$(wc -l < "$glue")" -gt 150 ] && long="$long $glue: $(wc -l < "$glue") lines"
done
report 4 "glue files have at most 150 lines" "$long"

paths=$(grep -rnE '/(home|root|work)/' core plugins include configs tests --include='*.[ch]' --include='*.sh' --include='*.yaml' --include='*.py' | grep -v 'rules/sizes.sh' | head -n 5)
report 5 "no paths of one machine" "$paths"
casts=$(grep -rnE '\(void ?\*\*\) ?&' core plugins include --include='*.[ch]')
report 6 "no pointer variable is written as one of another type" "$casts"
echo "1..6"
exit $bad
