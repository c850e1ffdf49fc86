# tests/fuzz/input
