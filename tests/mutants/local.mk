# Mutation testing: see README.md here. Not part of `make check`, which tests the operators and the list of equivalents.
#   make mutants [MUTANTS_FLAGS='--count 150 --folders core/util,plugins/dedup --again survived']
MUTANTS_SCRATCH = mutants.tmp
mutants:
	PYTHONDONTWRITEBYTECODE=1 $(PYTHON3) $(srcdir)/tests/mutants/mutants.py --source '$(abs_top_srcdir)' \
	  --scratch '$(MUTANTS_SCRATCH)' $(MUTANTS_FLAGS)
.PHONY: mutants

TESTS += %D%/test_mutants.py
EXTRA_DIST += %D%/README.md %D%/mutants.py %D%/operators.py %D%/scratch.py %D%/tests.txt %D%/equivalent.txt %D%/test_mutants.py
