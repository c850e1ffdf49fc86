noinst_LTLIBRARIES += plugins/align/libalign.la
plugins_align_libalign_la_SOURCES = %D%/words.c %D%/words.h %D%/note.c %D%/note.h %D%/notebuild.c %D%/notebuild.h \
	%D%/similarity.c %D%/similarity.h %D%/sketch.c %D%/sketch.h %D%/grouping.c %D%/grouping.h %D%/events.c %D%/events.h \
	%D%/items.c %D%/items.h %D%/findings.c %D%/findings.h %D%/differences.c
plugins_align_libalign_la_CPPFLAGS = $(MODULE_INCLUDES)
plugins_align_libalign_la_CFLAGS = $(AM_CFLAGS) $(XXHASH_CFLAGS)

pkgplugin_LTLIBRARIES += plugins/align.la
plugins_align_la_SOURCES = %D%/align.c %D%/align_input.c %D%/align_input.h %D%/align_settle.c %D%/align_settle.h
plugins_align_la_CPPFLAGS = $(MODULE_INCLUDES)
plugins_align_la_LDFLAGS = $(MODULE_LINK)
plugins_align_la_LIBADD = plugins/align/libalign.la plugins/common/libcommon.la $(STEMMER_LIBS) $(JANSSON_LIBS) -lm
aligndatadir = $(pkgdatadir)/align
dist_aligndata_DATA = %D%/data/en.words
EXTRA_DIST += %D%/README.md
