#!/bin/sh
# provenance.sh: `verify` proves good runs over every kind of input and catches what was changed since; `why` tells.
. "$srcdir/tests/cli/lib.sh"

if [ -z "$PYTHON3" ]; then
    skip "provenance" "no python3 to make the inputs"
    finish
fi
mkdir in
"$PYTHON3" - <<'EOF'
import gzip, json, os
os.chdir('in')
page = '<html><head><meta charset="windows-1252"></head><body><p>The caf\xe9 \x93Anker\x94 &amp; the quay were shut on 3 May 2024, the mayor said.</p></body></html>'
open('page.html', 'wb').write(page.encode('latin-1'))
open('plain.txt', 'w', encoding='utf-8').write('The mayor said on 3 May 2024 that “the quay is shut”.\n\nTwo boats sank.\n')
lines = [json.dumps({'id': 'j%d' % i, 'text': 'On 4 May 2024 "boat %d" sank\nnear Caf\xe9 \U0001f6a2, the harbour master said.' % i}) for i in range(40)]
data = ('\n'.join(lines) + '\n').encode()
open('lines.jsonl', 'wb').write(data)
open('cut.jsonl.gz', 'wb').write(b''.join(gzip.compress(data[i:i + 333], mtime=0) for i in range(0, len(data), 333)))
def chunked(b):
    return b''.join(b'%x\r\n%s\r\n' % (len(b[i:i + 31]), b[i:i + 31]) for i in range(0, len(b), 31)) + b'0\r\n\r\n'
out = b''
for i in range(24):
    body = ('<html><body><p>Bridge %d opens on 5 May 2024, the council said.</p></body></html>' % i).encode()
    head = b'HTTP/1.1 %s OK\r\nContent-Type: text/html; charset=utf-8\r\n' % (b'404' if i == 5 else b'200')
    if i % 2: head += b'Content-Encoding: gzip\r\n'; body = gzip.compress(body, mtime=0)
    if i % 3: head += b'Transfer-Encoding: chunked\r\n'; body = chunked(body)
    block = head + b'\r\n' + body
    record = b'WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:%d>\r\nWARC-Target-URI: http://a.example/%d\r\nWARC-Date: 2024-05-06T00:00:00Z\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n' % (i, i, len(block)) + block + b'\r\n\r\n'
    out += gzip.compress(record, mtime=0)
open('pages.warc.gz', 'wb').write(out)
EOF

config() { # SOURCE FILE
    printf 'version: 1\ninput: {use: %s, with: {path: [%s]}}\nstages: [clean, dates, claims]\noutput: [{use: jsonl, with: {map: true}}, report]\n' "$1" "$2"
}

wrongs() { # the last column of verify's table, summed
    awk '/^documents +[0-9]+ +[0-9]/ || /^report / { w += $NF; all += $2 } END { print w + 0, (all > 20 ? "many" : all + 0) }' out.txt
}

proves() { # SOURCE FILE
    config "$1" "$2" > c.yaml
    status 0 "$WINNOW" run c.yaml --out "run-$1" --quiet && status 0 "$WINNOW" verify "run-$1" --all &&
        [ "$(wrongs)" = "0 many" ] && return 0
    sed 's/^/# /' out.txt
    return 1
}

check "files of HTML and text are proved" proves files in
check "JSON lines in gzip members cut anywhere are proved" proves jsonl in/cut.jsonl.gz
check "chunked and packed pages of WARC members are proved" proves warc in/pages.warc.gz

edited_output() { # RUN FILE PYTHON-EXPRESSION on the bytes b: caught as wrong, not only as a changed output?
    cp -r "$1" tampered
    "$PYTHON3" -c "
import sys
p = 'tampered/$2'; b = open(p, 'rb').read(); c = $3
assert c != b; open(p, 'wb').write(c)"
    status 1 "$WINNOW" verify tampered && says out.txt "wrong: $2"
    result=$?
    rm -rf tampered
    return $result
}
check "a changed word in documents.jsonl is wrong" edited_output run-jsonl documents.jsonl "b.replace(b'harbour', b'airport', 1)"
check "an added word in documents.jsonl is wrong" edited_output run-jsonl documents.jsonl "b.replace(b'sank', b'sank never', 1)"
check "a moved range is wrong" edited_output run-jsonl documents.jsonl "__import__('re').sub(rb'\"raw\":\[\[(\d+),', lambda m: b'\"raw\":[[%d,' % (int(m.group(1)) + 1), b, count=1)"
check "a changed word in report.json is wrong" edited_output run-warc report.json "b.replace(b'council', b'harbour', 9)"
check "a changed locator is wrong" edited_output run-jsonl documents.jsonl "b.replace(b'\"offset\":', b'\"offset\":1', 3)"

