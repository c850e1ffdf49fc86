check_PROGRAMS += tests/stage/test_dates
TESTS += tests/stage/test_dates
tests_stage_test_dates_SOURCES = %D%/test_dates.c
tests_stage_test_dates_CPPFLAGS = $(UNIT_INCLUDES)
tests_stage_test_dates_LDADD = plugins/dates/libdates.la
TESTS += tests/stage/dates.sh
EXTRA_DIST += tests/stage/dates.sh
