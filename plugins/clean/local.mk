# plugins/clean
