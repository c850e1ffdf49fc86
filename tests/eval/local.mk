# tests/eval/local
