check_PROGRAMS += tests/stage/test_align
TESTS += tests/stage/test_align
tests_stage_test_align_SOURCES = %D%/test_align.c
tests_stage_test_align_CPPFLAGS = $(UNIT_INCLUDES)
tests_stage_test_align_LDADD = plugins/align/libalign.la core/libcore.la plugins/common/libcommon.la $(STEMMER_LIBS) $(JANSSON_LIBS) -lm
