# plugins/dedup
