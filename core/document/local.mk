# Documents: stand on util/.
core_libcore_la_SOURCES += \
	%D%/base.c %D%/charset.c %D%/charsets.c %D%/charsets.h \
	%D%/check.c \
	%D%/decode.c \
	%D%/docjson.c \
	%D%/document.c %D%/document.h \
	%D%/edit.c \
	%D%/jsonl.c \
	%D%/layers.c \
	%D%/metadata.c \
	%D%/record.c \
	%D%/spanmap.c %D%/spanmap.h \
	%D%/freeze.c \
	%D%/state.h
