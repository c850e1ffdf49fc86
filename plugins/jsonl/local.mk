# plugins/jsonl
pkgplugin_LTLIBRARIES += plugins/jsonl.la
plugins_jsonl_la_SOURCES = %D%/jsonl.c
plugins_jsonl_la_CPPFLAGS = $(MODULE_INCLUDES)
plugins_jsonl_la_LDFLAGS = $(MODULE_LINK)
plugins_jsonl_la_LIBADD = $(JANSSON_LIBS)
EXTRA_DIST += %D%/README.md
