# Configuration, options, loader.
EXTRA_DIST += %D%/stub_host.h
CONFIG_TESTS = tests/unit/test_config tests/unit/test_options tests/unit/test_loader
check_PROGRAMS += $(CONFIG_TESTS)
TESTS += $(CONFIG_TESTS)
tests_unit_test_config_SOURCES = %D%/test_config.c
tests_unit_test_config_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_config_LDADD = core/libcore.la
tests_unit_test_options_SOURCES = %D%/test_options.c
tests_unit_test_options_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_options_LDADD = core/libcore.la
tests_unit_test_loader_SOURCES = %D%/test_loader.c
tests_unit_test_loader_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_loader_LDADD = core/libcore.la
