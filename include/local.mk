winnowincludedir = $(includedir)/winnow
winnowinclude_HEADERS = %D%/winnow/docpulse.h %D%/winnow/host.h %D%/winnow/option.h %D%/winnow/plugin.h %D%/winnow/pulse.h %D%/winnow/status.h %D%/winnow/text.h
nodist_winnowinclude_HEADERS = include/winnow/version.h
pkgconfigdir = $(libdir)/pkgconfig
nodist_pkgconfig_DATA = include/winnow/winnow.pc
