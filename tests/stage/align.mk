# tests/stage/align
