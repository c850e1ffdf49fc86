# tests/stage/dedup
