# Sources of this folder: core_libcore_la_SOURCES += %D%/...
core_libcore_la_SOURCES += \
	%D%/analyst.c \
	%D%/analyst.h \
	%D%/batch.c \
	%D%/chain.c \
	%D%/corpus.c \
	%D%/cut.c \
	%D%/host.c \
	%D%/inputs.c \
	%D%/internal.h \
	%D%/manifest.c \
	%D%/output.c \
	%D%/pipeline.c \
	%D%/progress.c \
	%D%/queue.c \
	%D%/queue.h \
	%D%/reader.c \
	%D%/run.h \
	%D%/names.c \
	%D%/names.h \
	%D%/generation.c \
	%D%/generation.h \
	%D%/sorter.c \
	%D%/sorter.h \
	%D%/spool.c \
	%D%/spool.h \
	%D%/stats.c \
	%D%/step.c \
	%D%/table.c \
	%D%/table.h \
	%D%/workfile.c \
	%D%/workfile.h
