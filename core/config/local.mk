# Sources of this folder: core_libcore_la_SOURCES += %D%/...
core_libcore_la_SOURCES += \
	%D%/config.h %D%/config.c %D%/private.h \
	%D%/node.h %D%/node.c %D%/yaml.c %D%/interpolate.c %D%/include.c %D%/set.c %D%/suggest.c \
	%D%/options.h %D%/options.c %D%/option_table.c %D%/value.c \
	%D%/build.c %D%/stage.c %D%/output_name.c %D%/tests.c %D%/text.c %D%/data.c \
	%D%/schema.h %D%/schema.c %D%/loader.c %D%/elf.h %D%/elf.c %D%/abi_check.c %D%/home.h %D%/home.c %D%/search.h %D%/search.c %D%/files.h %D%/files.c
