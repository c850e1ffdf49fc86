# What a run will do.
core_libcore_la_SOURCES += %D%/plan.c %D%/plan.h
