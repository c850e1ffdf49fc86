# One folder, one stage. The .la names are flat, so that one folder is searched.
MODULE_LINK = $(AM_LDFLAGS) -module -avoid-version -shared -export-symbols-regex '^winnow_plugin$$' $(PLUGIN_HARDEN)
MODULE_INCLUDES = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
EXTRA_DIST += %D%/README.md
include %D%/common/local.mk
include %D%/files/local.mk
include %D%/jsonl/local.mk
include %D%/warc/local.mk
include %D%/clean/local.mk
include %D%/dedup/local.mk
include %D%/dates/local.mk
include %D%/claims/local.mk
include %D%/align/local.mk
include %D%/report/local.mk
