# plugins/align
