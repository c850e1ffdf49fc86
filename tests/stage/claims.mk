check_PROGRAMS += tests/stage/test_text
tests_stage_test_text_SOURCES = %D%/test_text.c
tests_stage_test_text_CPPFLAGS = $(UNIT_INCLUDES)
tests_stage_test_text_LDADD = plugins/common/libtext.la
TESTS += tests/stage/test_text

check_PROGRAMS += tests/stage/test_claims
tests_stage_test_claims_SOURCES = %D%/test_claims.c
tests_stage_test_claims_CPPFLAGS = $(UNIT_INCLUDES)
tests_stage_test_claims_LDADD = plugins/claims/libclaims.la
TESTS += tests/stage/test_claims
