# tests/unit/input
