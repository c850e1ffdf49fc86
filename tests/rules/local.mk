# tests/rules/local
