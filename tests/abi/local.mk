# The ABI is frozen: layout by static asserts, the rest by abi.sh. To renew the baseline after a new minor version:
#   cc -g -shared -fPIC -Iinclude tests/abi/anchor.c -o libanchor.so && abidw --no-show-locs --no-corpus-path --no-comp-dir-path libanchor.so > tests/abi/baseline.abi
check_PROGRAMS += tests/abi/layout
tests_abi_layout_SOURCES = %D%/layout.c
TESTS += tests/abi/layout %D%/abi.sh
EXTRA_DIST += %D%/abi.sh %D%/anchor.c %D%/plugin.cc %D%/baseline.abi %D%/history
