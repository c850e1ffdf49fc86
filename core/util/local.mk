# Small libraries: they include nothing above them.
core_libcore_la_SOURCES += \
	%D%/alloc.c %D%/alloc.h \
	%D%/arena.c %D%/arena.h \
	%D%/hash.c %D%/hash.h \
	%D%/json.c %D%/json.h %D%/jsonscan.c %D%/jsontree.c \
	%D%/path.c %D%/path.h \
	%D%/show.c %D%/show.h \
	%D%/strbuf.c %D%/strbuf.h \
	%D%/utf8.c %D%/utf8.h
