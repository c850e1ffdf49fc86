bin_PROGRAMS += winnow
winnow_SOURCES = %D%/main.c
winnow_CPPFLAGS = $(core_libcore_la_CPPFLAGS)
winnow_LDADD = core/libcore.la
