# tests/cli/local
