# Every configuration here is run by the tests.
pkgconfigsdir = $(pkgdatadir)/configs
dist_pkgconfigs_DATA = %D%/minimal.yaml %D%/news.yaml %D%/corpus.yaml %D%/warc.yaml
EXTRA_DIST += %D%/demo.sh %D%/samples
