# plugins/warc
noinst_LTLIBRARIES += plugins/warc/libwarc.la
plugins_warc_libwarc_la_SOURCES = %D%/http.c %D%/http.h %D%/record.c %D%/record.h
plugins_warc_libwarc_la_CPPFLAGS = $(MODULE_INCLUDES)
pkgplugin_LTLIBRARIES += plugins/warc.la
plugins_warc_la_SOURCES = %D%/warc.c %D%/page.c %D%/page.h %D%/walk.c %D%/walk.h
plugins_warc_la_CPPFLAGS = $(MODULE_INCLUDES)
plugins_warc_la_LDFLAGS = $(MODULE_LINK)
plugins_warc_la_LIBADD = plugins/warc/libwarc.la $(JANSSON_LIBS)
EXTRA_DIST += %D%/README.md
