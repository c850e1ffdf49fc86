# plugins/files
