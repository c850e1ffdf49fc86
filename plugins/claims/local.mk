# The finder knows no plugin type; unit tests and the fuzzer link it.
noinst_LTLIBRARIES += plugins/claims/libclaims.la
plugins_claims_libclaims_la_SOURCES = %D%/lexicon.c %D%/lexicon.h %D%/syntax.c %D%/syntax.h \
	%D%/syntax_internal.h %D%/tags.c %D%/quick.c %D%/verbs.c %D%/phrases.c \
	%D%/content.c %D%/content.h %D%/extract.c %D%/extract.h %D%/extract_internal.h %D%/rules.c %D%/bare.c %D%/nouns.c %D%/silence.c \
	%D%/speaker.c %D%/speaker.h \
	%D%/measures.c %D%/measures.h %D%/numbers.c %D%/numbers.h %D%/amounts.c %D%/amounts.h %D%/ranges.c %D%/shares.c \
	%D%/rates.c %D%/bounds.c %D%/quantity.c %D%/quantity.h %D%/stance.c %D%/stance.h \
	%D%/entity/entity.h %D%/entity/entity_internal.h %D%/entity/words.c %D%/entity/names.c \
	%D%/entity/mentions.c %D%/entity/entities.c %D%/entity/pointback.c %D%/entity/ranker.h \
	%D%/entity/ranker_internal.h %D%/entity/features.c %D%/entity/ranker.c \
	%D%/model/attribution.c %D%/model/attribution.h %D%/model/decode.h %D%/model/features.c %D%/model/features.h \
	%D%/model/build.c %D%/model/find.c
plugins_claims_libclaims_la_CPPFLAGS = $(MODULE_INCLUDES)

pkgplugin_LTLIBRARIES += plugins/claims.la
plugins_claims_la_SOURCES = %D%/claims.c %D%/claims_doc.c %D%/claims_doc.h %D%/entity_doc.c %D%/entity_doc.h
plugins_claims_la_CPPFLAGS = $(MODULE_INCLUDES)
plugins_claims_la_LDFLAGS = $(MODULE_LINK)
plugins_claims_la_LIBADD = plugins/claims/libclaims.la $(JANSSON_LIBS)

claimsdatadir = $(pkgdatadir)/claims
dist_claimsdata_DATA = %D%/data/cues.txt %D%/data/words.txt %D%/data/attribution.model \
	%D%/data/speaker.weights
EXTRA_DIST += %D%/README.md

# For developers: learn the model of attribution (train/GUIDE.md).
EXTRA_PROGRAMS += plugins/claims/train/attribution_train
plugins_claims_train_attribution_train_SOURCES = %D%/train/attribution_train.c %D%/train/articles.c \
	%D%/train/examples.c %D%/train/perceptron.c %D%/train/score.c %D%/train/train.h %D%/train/write.c
plugins_claims_train_attribution_train_CPPFLAGS = $(MODULE_INCLUDES) -I$(top_srcdir)/core
plugins_claims_train_attribution_train_LDADD = plugins/claims/libclaims.la core/text/libtext.la core/libcore.la $(JANSSON_LIBS)
CLAIMS_TRAIN = $(srcdir)/plugins/claims/train
models: models-claims
models-claims: plugins/claims/train/attribution_train$(EXEEXT)
	more=; if test -n '$(POLNEAR)'; then rm -rf plugins/claims/train/polnear; \
	$(PYTHON3) $(CLAIMS_TRAIN)/polnear.py '$(POLNEAR)' --to plugins/claims/train/polnear && more=`ls plugins/claims/train/polnear/*.ann`; fi; \
	plugins/claims/train/attribution_train -o $(srcdir)/plugins/claims/data/attribution.model -d $(srcdir)/plugins \
	`$(PYTHON3) $(CLAIMS_TRAIN)/corpus.py learn $(CLAIMS_TRAIN)/corpus` $$more
.PHONY: models-claims
EXTRA_DIST += %D%/train/speaker_train.py %D%/train/speaker_measure.py %D%/train/GUIDE.md %D%/train/corpus.py %D%/train/polnear.py %D%/train/corpus

# For developers: the candidates of pronouns, for train/speaker_train.py; whom sources mean.
EXTRA_PROGRAMS += plugins/claims/train/speaker_dump
plugins_claims_train_speaker_dump_SOURCES = %D%/train/speaker_dump.c
plugins_claims_train_speaker_dump_CPPFLAGS = $(MODULE_INCLUDES) -I$(top_srcdir)/core
plugins_claims_train_speaker_dump_LDADD = plugins/claims/libclaims.la core/text/libtext.la core/libcore.la $(JANSSON_LIBS)
