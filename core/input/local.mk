# Sources of this folder: core_libcore_la_SOURCES += %D%/...
core_libcore_la_SOURCES += \
	%D%/digest.c \
	%D%/expand.c \
	%D%/fetch.c \
	%D%/filemap.c %D%/filemap.h \
	%D%/glob.c %D%/glob.h \
	%D%/input.h \
	%D%/reader.c \
	%D%/unit.c \
	%D%/unpack.c %D%/unpack.h
