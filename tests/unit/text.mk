check_PROGRAMS += tests/unit/test_text
tests_unit_test_text_SOURCES = %D%/test_text.c
tests_unit_test_text_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_text_LDADD = core/libcore.la
TESTS += tests/unit/test_text

check_PROGRAMS += tests/unit/test_analyst
tests_unit_test_analyst_SOURCES = %D%/test_analyst.c
tests_unit_test_analyst_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_analyst_LDADD = core/libcore.la
TESTS += tests/unit/test_analyst

check_PROGRAMS += tests/unit/test_text_rules
tests_unit_test_text_rules_SOURCES = %D%/test_text_rules.c
tests_unit_test_text_rules_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_text_rules_LDADD = core/libcore.la
TESTS += tests/unit/test_text_rules
