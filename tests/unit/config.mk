# tests/unit/config
