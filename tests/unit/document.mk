# Tests of core/util and core/document.
document_tests = \
	tests/unit/test_util \
	tests/unit/test_json \
	tests/unit/test_charset \
	tests/unit/test_marks \
	tests/unit/test_record \
	tests/unit/test_decode \
	tests/unit/test_failing_memory \
	tests/unit/test_edits
check_PROGRAMS += $(document_tests)
TESTS += $(document_tests)
EXTRA_DIST += %D%/edit_model.h %D%/heap.h

tests_unit_test_util_SOURCES = %D%/test_util.c
tests_unit_test_util_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_util_LDADD = core/libcore.la

tests_unit_test_json_SOURCES = %D%/test_json.c
tests_unit_test_json_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_json_LDADD = core/libcore.la

tests_unit_test_edits_SOURCES = %D%/test_edits.c %D%/edit_model.c
tests_unit_test_edits_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_edits_LDADD = core/libcore.la

tests_unit_test_charset_SOURCES = %D%/test_charset.c
tests_unit_test_charset_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_charset_LDADD = core/libcore.la

tests_unit_test_record_SOURCES = %D%/test_record.c
tests_unit_test_record_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_record_LDADD = core/libcore.la

tests_unit_test_decode_SOURCES = %D%/test_decode.c
tests_unit_test_decode_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_decode_CFLAGS = $(AM_CFLAGS) $(CODEC_CFLAGS)
tests_unit_test_decode_LDADD = core/libcore.la $(CODEC_LIBS)

tests_unit_test_failing_memory_SOURCES = %D%/test_failing_memory.c
tests_unit_test_failing_memory_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_failing_memory_LDADD = core/libcore.la
tests_unit_test_marks_SOURCES = %D%/test_marks.c
tests_unit_test_marks_CPPFLAGS = $(UNIT_INCLUDES)
tests_unit_test_marks_LDADD = core/libcore.la
