# Quality beside the peers: see README.md here. None of these targets is part of `make check`, which tests the
# scorers and adapters themselves.
#   make eval EVAL_DATA=DIR [EVAL_FLAGS=--quick]   the table, into tests/eval/RESULTS.md
#   make eval-peers                                install the peers into $EVAL_SCRATCH
#   make seeds [EVAL_SEEDS=DIR]                    check the seed articles
EVAL_RUN = $(AM_TESTS_ENVIRONMENT) PYTHONDONTWRITEBYTECODE=1 $(PYTHON3)
EVAL_RESULTS = $(srcdir)/tests/eval/RESULTS.md

eval: all eval-peers
	$(EVAL_RUN) $(srcdir)/tests/eval/eval.py --data '$(EVAL_DATA)' --write $(EVAL_RESULTS) $(EVAL_FLAGS)
eval-peers:
	$(SHELL) $(srcdir)/tests/eval/peers/install.sh
seeds: all
	$(EVAL_RUN) $(srcdir)/tests/eval/seeds.py $(SEEDS_FLAGS)
.PHONY: eval eval-peers seeds

TESTS += %D%/test/test_scorers.py %D%/test/test_adapters.py
EXTRA_DIST += %D%/RESULTS.md %D%/README.md %D%/eval.py %D%/neardup.py %D%/seeds.py %D%/seeds.yaml \
	%D%/test/tap.py %D%/test/test_scorers.py %D%/test/test_adapters.py \
	%D%/seeds/README.md %D%/seeds/expected.json %D%/seeds/__init__.py %D%/seeds/places.py \
	%D%/seeds/chain.py %D%/seeds/report.py \
	%D%/harness/__init__.py %D%/harness/winnow.py %D%/harness/scratch.py %D%/harness/peers.py \
	%D%/harness/task.py %D%/harness/table.py \
	%D%/scorers/__init__.py %D%/scorers/stats.py %D%/scorers/content.py %D%/scorers/fields.py \
	%D%/scorers/timex.py %D%/scorers/attribution.py %D%/scorers/clusters.py %D%/scorers/sentences.py \
	%D%/scorers/share.py %D%/scorers/statements.py \
	%D%/tasks/__init__.py %D%/tasks/catalogue.py %D%/tasks/pages.py %D%/tasks/jsonl.py %D%/tasks/timeml.py \
	%D%/tasks/polnear.py %D%/tasks/heldback.py %D%/tasks/groups.py %D%/tasks/neardup.py %D%/tasks/cases.py %D%/tasks/text.py \
	%D%/configs/clean.yaml %D%/configs/dates.yaml %D%/configs/claims.yaml %D%/configs/dedup.yaml \
	%D%/configs/align.yaml %D%/configs/mojibake.yaml %D%/configs/charset.yaml \
	%D%/peers/install.sh %D%/peers/extract.py %D%/peers/dates.py %D%/peers/dedup.py %D%/peers/nlp.py \
	%D%/peers/text.py %D%/peers/node.js %D%/peers/node/package.json \
	%D%/peers/java/pom.xml %D%/peers/java/Peers.java \
	%D%/peers/java/Heidel.java %D%/peers/java/Stanford.java \
	%D%/peers/java/StanfordPOSTaggerWrapper.java \
	%D%/peers/rust/Cargo.toml %D%/peers/rust/src/main.rs
