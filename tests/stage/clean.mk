# tests/stage/clean
