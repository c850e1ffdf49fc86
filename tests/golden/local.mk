# Whole runs against what is expected: golden.py says how. `make golden-update` writes that anew, to be read.
TESTS += %D%/golden.py
EXTRA_DIST += %D%/golden.py %D%/news/pipeline.yaml %D%/news/docs.jsonl %D%/news/expected \
	%D%/copies/pipeline.yaml %D%/copies/docs.jsonl %D%/copies/expected \
	%D%/files/pipeline.yaml %D%/files/in %D%/files/expected %D%/lines/pipeline.yaml %D%/lines/docs.jsonl %D%/lines/expected \
	%D%/samples/pipeline.yaml %D%/samples/expected
golden-update: all
	$(AM_TESTS_ENVIRONMENT) $(PYTHON3) $(srcdir)/tests/golden/golden.py --update
.PHONY: golden-update
