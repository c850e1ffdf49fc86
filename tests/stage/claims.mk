check_PROGRAMS += tests/stage/test_text
tests_stage_test_text_SOURCES = %D%/test_text.c
tests_stage_test_text_CPPFLAGS = $(UNIT_INCLUDES)
tests_stage_test_text_LDADD = plugins/common/libtext.la
TESTS += tests/stage/test_text
