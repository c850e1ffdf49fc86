# tests/unit/document
