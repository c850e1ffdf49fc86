# The files of a run, and what is said of it.
core_libcore_la_SOURCES += \
	%D%/generation.c \
	%D%/generation.h \
	%D%/manifest.c \
	%D%/manifest.h \
	%D%/outputs.c \
	%D%/outputs.h \
	%D%/progress.c \
	%D%/progress.h \
	%D%/stats.c \
	%D%/stats.h