changed_input() {
    cp in/page.html page.saved
    sed 's/quay/pier/' page.saved > in/page.html
    status 1 "$WINNOW" verify run-files && says out.txt "changed: in/page.html"
    result=$?
    rm in/page.html
    [ $result = 0 ] && status 1 "$WINNOW" verify run-files && says out.txt "gone: in/page.html"
    result=$?
    mv page.saved in/page.html
    return $result
}
check "a changed or missing input is named" changed_input
no_sum() {
    rm -rf unproved && cp -r run-files unproved
    "$PYTHON3" -c "import json; r = json.load(open('run-files/run.json')); r['inputs'][0]['sha256'] = None
json.dump(r, open('unproved/run.json', 'w'))"
    status 1 "$WINNOW" verify unproved && says out.txt "not proved: in/"
}
check "an input without a sum is not proved" no_sum
check "values made from the text are listed on demand" sh -c '"$0" verify run-files --edits >out.txt' "$WINNOW"
check "with the bytes they were read from" says out.txt \
    'edited: documents.jsonl: in/page.html: published at 0: " the quay were shut on 3 May 2024, the mayor said." was read as a value'
check "and not otherwise" sh -c '"$0" verify run-files | grep -q "^edited:" && exit 1 || exit 0' "$WINNOW"
half_pointer() { # an object with a start and no end points nowhere
    cp -r run-jsonl half
    "$PYTHON3" -c "
import json
r = json.load(open('half/report.json')); r['more'] = {'doc': 'j0', 'start': 5, 'raw': []}
json.dump(r, open('half/report.new', 'w'))"
    mv half/report.new half/report.json
    status 1 "$WINNOW" verify half && says out.txt "changed: half/report.json" && [ "$(wrongs)" = "0 many" ]
}
check "what has no end is no pointer" half_pointer
from_stdin() {
    config jsonl in >s.yaml
    "$WINNOW" run s.yaml - --out run-stdin --quiet <in/lines.jsonl && status 1 "$WINNOW" verify run-stdin &&
        says out.txt "wrong: documents.jsonl: j0: standard input cannot be read again"
}
check "what came from standard input is not proved" from_stdin
check "no run directory is an I/O error" status 74 "$WINNOW" verify nowhere

tells() { # WORDS ARGUMENTS...
    words=$1
    shift
    status 0 "$WINNOW" why "$@" && says out.txt "$words"
}
check "why: a file" tells "page.html: in the results" page.html --run run-files
check "why: what was removed" tells "raw bytes are not in the text" page.html --run run-files
check "why: a record by its id" tells "of the gzip member at byte" urn:x:4 --run run-warc
check "why: a reject, its rule and value" tells "HTTP status is not wanted [status = 404" urn:x:5 --run run-warc
# A reject of a sink, which stands in no list of stages.
echo BAD >bad.txt
printf 'version: 1\ninput: {use: files, with: {path: [bad.txt]}}\noutput: [jsonl, {use: t_hostile, id: evil, with: {at: render, how: complain}}]\n' >sink.yaml
check "a sink that rejects a document" status 0 env "WINNOW_PLUGIN_PATH=$builddir/tests/plugins:$WINNOW_PLUGIN_PATH" "$WINNOW" run sink.yaml --out run-sink
check "why: the sink that ended it" tells 'evil         failed: words\x1b' bad.txt --run run-sink
check "why: an unknown name" status 1 "$WINNOW" why nothing --run run-warc
check "why without a name is a usage error" status 2 "$WINNOW" why
finish
