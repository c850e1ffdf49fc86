TESTS += %D%/circles.py %D%/documents.py %D%/layering.sh %D%/sizes.sh %D%/docs.sh %D%/manuals.sh %D%/scripts.sh %D%/kernel.sh
EXTRA_DIST += %D%/circles.py %D%/documents.py %D%/layering.sh %D%/sizes.sh %D%/docs.sh %D%/manuals.sh %D%/scripts.sh %D%/kernel.sh
