noinst_LTLIBRARIES += plugins/dedup/libdedup.la plugins/dedup/libminhash.la
plugins_dedup_libdedup_la_SOURCES = %D%/shingle.c %D%/shingle.h %D%/cluster.c %D%/cluster.h %D%/note.c %D%/note.h
plugins_dedup_libdedup_la_CPPFLAGS = $(MODULE_INCLUDES)
plugins_dedup_libdedup_la_CFLAGS = $(AM_CFLAGS) $(XXHASH_CFLAGS)
plugins_dedup_libdedup_la_LIBADD = plugins/common/libtext.la
# The kernel alone gets -O3: at -O2 gcc 12 does not vectorise it.
plugins_dedup_libminhash_la_SOURCES = %D%/minhash.c %D%/minhash.h
plugins_dedup_libminhash_la_CPPFLAGS = $(MODULE_INCLUDES)
plugins_dedup_libminhash_la_CFLAGS = $(AM_CFLAGS) $(XXHASH_CFLAGS) -O3

pkgplugin_LTLIBRARIES += plugins/dedup.la
plugins_dedup_la_SOURCES = %D%/dedup.c %D%/dedup_corpus.c %D%/dedup_corpus.h
plugins_dedup_la_CPPFLAGS = $(MODULE_INCLUDES)
plugins_dedup_la_LDFLAGS = $(MODULE_LINK)
plugins_dedup_la_LIBADD = plugins/dedup/libdedup.la plugins/dedup/libminhash.la $(JANSSON_LIBS) -lm
EXTRA_DIST += %D%/README.md
