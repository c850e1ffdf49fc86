TESTS += %D%/circles.py %D%/complexity.sh %D%/contracts.py %D%/documents.py %D%/format.sh %D%/layering.sh %D%/sizes.sh %D%/docs.sh %D%/manuals.sh %D%/scripts.sh %D%/kernel.sh
EXTRA_DIST += %D%/circles.py %D%/complexity.sh %D%/contracts.py %D%/documents.py %D%/format.sh %D%/layering.sh %D%/sizes.sh %D%/docs.sh %D%/manuals.sh %D%/scripts.sh %D%/kernel.sh
