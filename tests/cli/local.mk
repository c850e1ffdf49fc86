# The commands as a user meets them; lib.sh is what they share.
TESTS += %D%/run.sh %D%/determinism.sh %D%/memory.sh
EXTRA_DIST += %D%/lib.sh %D%/run.sh %D%/determinism.sh %D%/memory.sh
TESTS += %D%/commands.sh %D%/schema.py
EXTRA_DIST += %D%/commands.sh %D%/schema.py
TESTS += %D%/inputs.sh %D%/bombs.sh
EXTRA_DIST += %D%/inputs.sh %D%/bombs.sh
check_LTLIBRARIES += tests/cli/late.la
tests_cli_late_la_SOURCES = %D%/late.c
tests_cli_late_la_LDFLAGS = $(TEST_MODULE_LINK)
TESTS += %D%/provenance.sh
EXTRA_DIST += %D%/provenance.sh
TESTS += %D%/tools.sh
EXTRA_DIST += %D%/tools.sh %D%/installed.sh
