# The report's page, and what align keeps of a document.
check_PROGRAMS += tests/fuzz/fuzz_report tests/fuzz/fuzz_note
tests_fuzz_fuzz_report_SOURCES = %D%/fuzz_report.c $(FUZZ_MAIN)
tests_fuzz_fuzz_report_CPPFLAGS = $(UNIT_INCLUDES)
tests_fuzz_fuzz_report_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_report_LDADD = plugins/report/libreport.la $(JANSSON_LIBS)
tests_fuzz_fuzz_note_SOURCES = %D%/fuzz_note.c $(FUZZ_MAIN)
tests_fuzz_fuzz_note_CPPFLAGS = $(UNIT_INCLUDES)
tests_fuzz_fuzz_note_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_note_LDADD = plugins/align/libalign.la core/libcore.la plugins/common/libcommon.la $(STEMMER_LIBS) $(JANSSON_LIBS) -lm
