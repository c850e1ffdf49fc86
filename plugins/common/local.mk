# What several stages share.
noinst_LTLIBRARIES += plugins/common/libcommon.la
plugins_common_libcommon_la_SOURCES = %D%/ascii.h %D%/calendar.c %D%/calendar.h %D%/grow.h %D%/keysort.c %D%/keysort.h
plugins_common_libcommon_la_CPPFLAGS = $(MODULE_INCLUDES)
commondatadir = $(pkgdatadir)/common
dist_commondata_DATA = %D%/data/en.text %D%/data/tagger.model
EXTRA_DIST += %D%/README.md
