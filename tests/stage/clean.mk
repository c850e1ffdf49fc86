# The algorithm of plugins/clean without the machine; a case is a file in clean/.
check_PROGRAMS += tests/stage/test_clean
TESTS += tests/stage/test_clean
tests_stage_test_clean_SOURCES = %D%/test_clean.c %D%/clean_driver.c %D%/clean_driver.h
tests_stage_test_clean_CPPFLAGS = $(UNIT_INCLUDES) -D_GNU_SOURCE -DTEXTCAT_DATADIR='"$(TEXTCAT_DATADIR)"'
tests_stage_test_clean_LDADD = plugins/clean/libclean.la
EXTRA_DIST += %D%/clean
