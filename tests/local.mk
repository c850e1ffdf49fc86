# tests/README.md says how to run one test and how to add one.
EXTRA_DIST += %D%/tap.h %D%/analysed.h %D%/text_rules.h %D%/python.sh %D%/README.md
UNIT_INCLUDES = $(AM_CPPFLAGS) -I$(top_srcdir)/core -I$(top_srcdir)/plugins -I$(top_srcdir)/tests
include %D%/plugins/local.mk
include %D%/unit/document.mk
include %D%/unit/text.mk
include %D%/unit/config.mk
include %D%/unit/input.mk
include %D%/unit/run.mk
include %D%/stage/clean.mk
include %D%/stage/dedup.mk
include %D%/stage/dates.mk
include %D%/stage/claims.mk
include %D%/stage/align.mk
include %D%/stage/report.mk
include %D%/work/local.mk
include %D%/cli/local.mk
include %D%/abi/local.mk
include %D%/rules/local.mk
include %D%/fuzz/local.mk
include %D%/faults/local.mk
include %D%/eval/local.mk
include %D%/bench/local.mk
include %D%/golden/local.mk
include %D%/mutants/local.mk

# What tests that failed leave behind, for a look at it.
clean-local: clean-tests
clean-tests:
	rm -rf tests/*/work tests/*/work-* tests/*/*.tmp tests/unit/config-files
.PHONY: clean-tests
