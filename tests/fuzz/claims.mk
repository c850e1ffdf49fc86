check_PROGRAMS += tests/fuzz/fuzz_text_analysis
tests_fuzz_fuzz_text_analysis_SOURCES = %D%/fuzz_text_analysis.c $(FUZZ_MAIN)
tests_fuzz_fuzz_text_analysis_CPPFLAGS = $(UNIT_INCLUDES)
tests_fuzz_fuzz_text_analysis_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_text_analysis_LDADD = plugins/common/libtext.la
