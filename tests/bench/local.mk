# Speed and memory beside the peers: see README.md here. Not part of `make check`.
#   make bench [EVAL_DATA=DIR] [BENCH_FLAGS=--quick]   the table, into tests/bench/RESULTS.md
#   make bench-callgrind [CALLGRIND_FLAGS=--update]    instruction counts against baseline.tsv
#   make hostile [HOSTILE_FLAGS='--stage clean']       every stage on texts made to hurt
EXTRA_PROGRAMS += tests/bench/measure
tests_bench_measure_SOURCES = %D%/measure.c
CLEANFILES += tests/bench/measure
BENCH_RESULTS = $(srcdir)/tests/bench/RESULTS.md

bench: all tests/bench/measure eval-peers
	EVAL_DATA='$(EVAL_DATA)'; export EVAL_DATA; \
	$(EVAL_RUN) $(srcdir)/tests/bench/bench.py --write $(BENCH_RESULTS) $(BENCH_FLAGS)
bench-callgrind: all
	$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/tests/bench/callgrind.sh $(CALLGRIND_FLAGS)
hostile: all tests/bench/measure
	$(AM_TESTS_ENVIRONMENT) $(PYTHON3) $(srcdir)/tests/bench/hostile.py $(HOSTILE_FLAGS)
.PHONY: bench bench-callgrind hostile

TESTS += %D%/test_bench.py
EXTRA_DIST += %D%/README.md %D%/RESULTS.md %D%/bench.py %D%/measuring.py %D%/generate.py %D%/hostile.py %D%/hostile_patterns.py %D%/callgrind.sh %D%/plainness.py %D%/baseline.tsv %D%/test_bench.py \
	%D%/configs/none.yaml %D%/configs/clean.yaml %D%/configs/cleantext.yaml %D%/configs/dedup.yaml %D%/configs/dates.yaml \
	%D%/configs/claims.yaml %D%/configs/align.yaml %D%/configs/chain.yaml
