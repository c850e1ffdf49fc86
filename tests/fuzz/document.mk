# Documents: edits, JSON records, character sets, the spool form.
check_PROGRAMS += tests/fuzz/fuzz_edits tests/fuzz/fuzz_jsonl tests/fuzz/fuzz_charset tests/fuzz/fuzz_thaw
tests_fuzz_fuzz_edits_SOURCES = %D%/fuzz_edits.c tests/unit/edit_model.c $(FUZZ_MAIN)
tests_fuzz_fuzz_edits_CPPFLAGS = $(UNIT_INCLUDES)
tests_fuzz_fuzz_edits_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_edits_LDADD = core/libcore.la
tests_fuzz_fuzz_jsonl_SOURCES = %D%/fuzz_jsonl.c $(FUZZ_MAIN)
tests_fuzz_fuzz_jsonl_CPPFLAGS = $(UNIT_INCLUDES)
tests_fuzz_fuzz_jsonl_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_jsonl_LDADD = core/libcore.la
tests_fuzz_fuzz_charset_SOURCES = %D%/fuzz_charset.c $(FUZZ_MAIN)
tests_fuzz_fuzz_charset_CPPFLAGS = $(UNIT_INCLUDES)
tests_fuzz_fuzz_charset_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_charset_LDADD = core/libcore.la
tests_fuzz_fuzz_thaw_SOURCES = %D%/fuzz_thaw.c $(FUZZ_MAIN)
tests_fuzz_fuzz_thaw_CPPFLAGS = $(UNIT_INCLUDES)
tests_fuzz_fuzz_thaw_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_thaw_LDADD = core/libcore.la
