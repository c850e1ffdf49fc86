# Runs a configured pipeline.
core_libcore_la_SOURCES += \
	%D%/batch.c \
	%D%/batch.h \
	%D%/chain.c \
	%D%/chain.h \
	%D%/corpus.c \
	%D%/corpus.h \
	%D%/host.c \
	%D%/inputs.c \
	%D%/inputs.h \
	%D%/run.c \
	%D%/run.h \
	%D%/source.c \
	%D%/source.h \
	%D%/step.c \
	%D%/step.h
