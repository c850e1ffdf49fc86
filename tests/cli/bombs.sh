#!/bin/sh
# bombs.sh: a hostile megabyte costs memory, and rejects, in proportion: at most 64 MB more than an empty run.
. "$srcdir/tests/cli/lib.sh"

if ldd "$WINNOW" 2>/dev/null | grep -q 'lib[a-z]*san'; then
    echo "1..0 # SKIP sanitizers take memory of their own"
    exit 0
fi
if [ -z "$PYTHON3" ]; then
    echo "1..0 # SKIP no Python to make the files"
    exit 0
fi
"$PYTHON3" - <<'EOF'
import gzip, zlib
MEGABYTE = 1000000
def put(name, data):
    with open(name, 'wb') as f:
        f.write(data)
def packed(data):
    return gzip.compress(data, 9, mtime=0)
def fill(piece):
    return piece * (MEGABYTE // len(piece))
record = b'WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\nx\r\n\r\n'
put('empty.jsonl', b'{"text":"one"}\n')
put('zeros.txt.gz', packed(bytes(100 * MEGABYTE)))
put('zeros.jsonl.gz', packed(bytes(100 * MEGABYTE)))
put('fits.jsonl.gz', packed(b'{"text":"' + b'x' * 12500000 + b'"}\n'))
put('newlines.jsonl', fill(b'\n'))
put('newlines.jsonl.gz', packed(b'\n' * (20 * MEGABYTE)))
put('newlines.warc.gz', packed(b'\n' * (100 * MEGABYTE)))
put('newlines.txt', fill(b'\n'))
put('empty-members.jsonl.gz', fill(packed(b'')))
put('members.jsonl.gz', fill(packed(b'x')))
put('records.jsonl.gz', fill(packed(b'{}\n')))
put('magic.jsonl.gz', packed(b'x') + fill(b'\x1f\x8b\x08\x00'))
put('records.jsonl', fill(b'{}\n'))
put('records.warc', fill(record))
put('records.warc.gz', fill(packed(record)))
put('starts.warc', fill(b'WARC/1.0\r\n'))
put('giants.warc', fill(b'WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 9999999999\r\n\r\n'))
EOF

source_of() {
    case $1 in
    *.txt*) echo files ;;
    *.jsonl*) echo jsonl ;;
    *) echo warc ;;
    esac
}

peak() { # FILE: of a run over it, in bytes
    printf 'version: 1\ninput: {use: %s, with: {path: [%s]}}\nstages: []\noutput: [jsonl]\n' "$(source_of "$1")" "$1" >one.yaml
    rm -rf out
    status 0 "$WINNOW" run one.yaml --out out --jobs 2 --quiet || return 1
    sed -n 's/.*"peak_rss_bytes": \([0-9]*\).*/\1/p' out/stats.json
}

empty=$(peak empty.jsonl)
echo "# an empty run takes $((empty / 1000000)) MB"
cheap() { # FILE
    took=$(peak "$1") || return 1
    echo "# $1: $(((took - empty) / 1000000)) MB more"
    [ $((took - empty)) -le 64000000 ]
}
for f in zeros.* fits.* newlines.* empty-members.* members.* records.* magic.* starts.* giants.*; do
    check "memory: $f" cheap "$f"
done

rejects() { # FILE: its rejects hold what they reject, and some words each
    peak "$1" >/dev/null
    said=$(wc -c <out/rejects.jsonl) lines=$(wc -l <out/rejects.jsonl)
    [ "$lines" -gt 1000 ] && [ "$said" -le $((10 * 1000000 + 500 * lines)) ] && return 0
    echo "# $lines rejects of $said bytes"
    return 1
}
check "rejects of record starts" rejects starts.warc
finish
