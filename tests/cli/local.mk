# tests/cli/local
TESTS += %D%/tools.sh
EXTRA_DIST += %D%/tools.sh %D%/installed.sh
