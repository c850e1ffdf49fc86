# tests/abi/local
