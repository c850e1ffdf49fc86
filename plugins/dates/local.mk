# The finder knows no plugin type; unit tests and the fuzzers link it.
noinst_LTLIBRARIES += plugins/dates/libdates.la
plugins_dates_libdates_la_SOURCES = %D%/frame.h %D%/lexicon.c %D%/rules.c %D%/dispatch.c %D%/rules.h \
	%D%/rulefile.c %D%/rulefile.h %D%/pattern.c %D%/scan.c %D%/match.c %D%/match.h %D%/tense.c \
	%D%/point.c %D%/point.h %D%/resolve.c %D%/resolve.h %D%/resolve_task.h %D%/resolve_point.c %D%/docdate.c %D%/docdate.h
plugins_dates_libdates_la_CPPFLAGS = $(MODULE_INCLUDES)
plugins_dates_libdates_la_LIBADD = plugins/common/libcommon.la

pkgplugin_LTLIBRARIES += plugins/dates.la
plugins_dates_la_SOURCES = %D%/dates.c %D%/dates_doc.c %D%/dates_doc.h %D%/date_json.c %D%/date_json.h
plugins_dates_la_CPPFLAGS = $(MODULE_INCLUDES)
plugins_dates_la_LDFLAGS = $(MODULE_LINK)
plugins_dates_la_LIBADD = plugins/dates/libdates.la $(JANSSON_LIBS)

datesdatadir = $(pkgdatadir)/dates
dist_datesdata_DATA = %D%/data/en.dates
EXTRA_DIST += %D%/README.md
