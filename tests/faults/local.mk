# Calls that fail: see faults.c. `make check` tries every call of publishing and a sample of the others, `make faults` all.
check_LTLIBRARIES += tests/faults/faults.la
tests_faults_faults_la_SOURCES = %D%/faults.c
tests_faults_faults_la_LDFLAGS = $(TEST_MODULE_LINK)
tests_faults_faults_la_LIBADD = -ldl
TESTS += %D%/faults.py
EXTRA_DIST += %D%/faults.py

faults: all tests/faults/faults.la
	$(AM_TESTS_ENVIRONMENT) FAULTS=$${FAULTS-all} $(SHELL) $(srcdir)/tests/python.sh $(srcdir)/tests/faults/faults.py
.PHONY: faults
