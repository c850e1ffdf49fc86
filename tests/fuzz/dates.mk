# tests/fuzz/dates
