TESTS += %D%/layering.sh %D%/sizes.sh %D%/docs.sh
EXTRA_DIST += %D%/layering.sh %D%/sizes.sh %D%/docs.sh
