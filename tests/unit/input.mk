# Tests of core/input and of the sources.
check_PROGRAMS += tests/unit/test_input
TESTS += tests/unit/test_input
EXTRA_DIST += %D%/files.h
tests_unit_test_input_SOURCES = %D%/test_input.c
tests_unit_test_input_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_input_CFLAGS = $(AM_CFLAGS) $(CODEC_CFLAGS)
tests_unit_test_input_LDADD = core/libcore.la
