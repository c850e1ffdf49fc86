# plugins/files
noinst_LTLIBRARIES += plugins/files/libfiles.la
plugins_files_libfiles_la_SOURCES = %D%/sniff.c %D%/sniff.h
plugins_files_libfiles_la_CPPFLAGS = $(MODULE_INCLUDES)
pkgplugin_LTLIBRARIES += plugins/files.la
plugins_files_la_SOURCES = %D%/files.c
plugins_files_la_CPPFLAGS = $(MODULE_INCLUDES)
plugins_files_la_LDFLAGS = $(MODULE_LINK)
plugins_files_la_LIBADD = plugins/files/libfiles.la $(JANSSON_LIBS)
EXTRA_DIST += %D%/README.md
