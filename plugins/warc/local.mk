# plugins/warc
