# Sources of this folder: core_libcore_la_SOURCES += %D%/...
core_libcore_la_SOURCES += \
	%D%/arena.h \
	%D%/strbuf.h
