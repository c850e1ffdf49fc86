# Text routines that several stages share; they know no plugin type.
noinst_LTLIBRARIES += plugins/common/libtext.la
plugins_common_libtext_la_SOURCES = %D%/text.c %D%/text.h %D%/grow.h %D%/pulse.h %D%/docpulse.h %D%/text_internal.h %D%/tokens.c %D%/quotes.c \
	%D%/sentences.c %D%/abbreviations.c %D%/tagger.c %D%/tagger.h %D%/calendar.c %D%/calendar.h %D%/keysort.c %D%/keysort.h
plugins_common_libtext_la_CPPFLAGS = $(MODULE_INCLUDES)
EXTRA_DIST += %D%/README.md

# For developers: learn the tagger's model again (README.md).
noinst_PROGRAMS += plugins/common/tagger_train
plugins_common_tagger_train_SOURCES = %D%/tagger_train.c
plugins_common_tagger_train_CPPFLAGS = $(MODULE_INCLUDES)
plugins_common_tagger_train_LDADD = plugins/common/libtext.la
models: plugins/common/tagger_train$(EXEEXT)
	@test -n '$(TREEBANKS)' || { echo "make models needs TREEBANKS='FILE.conllu ...', see plugins/common/README.md" >&2; exit 1; }
	tests=; for t in $(TREEBANK_TESTS); do tests="$$tests -t $$t"; done; \
	plugins/common/tagger_train -b 15 $$tests -o $(srcdir)/plugins/claims/data/tagger.model $(TREEBANKS)
.PHONY: models
