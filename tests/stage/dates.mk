# tests/stage/dates
