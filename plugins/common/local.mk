# Text routines that several stages share; they know no plugin type.
noinst_LTLIBRARIES += plugins/common/libtext.la
plugins_common_libtext_la_SOURCES = %D%/text.c %D%/text.h %D%/text_internal.h %D%/tokens.c %D%/quotes.c \
	%D%/sentences.c %D%/abbreviations.c %D%/tagger.c %D%/tagger.h
plugins_common_libtext_la_CPPFLAGS = $(MODULE_INCLUDES)
