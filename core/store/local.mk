# What a run keeps on disk or between threads: knows nothing of stages.
core_libcore_la_SOURCES += \
	%D%/names.c \
	%D%/names.h \
	%D%/queue.c \
	%D%/queue.h \
	%D%/pairs.c \
	%D%/pairs.h \
	%D%/sorter.c \
	%D%/sorter.h \
	%D%/spool.c \
	%D%/spool.h \
	%D%/table.c \
	%D%/table.h \
	%D%/workfile.c \
	%D%/workfile.h
