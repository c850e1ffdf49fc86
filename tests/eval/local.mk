# Quality beside the peers. `make eval EVAL_DATA=DIR` fills tests/eval/RESULTS.md, `make seeds` checks the
# seed articles; neither is part of `make check`, which tests the scorers themselves.
EVAL_RUN = $(AM_TESTS_ENVIRONMENT) PYTHONDONTWRITEBYTECODE=1 $(PYTHON3)

seeds: all
	$(EVAL_RUN) $(srcdir)/tests/eval/seeds.py $(SEEDS_FLAGS)
.PHONY: seeds

EXTRA_DIST += %D%/seeds.py %D%/seeds.yaml \
	%D%/seeds/README.md %D%/seeds/expected.json %D%/seeds/__init__.py %D%/seeds/places.py \
	%D%/seeds/chain.py %D%/seeds/report.py \
	%D%/harness/__init__.py %D%/harness/winnow.py
