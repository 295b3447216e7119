#!/usr/bin/env bash
# Every source stands as .clang-format says. Usage: format.sh ROOT
set -euo pipefail
cd -- "$1"
rooms=()
for room in engine scenarios calibration outputs cli page python tests; do
  [ ! -d "$room" ] || rooms+=("$room")
done
find "${rooms[@]}" \( -name '*.cpp' -o -name '*.hpp' \) -print0 | sort -z |
  xargs -0 clang-format-14 --dry-run -Werror
