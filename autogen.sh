#!/bin/sh
# autogen.sh            generate the build system, nothing else (what packagers expect)
# autogen.sh check      install what is missing, configure, build, run all tests
# autogen.sh demo       the same up to the build, then run the news demo
set -eu
cd "$(dirname "$0")"

packages='gcc make autoconf automake libtool libltdl-dev pkg-config python3
 libyaml-dev libjansson-dev libxml2-dev zlib1g-dev libdeflate-dev libzstd-dev nettle-dev
 libuchardet-dev libexttextcat-dev libexttextcat-data libxxhash-dev libutf8proc-dev libstemmer-dev'
# What a few tests need and are skipped without.
test_packages='abigail-tools clang-format g++ pmccabe groff-base python3-jsonschema python3-yaml'

missing_of() {
    for p; do
        dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q '^install ok installed' || printf ' %s' "$p"
    done
}

can_install() { command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; }

# shellcheck disable=SC2086
install() {
    echo "autogen.sh: apt-get install -y --no-install-recommends $*"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# shellcheck disable=SC2046,SC2086
install_missing() {
    missing=$(missing_of $packages)
    [ -n "$missing" ] || return 0
    if ! can_install; then
        echo "autogen.sh: packages are missing; run this as root and call again:" >&2
        echo "  apt-get install -y --no-install-recommends$missing" >&2
        exit 1
    fi
    DEBIAN_FRONTEND=noninteractive apt-get update -qq
    install $missing
}

# shellcheck disable=SC2046,SC2086
install_for_tests() {
    missing=$(missing_of $test_packages)
    [ -n "$missing" ] && can_install || return 0
    install $missing || echo "autogen.sh: without$missing some tests are skipped" >&2
}

generate() {
    mkdir -p m4 build-aux
    autoreconf --install --warnings=all,error
    # Autoconf clears core dumps with "rm -f core"; our core/ is a directory.
    sed 's/rm -f core /rm -f /' configure > configure.tmp
    cat configure.tmp > configure
    rm -f configure.tmp
}

build() {
    install_missing
    [ -x configure ] || generate
    [ -f Makefile ] || ./configure --quiet
    make -j "$(nproc)"
}

case "${1-}" in
'') generate ;;
check)
    build
    install_for_tests
    make -j "$(nproc)" check
    ;;
demo)
    build
    exec sh configs/demo.sh
    ;;
*)
    echo "usage: ./autogen.sh [check|demo]" >&2
    exit 2
    ;;
esac
