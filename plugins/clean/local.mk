# The algorithm, without plugin types, and the stage's glue.
noinst_LTLIBRARIES += plugins/clean/libclean.la
plugins_clean_libclean_la_SOURCES = %D%/result.c %D%/result.h %D%/hints.c %D%/hints.h %D%/htmltags.c %D%/htmltags.h %D%/htmltree.c %D%/htmlsniff.c %D%/htmltree.h \
	%D%/htmlblocks.c %D%/htmlblocks.h %D%/features.c %D%/content.c %D%/content.h %D%/htmltext.c %D%/htmltext.h \
	%D%/htmlmeta.c %D%/htmlmeta.h %D%/metaclean.c %D%/jsonld.c %D%/isodate.c %D%/isodate.h %D%/html.c %D%/html.h \
	%D%/rules.c %D%/rules.h %D%/match.c %D%/lines.c %D%/lines.h %D%/units.c %D%/head.c %D%/tail.c %D%/dateline.c \
	%D%/chars.c %D%/chars.h %D%/mojibake.c %D%/language.c %D%/language.h %D%/functionwords.c %D%/functionwords.h %D%/cleaner.c %D%/clean.h
plugins_clean_libclean_la_CPPFLAGS = $(MODULE_INCLUDES) -D_GNU_SOURCE
plugins_clean_libclean_la_CFLAGS = $(AM_CFLAGS) $(XML_CFLAGS) $(TEXTCAT_CFLAGS) $(UTF8PROC_CFLAGS)
plugins_clean_libclean_la_LIBADD = $(XML_LIBS) $(TEXTCAT_LIBS) $(UTF8PROC_LIBS) $(JANSSON_LIBS)

pkgplugin_LTLIBRARIES += plugins/clean.la
plugins_clean_la_SOURCES = %D%/clean.c %D%/clean_doc.c %D%/clean_doc.h
plugins_clean_la_CPPFLAGS = $(MODULE_INCLUDES) -DTEXTCAT_DATADIR='"$(TEXTCAT_DATADIR)"'
plugins_clean_la_LDFLAGS = $(MODULE_LINK)
plugins_clean_la_LIBADD = plugins/clean/libclean.la $(JANSSON_LIBS)

cleandatadir = $(pkgdatadir)/clean
dist_cleandata_DATA = %D%/data/html.hints %D%/data/content.model %D%/data/en.boilerplate \
	%D%/data/function.words
EXTRA_DIST += %D%/README.md %D%/train/train.py

# Only to learn content.model anew: make plugins/clean/clean-features
EXTRA_PROGRAMS += plugins/clean/clean-features
plugins_clean_clean_features_SOURCES = %D%/train/features.c
plugins_clean_clean_features_CPPFLAGS = $(MODULE_INCLUDES)
plugins_clean_clean_features_LDADD = plugins/clean/libclean.la $(JANSSON_LIBS)
CLEANFILES += plugins/clean/clean-features
