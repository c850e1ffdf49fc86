# Tests of core/input, of the sources and of the provenance commands.
input_tests = tests/unit/test_input tests/unit/test_warc tests/unit/test_proof
check_PROGRAMS += $(input_tests)
TESTS += $(input_tests)
EXTRA_DIST += %D%/files.h %D%/opened.h %D%/sources.h
tests_unit_test_input_SOURCES = %D%/test_input.c
tests_unit_test_input_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_input_CFLAGS = $(AM_CFLAGS) $(CODEC_CFLAGS)
tests_unit_test_input_LDADD = core/libcore.la
tests_unit_test_warc_SOURCES = %D%/test_warc.c plugins/warc/warc.c plugins/warc/page.c plugins/warc/walk.c
tests_unit_test_warc_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_warc_CFLAGS = $(AM_CFLAGS) $(CODEC_CFLAGS)
tests_unit_test_warc_LDADD = core/libcore.la plugins/warc/libwarc.la
tests_unit_test_proof_SOURCES = %D%/test_proof.c
tests_unit_test_proof_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_proof_LDADD = core/libcore.la plugins/files/libfiles.la
