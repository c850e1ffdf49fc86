check_PROGRAMS += tests/stage/test_report
TESTS += tests/stage/test_report
tests_stage_test_report_SOURCES = %D%/test_report.c
tests_stage_test_report_CPPFLAGS = $(UNIT_INCLUDES)
tests_stage_test_report_LDADD = plugins/report/libreport.la $(JANSSON_LIBS)
