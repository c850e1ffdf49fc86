check_PROGRAMS += tests/stage/test_dedup
TESTS += tests/stage/test_dedup
tests_stage_test_dedup_SOURCES = %D%/test_dedup.c
tests_stage_test_dedup_CPPFLAGS = $(UNIT_INCLUDES)
tests_stage_test_dedup_LDADD = plugins/dedup/libdedup.la -lm
