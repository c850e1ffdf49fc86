check_PROGRAMS += tests/stage/test_claims
tests_stage_test_claims_SOURCES = %D%/test_claims.c
tests_stage_test_claims_CPPFLAGS = $(UNIT_INCLUDES)
tests_stage_test_claims_LDADD = plugins/claims/libclaims.la core/libcore.la
TESTS += tests/stage/test_claims

check_PROGRAMS += tests/stage/test_speakers
tests_stage_test_speakers_SOURCES = %D%/test_speakers.c
tests_stage_test_speakers_CPPFLAGS = $(UNIT_INCLUDES)
tests_stage_test_speakers_LDADD = plugins/claims/libclaims.la core/libcore.la
TESTS += tests/stage/test_speakers
