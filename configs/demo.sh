#!/bin/sh
# demo.sh: run news.yaml over the sample articles from the build tree; called by `./autogen.sh demo`.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
"$top/winnow" run "$top/configs/news.yaml" --out "$top/winnow-out"
echo
echo "The report: $top/winnow-out/report.html"
