# Pages, extracted text and data files as clean reads them.
clean_fuzz_cppflags = $(UNIT_INCLUDES) -D_GNU_SOURCE -DTEXTCAT_DATADIR='"$(TEXTCAT_DATADIR)"'
clean_fuzz_driver = tests/stage/clean_driver.c tests/stage/clean_driver.h tests/fuzz/fuzz_clean.h
check_PROGRAMS += tests/fuzz/fuzz_clean_html tests/fuzz/fuzz_clean_text tests/fuzz/fuzz_clean_rules
tests_fuzz_fuzz_clean_html_SOURCES = %D%/fuzz_clean_html.c $(clean_fuzz_driver) $(FUZZ_MAIN)
tests_fuzz_fuzz_clean_html_CPPFLAGS = $(clean_fuzz_cppflags)
tests_fuzz_fuzz_clean_html_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_clean_html_LDADD = plugins/clean/libclean.la
tests_fuzz_fuzz_clean_text_SOURCES = %D%/fuzz_clean_text.c $(clean_fuzz_driver) $(FUZZ_MAIN)
tests_fuzz_fuzz_clean_text_CPPFLAGS = $(clean_fuzz_cppflags)
tests_fuzz_fuzz_clean_text_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_clean_text_LDADD = plugins/clean/libclean.la
tests_fuzz_fuzz_clean_rules_SOURCES = %D%/fuzz_clean_rules.c $(FUZZ_MAIN)
tests_fuzz_fuzz_clean_rules_CPPFLAGS = $(UNIT_INCLUDES)
tests_fuzz_fuzz_clean_rules_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_clean_rules_LDADD = plugins/clean/libclean.la
