TESTS += %D%/layering.sh %D%/sizes.sh %D%/docs.sh %D%/manuals.sh %D%/scripts.sh
EXTRA_DIST += %D%/layering.sh %D%/sizes.sh %D%/docs.sh %D%/manuals.sh %D%/scripts.sh
