#!/bin/sh
# callgrind.sh [--update]: instructions that each stage needs for 200 synthetic documents, against baseline.tsv.
# Counts do not drift with the machine's load, but with compiler, flags and libraries: the baseline names them.
# A stage that needs more than LIMIT percent (default 3) above its baseline fails.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
winnow=${WINNOW:-winnow}
limit=${LIMIT:-3}
baseline=$here/baseline.tsv
scratch=$(mktemp -d "${TMPDIR:-/tmp}/winnow-callgrind.XXXXXX")
trap 'rm -rf "$scratch"' EXIT INT TERM
command -v valgrind >/dev/null 2>&1 || { echo "callgrind.sh: valgrind is not installed" >&2; exit 77; }

python3 "$here/generate.py" 200 >"$scratch/documents.jsonl"
python3 "$here/generate.py" 40 --html "$scratch/pages"
unset LD_BIND_NOW

# The work is done in a child (core/guard): a file for each process, and their sum.
count() { # NAME CONFIG INPUT...
    name=$1 config=$2
    shift 2
    if valgrind --tool=callgrind --callgrind-out-file="$scratch/$name.out.%p" "$winnow" run "$here/configs/$config.yaml" "$@" \
        --out "$scratch/run-$name" --jobs 1 >"$scratch/$name.log" 2>&1; then
        printf '%s\t%s\n' "$name" "$(sed -n 's/^totals: //p' "$scratch/$name.out."* | awk '{ n += $1 } END { printf "%.0f", n }')"
    else
        echo "callgrind.sh: $name: $(grep '^winnow:' "$scratch/$name.log" | tail -n 1)" >&2
    fi
}

{
    for stage in none dedup dates claims align chain; do
        count "$stage" "$stage" "$scratch/documents.jsonl"
    done
    count pages clean "$scratch/pages"
} >"$scratch/now.tsv"

built=$(sed -n 's/^  \$ .*configure //p' "${builddir:-.}/config.log" 2>/dev/null | head -n 1)
header="# instructions; $("${CC:-cc}" --version | head -n 1); configure $built"
if [ "${1-}" = --update ]; then
    { printf '%s\n' "$header"; cat "$scratch/now.tsv"; } >"$baseline"
    cat "$baseline"
    exit 0
fi
[ -f "$baseline" ] || { echo "callgrind.sh: no baseline; make one with --update" >&2; exit 77; }
[ "$header" = "$(head -n 1 "$baseline")" ] || printf 'note: another build than the baseline\n  now:      %s\n  baseline: %s\n' "$header" "$(head -n 1 "$baseline")"
awk -F '\t' -v limit="$limit" '
    FNR == NR { if ($0 !~ /^#/) was[$1] = $2; next }
    !($1 in was) { printf "%-8s %15d  new\n", $1, $2; next }
    { change = 100 * ($2 - was[$1]) / was[$1]
      verdict = change > limit ? "SLOWER" : change < -limit ? "faster: update the baseline" : "ok"
      printf "%-8s %15d %+7.2f %%  %s\n", $1, $2, change, verdict
      if (change > limit) bad = 1 }
    END { exit bad }' "$baseline" "$scratch/now.tsv"
