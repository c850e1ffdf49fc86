# The runner: its small parts, then whole runs with plugins that live in the test.
check_PROGRAMS += tests/unit/test_sorter tests/unit/test_queue tests/unit/test_run tests/unit/test_source
TESTS += tests/unit/test_sorter tests/unit/test_queue tests/unit/test_run tests/unit/test_source
tests_unit_test_sorter_SOURCES = %D%/test_sorter.c
tests_unit_test_sorter_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_sorter_LDADD = core/libcore.la
tests_unit_test_queue_SOURCES = %D%/test_queue.c
tests_unit_test_queue_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_queue_LDADD = core/libcore.la
tests_unit_test_run_SOURCES = %D%/test_run.c %D%/run_plugins.c %D%/run_plugins.h
tests_unit_test_run_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_run_LDADD = core/libcore.la
tests_unit_test_source_SOURCES = %D%/test_source.c %D%/run_plugins.c %D%/run_plugins.h
tests_unit_test_source_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_source_CFLAGS = $(AM_CFLAGS) $(CODEC_CFLAGS)
tests_unit_test_source_LDADD = core/libcore.la
