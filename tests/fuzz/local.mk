# A fuzz target is tests/fuzz/fuzz_NAME.c with LLVMFuzzerTestOneInput; its seeds lie in corpus/NAME/.
# In `make check` each runs over its corpus (standalone.c is its main); with --enable-fuzzers
# and clang it is a libFuzzer program: tests/fuzz/fuzz_NAME -max_total_time=60 CORPUS.
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
if !FUZZERS
TESTS += %D%/run.sh
endif
EXTRA_DIST += %D%/run.sh %D%/standalone.c %D%/corpus
