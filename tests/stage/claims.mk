# tests/stage/claims
