noinst_LTLIBRARIES += plugins/report/libreport.la
plugins_report_libreport_la_SOURCES = %D%/assemble.c %D%/assemble.h %D%/days.c %D%/days.h %D%/dump.c %D%/dump.h %D%/html.c %D%/html.h \
	%D%/pieces.c %D%/pieces.h %D%/sections.c %D%/speakers.c %D%/speakers.h %D%/spill.c %D%/spill.h %D%/timeline.c
plugins_report_libreport_la_CPPFLAGS = $(MODULE_INCLUDES)
plugins_report_libreport_la_CFLAGS = $(AM_CFLAGS) $(NETTLE_CFLAGS)
plugins_report_libreport_la_LIBADD = $(NETTLE_LIBS)

pkgplugin_LTLIBRARIES += plugins/report.la
plugins_report_la_SOURCES = %D%/report.c %D%/collect.c %D%/collect.h %D%/files.c %D%/files.h
plugins_report_la_CPPFLAGS = $(MODULE_INCLUDES)
plugins_report_la_LDFLAGS = $(MODULE_LINK)
plugins_report_la_LIBADD = plugins/report/libreport.la $(JANSSON_LIBS)
reportdatadir = $(pkgdatadir)/report
dist_reportdata_DATA = %D%/data/report.css %D%/data/report.js
EXTRA_DIST += %D%/README.md
