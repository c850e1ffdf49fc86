# tests/fuzz/claims
