winnowincludedir = $(includedir)/winnow
winnowinclude_HEADERS = %D%/winnow/plugin.h
nodist_winnowinclude_HEADERS = include/winnow/version.h
pkgconfigdir = $(libdir)/pkgconfig
nodist_pkgconfig_DATA = include/winnow/winnow.pc
