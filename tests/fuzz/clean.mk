# tests/fuzz/clean
