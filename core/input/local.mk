# Sources of this folder: core_libcore_la_SOURCES += %D%/...
core_libcore_la_SOURCES += \
	%D%/digest.c \
	%D%/expand.c \
	%D%/fetch.c \
	%D%/glob.c %D%/glob.h \
	%D%/input.h \
	%D%/opened.c %D%/opened.h \
	%D%/passed.c %D%/passed.h \
	%D%/rawfile.c %D%/rawfile.h \
	%D%/input.c \
	%D%/unit.c \
	%D%/unpack.c %D%/unpack.h \
	%D%/walk.c %D%/walk.h \
	%D%/window.c %D%/window.h
