# What a run is, for all that take part in it; how it ends.
core_libcore_la_SOURCES += \
	%D%/analyst.c \
	%D%/analyst.h \
	%D%/args.h \
	%D%/state.c \
	%D%/state.h \
	%D%/worker.c \
	%D%/worker.h
