core_libcore_la_SOURCES += \
	%D%/guard.h \
	%D%/process.c \
	%D%/region.h \
	%D%/signals.c %D%/stack.c \
	%D%/slot.c \
	%D%/watchdog.c
