# Inputs: patterns, units of plain and compressed files, WARC.
check_PROGRAMS += tests/fuzz/fuzz_warc tests/fuzz/fuzz_gzip_units tests/fuzz/fuzz_expand
tests_fuzz_fuzz_warc_SOURCES = %D%/fuzz_warc.c plugins/warc/warc.c plugins/warc/page.c plugins/warc/walk.c $(FUZZ_MAIN)
tests_fuzz_fuzz_warc_CPPFLAGS = $(UNIT_INCLUDES)
tests_fuzz_fuzz_warc_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_warc_LDADD = core/libcore.la plugins/warc/libwarc.la
tests_fuzz_fuzz_gzip_units_SOURCES = %D%/fuzz_gzip_units.c $(FUZZ_MAIN)
tests_fuzz_fuzz_gzip_units_CPPFLAGS = $(UNIT_INCLUDES)
tests_fuzz_fuzz_gzip_units_CFLAGS = $(AM_CFLAGS) $(CODEC_CFLAGS)
tests_fuzz_fuzz_gzip_units_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_gzip_units_LDADD = core/libcore.la
tests_fuzz_fuzz_expand_SOURCES = %D%/fuzz_expand.c $(FUZZ_MAIN)
tests_fuzz_fuzz_expand_CPPFLAGS = $(UNIT_INCLUDES)
tests_fuzz_fuzz_expand_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_expand_LDADD = core/libcore.la
