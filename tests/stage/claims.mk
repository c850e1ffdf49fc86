check_PROGRAMS += tests/stage/test_claims
tests_stage_test_claims_SOURCES = %D%/test_claims.c
tests_stage_test_claims_CPPFLAGS = $(UNIT_INCLUDES)
tests_stage_test_claims_LDADD = plugins/claims/libclaims.la core/libcore.la
TESTS += tests/stage/test_claims

check_PROGRAMS += tests/stage/test_attribution
tests_stage_test_attribution_SOURCES = %D%/test_attribution.c %D%/claims_found.h
tests_stage_test_attribution_CPPFLAGS = $(UNIT_INCLUDES)
tests_stage_test_attribution_LDADD = plugins/claims/libclaims.la core/libcore.la
TESTS += tests/stage/test_attribution
check_PROGRAMS += tests/stage/test_quantities
tests_stage_test_quantities_SOURCES = %D%/test_quantities.c
tests_stage_test_quantities_CPPFLAGS = $(UNIT_INCLUDES)
tests_stage_test_quantities_LDADD = plugins/claims/libclaims.la core/libcore.la
TESTS += tests/stage/test_quantities
