# tests/unit/run
