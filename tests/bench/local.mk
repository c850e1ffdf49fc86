# tests/bench/local
