# tests/stage/report
