check_PROGRAMS += tests/fuzz/fuzz_text_analysis
tests_fuzz_fuzz_text_analysis_SOURCES = %D%/fuzz_text_analysis.c $(FUZZ_MAIN)
tests_fuzz_fuzz_text_analysis_CPPFLAGS = $(UNIT_INCLUDES)
tests_fuzz_fuzz_text_analysis_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_text_analysis_LDADD = core/libcore.la

check_PROGRAMS += tests/fuzz/fuzz_claims tests/fuzz/fuzz_claims_data
tests_fuzz_fuzz_claims_SOURCES = %D%/fuzz_claims.c $(FUZZ_MAIN)
tests_fuzz_fuzz_claims_CPPFLAGS = $(UNIT_INCLUDES)
tests_fuzz_fuzz_claims_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_claims_LDADD = plugins/claims/libclaims.la core/libcore.la
tests_fuzz_fuzz_claims_data_SOURCES = %D%/fuzz_claims_data.c $(FUZZ_MAIN)
tests_fuzz_fuzz_claims_data_CPPFLAGS = $(UNIT_INCLUDES)
tests_fuzz_fuzz_claims_data_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_claims_data_LDADD = plugins/claims/libclaims.la core/libcore.la
