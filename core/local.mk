# The machine: a convenience library for the program and the unit tests; plugins never link it.
noinst_LTLIBRARIES += core/libcore.la
core_libcore_la_SOURCES =
core_libcore_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/core \
	-DBINDIR='"$(bindir)"' -DPKGPLUGINDIR='"$(pkgplugindir)"' -DPKGDATADIR='"$(pkgdatadir)"'
core_libcore_la_CFLAGS = $(AM_CFLAGS) $(YAML_CFLAGS) $(CODEC_CFLAGS) $(NETTLE_CFLAGS) $(UCHARDET_CFLAGS) $(XXHASH_CFLAGS)
core_libcore_la_LIBADD = $(LTDL_LIBS) $(YAML_LIBS) $(JANSSON_LIBS) $(CODEC_LIBS) $(NETTLE_LIBS) \
	$(UCHARDET_LIBS) $(XXHASH_LIBS) -lm
include %D%/util/local.mk
include %D%/guard/local.mk
include %D%/text/local.mk
include %D%/document/local.mk
include %D%/config/local.mk
include %D%/input/local.mk
include %D%/plan/local.mk
include %D%/store/local.mk
include %D%/state/local.mk
include %D%/results/local.mk
include %D%/engine/local.mk
include %D%/cmd/local.mk
EXTRA_DIST += %D%/README.md
