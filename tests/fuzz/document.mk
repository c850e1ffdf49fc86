# tests/fuzz/document
