bin_PROGRAMS += winnow
winnow_SOURCES = %D%/main.c
winnow_CPPFLAGS = $(core_libcore_la_CPPFLAGS)
winnow_LDADD = core/libcore.la
# Commands lie in the library, so that tests can call them.
core_libcore_la_SOURCES += \
	%D%/commands.h %D%/common.c %D%/plugins.h %D%/run.c %D%/plugins.c \
	%D%/list.c %D%/inspect.c \
	%D%/verify.c %D%/proof.c %D%/proof.h %D%/rundir.c %D%/rundir.h \
	%D%/why.c %D%/removed.c %D%/removed.h \
	%D%/prepare.h %D%/prepare.c %D%/planned.c %D%/validate.c %D%/plan.c \
	%D%/test.c %D%/expect.c %D%/expect.h %D%/newstage.c %D%/checkplugin.c %D%/probe.c %D%/probe.h

dist_man_MANS += %D%/man/winnow.1 %D%/man/winnow.yaml.5 %D%/man/winnow-plugin.7
bashcompletiondir = $(datadir)/bash-completion/completions
install-data-hook: install-completion
install-completion:
	$(MKDIR_P) '$(DESTDIR)$(bashcompletiondir)'
	$(INSTALL_DATA) $(srcdir)/core/cmd/man/winnow.bash '$(DESTDIR)$(bashcompletiondir)/winnow'
uninstall-hook:
	rm -f '$(DESTDIR)$(bashcompletiondir)/winnow'
.PHONY: install-completion
EXTRA_DIST += %D%/man/winnow.bash
