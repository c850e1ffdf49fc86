#!/bin/sh
# layering.sh: who may include whom. The tree is read from its #include lines.
cd "$srcdir" || exit 99
n=0 bad=0

# allow FOLDER PATTERN: project includes ("...") in FOLDER must match PATTERN.
allow() {
    n=$((n + 1))
    wrong=$(grep -HnE '^#include "' "$1"/*.c "$1"/*.h 2>/dev/null | grep -vE "#include \"($2)" )
    if [ -z "$wrong" ]; then
        echo "ok $n - $1 includes only what lies below it"
    else
        echo "not ok $n - $1 includes only what lies below it"
        echo "$wrong" | sed 's/^/# /'
        bad=1
    fi
}

allow core/util 'config\.h|util/'
allow core/guard 'config\.h|util/|guard/'
allow core/text 'config\.h|util/|text/'
allow core/document 'config\.h|util/|document/'
allow core/config 'config\.h|util/|guard/|text/|config/'
allow core/input 'config\.h|util/|guard/|document/|input/'
below='config\.h|util/|guard/|text/|document/|config/|input/'
allow core/plan "$below|plan/"
allow core/store 'config\.h|util/|store/'
allow core/state "$below|plan/|store/|state/"
allow core/results "$below|plan/|store/|state/|results/"
allow core/engine "$below|plan/|store/|state/|results/|engine/"
allow core/cmd 'config\.h|util/|guard/|document/|config/|input/|plan/|engine/run\.h|cmd/'
allow plugins/common 'config\.h|common/'
for dir in plugins/*/; do
    name=$(basename "$dir")
    [ "$name" = common ] || allow "plugins/$name" "config\\.h|common/|$name/|[a-z_]+\\.h"
done

# only LIBRARY-HEADER FILE-PATTERN: an outside library is known to few files.
only() {
    n=$((n + 1))
    wrong=$(grep -rlE "^#include <$1" core plugins --include='*.[ch]' | grep -vE "$2")
    if [ -z "$wrong" ]; then
        echo "ok $n - <$1> is known to $2 only"
    else
        echo "not ok $n - <$1> is known to $2 only"
        echo "$wrong" | sed 's/^/# /'
        bad=1
    fi
}

only 'yaml\.h>' '^core/config/(yaml|node)\.[ch]$'
only 'ltdl\.h>' '^core/config/loader\.c$'
only 'libxml/' '^plugins/clean/'
only 'zstd\.h>' '^core/(input|document)/'
only 'zlib\.h>' '^core/(input|document)/'
only 'libdeflate\.h>' '^core/(input|document)/'
only 'nettle/' '^(core/util/hash\.[ch]|plugins/report/html\.c)$'
only 'xxhash\.h>' '^(core/util/hash\.c|plugins/(align/words|dedup/(shingle|minhash))\.c)$'
only 'uchardet' '^core/document/'
only 'iconv\.h>' '^core/(document/|cmd/proof\.c$)'
only 'libstemmer\.h>' '^plugins/align/words\.c$'
echo "1..$n"
exit $bad
