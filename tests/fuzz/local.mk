# A fuzz target is tests/fuzz/fuzz_NAME.c with LLVMFuzzerTestOneInput; its seeds lie in corpus/NAME/. README.md says how to fuzz.
# In `make check` each runs over its corpus: standalone.c is its main, or libFuzzer with --enable-fuzzers.
if FUZZERS
FUZZ_MAIN =
else
FUZZ_MAIN = %D%/standalone.c
endif
include %D%/document.mk
include %D%/config.mk
include %D%/input.mk
include %D%/clean.mk
include %D%/dates.mk
include %D%/claims.mk
include %D%/report.mk
TESTS += %D%/run.sh %D%/libfuzzer.sh
EXTRA_DIST += %D%/README.md %D%/run.sh %D%/libfuzzer.sh %D%/standalone.c %D%/corpus

# The whole libFuzzer build and its corpora, from a copy of the sources.
check-fuzzers:
	$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/tests/fuzz/libfuzzer.sh --all
.PHONY: check-fuzzers
