# The finder knows no plugin type; unit tests and the fuzzer link it.
noinst_LTLIBRARIES += plugins/claims/libclaims.la
plugins_claims_libclaims_la_SOURCES = %D%/lexicon.c %D%/lexicon.h %D%/syntax.c %D%/syntax.h \
	%D%/syntax_internal.h %D%/tags.c %D%/verbs.c %D%/phrases.c \
	%D%/content.c %D%/content.h %D%/extract.c %D%/extract.h %D%/extract_internal.h %D%/rules.c %D%/silence.c \
	%D%/speaker.c %D%/speaker.h \
	%D%/measures.c %D%/measures.h %D%/numbers.c %D%/numbers.h %D%/amounts.c %D%/amounts.h %D%/ranges.c %D%/shares.c \
	%D%/rates.c %D%/bounds.c %D%/quantity.c %D%/quantity.h
plugins_claims_libclaims_la_CPPFLAGS = $(MODULE_INCLUDES)

pkgplugin_LTLIBRARIES += plugins/claims.la
plugins_claims_la_SOURCES = %D%/claims.c %D%/claims_doc.c %D%/claims_doc.h
plugins_claims_la_CPPFLAGS = $(MODULE_INCLUDES)
plugins_claims_la_LDFLAGS = $(MODULE_LINK)
plugins_claims_la_LIBADD = plugins/claims/libclaims.la $(JANSSON_LIBS)

claimsdatadir = $(pkgdatadir)/claims
dist_claimsdata_DATA = %D%/data/cues.txt %D%/data/words.txt
EXTRA_DIST += %D%/README.md
