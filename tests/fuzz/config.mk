# tests/fuzz/config
