# Texts: tokens, sentences, parts of speech. Stand on util/; a library of their own for the tests of stages.
noinst_LTLIBRARIES += core/text/libtext.la
core_text_libtext_la_SOURCES = %D%/quotes.c %D%/rules.c %D%/rules.h %D%/rules_private.h %D%/rules_read.c %D%/sentences.c %D%/tagger.c %D%/tagger.h %D%/text.c %D%/text.h \
	%D%/text_internal.h %D%/tokens.c
core_text_libtext_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/core
core_libcore_la_LIBADD += core/text/libtext.la
EXTRA_DIST += %D%/README.md

# For developers: learn the models again, here the tagger's (README.md); those of claims follow.
EXTRA_PROGRAMS += core/text/tagger_train
core_text_tagger_train_SOURCES = %D%/tagger_train.c
core_text_tagger_train_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/core
core_text_tagger_train_LDADD = core/libcore.la
models: models-tagger
models-tagger: core/text/tagger_train$(EXEEXT)
	@test -n '$(TREEBANKS)' || echo "the tagger is left as it is: to learn it again say TREEBANKS='FILE.conllu ...', see core/text/README.md" >&2; \
	test -n '$(TREEBANKS)' || exit 0; tests=; for t in $(TREEBANK_TESTS); do tests="$$tests -t $$t"; done; \
	core/text/tagger_train -r $(srcdir)/plugins/common/data/en.text -b 17 $$tests -o $(srcdir)/plugins/common/data/tagger.model $(TREEBANKS)
.PHONY: models models-tagger
