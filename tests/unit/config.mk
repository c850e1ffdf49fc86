# Configuration, options, loader.
EXTRA_DIST += %D%/stub_host.h %D%/config_case.h
CONFIG_TESTS = tests/unit/test_config tests/unit/test_config_files tests/unit/test_plan tests/unit/test_options tests/unit/test_loader \
	tests/unit/test_config_memory tests/unit/test_validate
check_PROGRAMS += $(CONFIG_TESTS)
TESTS += $(CONFIG_TESTS)
tests_unit_test_config_SOURCES = %D%/test_config.c
tests_unit_test_config_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_config_LDADD = core/libcore.la
tests_unit_test_config_files_SOURCES = %D%/test_config_files.c
tests_unit_test_config_files_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_config_files_LDADD = core/libcore.la
tests_unit_test_plan_SOURCES = %D%/test_plan.c
tests_unit_test_plan_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_plan_LDADD = core/libcore.la
tests_unit_test_options_SOURCES = %D%/test_options.c
tests_unit_test_options_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_options_LDADD = core/libcore.la
tests_unit_test_loader_SOURCES = %D%/test_loader.c
tests_unit_test_loader_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_loader_LDADD = core/libcore.la
tests_unit_test_config_memory_SOURCES = %D%/test_config_memory.c
tests_unit_test_config_memory_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_config_memory_LDADD = core/libcore.la $(YAML_LIBS)
tests_unit_test_validate_SOURCES = %D%/test_validate.c
tests_unit_test_validate_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_validate_LDADD = core/libcore.la

check_PROGRAMS += tests/unit/test_home
TESTS += tests/unit/test_home
tests_unit_test_home_SOURCES = %D%/test_home.c
tests_unit_test_home_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_home_LDADD = core/libcore.la
