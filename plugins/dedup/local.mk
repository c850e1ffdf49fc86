noinst_LTLIBRARIES += plugins/dedup/libdedup.la
plugins_dedup_libdedup_la_SOURCES = %D%/shingle.c %D%/shingle.h %D%/cluster.c %D%/cluster.h %D%/note.c %D%/note.h \
	%D%/minhash.c %D%/minhash_sign.c %D%/minhash.h
plugins_dedup_libdedup_la_CPPFLAGS = $(MODULE_INCLUDES)
plugins_dedup_libdedup_la_CFLAGS = $(AM_CFLAGS) $(XXHASH_CFLAGS)
plugins_dedup_libdedup_la_LIBADD = plugins/common/libcommon.la

pkgplugin_LTLIBRARIES += plugins/dedup.la
plugins_dedup_la_SOURCES = %D%/dedup.c %D%/dedup_corpus.c %D%/dedup_corpus.h
plugins_dedup_la_CPPFLAGS = $(MODULE_INCLUDES)
plugins_dedup_la_LDFLAGS = $(MODULE_LINK)
plugins_dedup_la_LIBADD = plugins/dedup/libdedup.la $(JANSSON_LIBS) -lm
EXTRA_DIST += %D%/README.md
