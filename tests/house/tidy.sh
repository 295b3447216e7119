#!/usr/bin/env bash
# clang-tidy over the rooms, from a build's compile commands. Usage: tidy.sh ROOT BUILD
set -euo pipefail
root=$1 build=$2
escaped=$(printf '%s' "$root" | sed 's/[][\.|$(){}?+*^]/\\&/g')
run-clang-tidy-16 -quiet -p "$build" -j "$(nproc)" -extra-arg=-Wno-unknown-warning-option \
  "^$escaped/(engine|scenarios|calibration|outputs|cli|page|python)/.*\.cpp\$" 2>&1 |
  grep -vE '^(clang-tidy-16|[0-9]+ warnings? (generated|treated)|Suppressed )|^$' || test "${PIPESTATUS[0]}" -eq 0
