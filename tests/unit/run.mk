# The runner: its small parts, then whole runs with plugins that live in the test.
check_PROGRAMS += tests/unit/test_sorter tests/unit/test_queue
TESTS += tests/unit/test_sorter tests/unit/test_queue
tests_unit_test_sorter_SOURCES = %D%/test_sorter.c
tests_unit_test_sorter_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_sorter_LDADD = core/libcore.la
tests_unit_test_queue_SOURCES = %D%/test_queue.c
tests_unit_test_queue_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_queue_LDADD = core/libcore.la
