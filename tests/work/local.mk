# The stages' algorithms compiled anew, with a call of the counter in every basic block. See work.h.
check_LTLIBRARIES += tests/work/libcounter.la
tests_work_libcounter_la_SOURCES = %D%/counter.c %D%/work.h
tests_work_libcounter_la_CPPFLAGS = $(UNIT_INCLUDES)

check_PROGRAMS += tests/work/test_work
TESTS += tests/work/test_work
tests_work_test_work_SOURCES = %D%/test_work.c %D%/clean.c %D%/dates.c %D%/claims.c %D%/corpus.c %D%/data.h \
	$(core_text_libtext_la_SOURCES) core/util/alloc.c core/util/utf8.c $(plugins_common_libcommon_la_SOURCES) $(plugins_clean_libclean_la_SOURCES) $(plugins_dates_libdates_la_SOURCES) \
	$(plugins_claims_libclaims_la_SOURCES) $(plugins_align_libalign_la_SOURCES) $(plugins_dedup_libdedup_la_SOURCES)
tests_work_test_work_CPPFLAGS = $(UNIT_INCLUDES) -D_GNU_SOURCE -DTEXTCAT_DATADIR='"$(TEXTCAT_DATADIR)"'
tests_work_test_work_CFLAGS = $(AM_CFLAGS) $(XML_CFLAGS) $(TEXTCAT_CFLAGS) $(UTF8PROC_CFLAGS) $(XXHASH_CFLAGS) \
	-fsanitize-coverage=trace-pc
tests_work_test_work_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=memmem,--wrap=memchr,--wrap=memmove
tests_work_test_work_LDADD = tests/work/libcounter.la $(XML_LIBS) $(TEXTCAT_LIBS) $(UTF8PROC_LIBS) $(JANSSON_LIBS) \
	$(STEMMER_LIBS) -lm
