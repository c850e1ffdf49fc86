#!/bin/sh
# inputs.sh: inputs that cannot be read, and inputs that change, vanish or get shorter while they are read: each costs that
# input only and is told; with `on_error: fail` it ends the run.
. "$srcdir/tests/cli/lib.sh"

if ldd "$WINNOW" 2>/dev/null | grep -q 'lib[a-z]*san'; then
    echo "1..0 # SKIP sanitizers want to be preloaded first"
    exit 0
fi
late=$builddir/tests/cli/.libs/late.so

config() { # NAME SOURCE ON_ERROR
    cat >"$1.yaml" <<EOF
version: 1
input: {use: $2, with: {path: [in]}, on_error: $3}
stages: []
output: [jsonl]
EOF
}
config files files reject
config files-fail files fail
config jsonl jsonl reject
config jsonl-fail jsonl fail

# a and c stay as they are; b is the one that something happens to.
fresh() { # SUFFIX
    chmod -R u+rwx in 2>/dev/null
    rm -rf in out
    mkdir in
    case $1 in
    txt) for i in a b c; do echo "Text $i, which is its own." >in/$i.txt; done ;;
    jsonl)
        for i in a c; do echo "{\"id\":\"$i\",\"text\":\"of $i\"}" >in/$i.jsonl; done
        awk 'BEGIN { for (i = 0; i < 20000; i++) printf("{\"id\":\"b%d\",\"text\":\"document %06d of the middle file\"}\n", i, i) }' >in/b.jsonl ;;
    gz) fresh jsonl && gzip -n in/b.jsonl ;;
    esac
}

run() { # CONFIG
    LATE=$order LD_PRELOAD=${order:+$late} timeout -k 5 60 "$WINNOW" run "$1.yaml" --out out --jobs 2 >out.txt 2>err.txt </dev/null
}

ended() { # STATUS WANTED
    [ "$1" = "$2" ] && return 0
    echo "# status $1, want $2"
    sed 's/^/# /' err.txt
    return 1
}

others() { # are the documents of a and c there, and is nothing said of them?
    grep -q '"path":"in/a\.' out/documents.jsonl && grep -q '"path":"in/c\.' out/documents.jsonl &&
        ! grep -qE 'in/(a|c)\.' out/rejects.jsonl && return 0
    echo "# a or c is missing"
    return 1
}

no_null() { # all inputs that are named have a sum
    ! grep -q '"sha256": null' out/run.json && return 0
    echo "# an input without a sum"
    return 1
}

