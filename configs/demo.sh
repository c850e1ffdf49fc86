#!/bin/sh
# demo.sh: run news.yaml over the sample articles from the build tree; called by `./autogen.sh demo`.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
WINNOW_PLUGIN_PATH=$top/plugins WINNOW_DATA_PATH=$top/plugins
export WINNOW_PLUGIN_PATH WINNOW_DATA_PATH
"$top/winnow" run "$top/configs/news.yaml" --out "$top/winnow-out"
echo
echo "The report: $top/winnow-out/report.html"
