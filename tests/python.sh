#!/bin/sh
# python.sh: runs a Python test; skips it where there is no Python.
if [ -z "$PYTHON3" ]; then
    echo "1..0 # SKIP no python3"
    exit 0
fi
exec "$PYTHON3" "$@"