# rejected SUFFIX WORDS STATUS: one reject names b with these words; with on_error: fail the run ends with them and STATUS.
rejected() {
    kind=$1
    [ "$kind" = txt ] && source=files || source=jsonl
    fresh "$kind" && eval "$before"
    run $source
    ended $? 0 && others && no_null || return 1
    [ "$(grep -c "in/b[^\"]*\",.*$2" out/rejects.jsonl)" = 1 ] ||
        { echo "# not one reject that says: $2"; sed 's/^/# /' out/rejects.jsonl err.txt | cut -c1-300; return 1; }
    fresh "$kind" && eval "$before"
    run $source-fail
    ended $? "$3" && grep -q "$2" err.txt && [ ! -e out/run.json ]
}

# told SUFFIX: b changed, which is said, counted and noted; with on_error: fail it ends the run.
told() {
    kind=$1
    [ "$kind" = txt ] && source=files || source=jsonl
    fresh "$kind" && eval "$before"
    run $source
    ended $? 0 && others && no_null && says err.txt "in/b." && says err.txt "changed while the run read it" || return 1
    says out/stats.json '"inputs_changed": 1' && [ "$(grep -c '"changed": true' out/run.json)" = 1 ] || return 1
    fresh "$kind" && eval "$before"
    run $source-fail
    ended $? 74 && [ ! -e out/run.json ]
}

both() { rejected "$@" && told "$1"; }

before=
order=
# ---- as they are found ----
before='ln -s nowhere in/b2.txt; rm in/b.txt'
check "a dangling symbolic link" rejected txt 'cannot be opened: No such file' 74
before='rm in/b.txt; ln -s b.txt in/b.txt'
check "a loop of symbolic links" rejected txt 'cannot be opened: Too many levels' 74
long=$(awk 'BEGIN { for (i = 0; i < 250; i++) printf "x" }')
before='mv in/b.txt in/b"$long".txt'
check "a name of 255 bytes is read" eval 'fresh txt; mv in/b.txt "in/b$long".txt; run files; ended $? 0 && others && grep -q "in/b$long.txt" out/documents.jsonl'
before='mv in/b.txt "$(printf "in/b\377.txt")"'
check "a name that is not UTF-8" rejected txt 'name is not UTF-8' 65
before='(cd in; rm b.txt; i=0; while [ $i -lt 20 ]; do mkdir "b$long" && cd -P "b$long"; i=$((i + 1)); done; echo deep >b.txt)'
check "a path that is too long" rejected txt 'File name too long' 74
passed() {
    fresh txt
    mkfifo in/b.fifo.txt
    "$PYTHON3" -c "import socket; socket.socket(socket.AF_UNIX).bind('in/b.socket.txt')" || return 1
    run files
    ended $? 0 && others && says err.txt "2 entries passed over: a FIFO" && says out/stats.json '"special": 2'
}
[ -n "$PYTHON3" ] && check "a FIFO and a socket in a folder are passed over and told" passed

# As root, files may be read whatever their mode: then without the capability that allows it.
drop=
if [ "$(id -u)" = 0 ]; then
    drop="setpriv --bounding-set=-dac_override,-dac_read_search"
    fresh txt
    chmod 000 in/b.txt
    $drop cat in/b.txt >/dev/null 2>&1 && drop=none
    $drop true 2>/dev/null || drop=none
fi
if [ "$drop" = none ]; then
    skip "permissions" "nothing is forbidden to this user"
else
    plain=$WINNOW
    WINNOW="env $drop $plain"
    run() { timeout -k 5 60 $WINNOW run "$1.yaml" --out out --jobs 2 >out.txt 2>err.txt </dev/null; }
    before='chmod 000 in/b.txt'
    check "a file that may not be read" rejected txt 'cannot be opened: Permission denied' 74
    before='rm in/b.txt; mkdir in/b; echo hidden >in/b/x.txt; chmod 000 in/b'
    check "a folder that may not be listed" rejected txt 'the folder cannot be read: Permission denied' 74
    before='rm in/b.txt; mkdir in/b; echo hidden >in/b/x.txt; chmod 600 in/b'
    check "a folder that may not be entered" rejected txt 'cannot be opened: Permission denied' 74
    WINNOW=$plain
    run() {
        LATE=$order LD_PRELOAD=${order:+$late} timeout -k 5 60 "$WINNOW" run "$1.yaml" --out out --jobs 2 >out.txt 2>err.txt </dev/null
    }
fi

# ---- between listing and opening ----
before=
order="open in/b.txt unlink"
check "vanished before it was opened" rejected txt 'cannot be opened: No such file' 74
order="open in/b.txt folder"
check "became a folder" rejected txt 'not a regular file' 74
order="open in/b.txt fifo"
check "became a FIFO, on which nobody waits" rejected txt 'not a regular file' 74
order="open in/b.txt socket"
check "became a socket" rejected txt 'cannot be opened: No such device' 74
order="open in/b.txt device"
check "became a device" rejected txt 'not a regular file' 74
order="open in/b.txt fail 5"
check "EIO when it is opened" rejected txt 'cannot be opened: Input/output error' 74
order="open in/b.txt fail 116"
check "a stale handle of a file system" rejected txt 'cannot be opened: Stale' 74
# What the process or the machine lacks is no fault of the input's: no document is lost over it.
wants() { # WORDS
    fresh txt
    order='' run files && cp out/documents.jsonl before.jsonl
    run files
    ended $? 70 && says err.txt "in/b.txt: cannot be opened: $1" && cmp out/documents.jsonl before.jsonl
}
order="open in/b.txt fail 24"
check "no descriptor is left" wants "Too many open files"
order="open in/b.txt fail 23"
check "nor is one in the system" wants "Too many open files in system"
order="open in/b.txt fail 12"
check "no memory to open it" wants "Cannot allocate memory"
few_descriptors() {
    fresh txt
    run files
    ended $? 70 && says err.txt "in: the folder cannot be read: Too many open files" && [ ! -e out/run.json ]
}
order="opendir ./in fail 24"
check "folders that cannot be listed for want of descriptors" few_descriptors
order="open in/b.txt truncate 10"
check "shorter than when it was listed" both txt 'ends at byte 10, but had 26 bytes' 74
order="open in/b.txt append"
check "longer than when it was listed" told txt
check "what was appended is not read" eval 'fresh txt; run files; ! grep -q appended out/documents.jsonl'

# ---- while it is read ----
order="read in/b.txt truncate 0"
check "cut to nothing" both txt 'ends at byte 0, but had 26 bytes' 74
order="from=200000 in/b.jsonl truncate 300000"
check "cut in the middle of a record" both jsonl 'ends at byte 300000, but had' 74
whole_lines() { # all that stand whole before the cut, and none of the one that was cut
    fresh jsonl
    run jsonl
    whole=$(head -c 300000 in/b.jsonl | grep -c '}$')
    [ "$(grep -c 'middle file' out/documents.jsonl)" = "$whole" ] || { echo "# not $whole documents"; return 1; }
}
check "the whole records before it are there" whole_lines
order="read in/b.jsonl.gz truncate 3000"
check "a compressed file cut" both gz 'ends at byte 3000, but had' 74
order="read in/b.txt write"
check "overwritten in place" told txt
order="from=200000 in/b.jsonl rename"
check "another file has its name" told jsonl
check "what was open is read to its end" eval 'fresh jsonl; run jsonl; [ "$(grep -c "middle file" out/documents.jsonl)" = 20000 ]'
order="from=200000 in/b.jsonl unlink"
check "vanished while it was read" told jsonl
order="read in/b.txt touch"
check "another time" told txt
order="read in/b.txt fail 5"
check "EIO from the first read" rejected txt 'byte 0: cannot be read: Input/output error' 74
order="from=200000 in/b.jsonl fail 5"
check "EIO in the middle" rejected jsonl 'cannot be read: Input/output error' 74

first_changed() { # of several inputs it counts as any other
    fresh txt
    order="read in/a.txt touch"
    run files
    ended $? 0 && says err.txt "in/a.txt: changed while the run read it" && says out/stats.json '"inputs_changed": 1'
}
check "another time, of the first" first_changed

# ---- passed over, left out ----
order=
same_again() { # results in the folder that is read are no input of the next run
    fresh txt
    rm -rf in/out
    printf '%%PDF' >in/b.pdf
    status 0 "$WINNOW" run files.yaml --out in/out && digest=$(grep '^digest ' out.txt) &&
        status 0 "$WINNOW" run files.yaml --out in/out --jobs 1 && [ "$(grep '^digest ' out.txt)" = "$digest" ] &&
        says err.txt "1 run directory left out; name one to read it" || return 1
    status 0 "$WINNOW" run files.yaml --out out && says err.txt "1 run directory left out" &&
        [ "$(grep '^digest ' out.txt)" = "$digest" ]
}
check "a run directory in the folder of inputs is left out, also by the next run" same_again
line="1 file passed over for its name (.pdf 1); name it or use a pattern to take it"
check "run tells what it passed over" says err.txt "winnow: $line"
check "and counts it" says out/stats.json '".pdf": 1'
check "a quiet run only counts it" eval 'status 0 "$WINNOW" run files.yaml --out out --quiet && [ ! -s err.txt ] && says out/stats.json "\".pdf\": 1"'
check "plan tells it" eval 'status 0 "$WINNOW" plan files.yaml && says out.txt "$line"'
check "plan tells it in JSON" eval 'status 0 "$WINNOW" plan files.yaml --format json && says out.txt "\".pdf\""'
check "validate tells it" eval 'status 0 "$WINNOW" validate files.yaml && says out.txt "$line"'
check "a dry run tells it" eval 'status 0 "$WINNOW" run files.yaml --dry-run --out out && says out.txt "$line"'
check "a run directory that is named is read" eval 'status 0 "$WINNOW" run jsonl.yaml in/out --out out && says out.txt "3 documents read"'
check "a file in it that is named is read" eval 'status 0 "$WINNOW" run jsonl.yaml in/out/documents.jsonl --out out && says out.txt "3 documents read"'
rm -rf in/out

# ---- named ----
order=
fresh txt
check "a path that does not exist" status 78 "$WINNOW" run files.yaml in/none.txt --out out
no_tmpdir() { # standard input goes to /tmp then
    [ -w /tmp ] && want=0 || want=74
    env -u TMPDIR "$WINNOW" run jsonl.yaml - --out out <in/a.txt >out.txt 2>err.txt
    ended $? $want
}
check "standard input without TMPDIR" no_tmpdir
check "a device" status 78 "$WINNOW" run files.yaml /dev/null --out out
check "an unchanged run says nothing" eval 'fresh txt; run files; ended $? 0 && others && no_null && [ ! -s err.txt ]'
chmod -R u+rwx in
finish
