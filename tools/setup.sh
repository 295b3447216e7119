# shellcheck shell=bash
# Shared by ./tremplin and ./check: finds what is missing, installs it, builds a preset.
# Everything is said on standard error, so that the program's own output stays clean.
# The caller sets `root` (the top of the tree), `language` if its user named one, and uses `set -euo pipefail`.
: "${root:?set by the caller}"

# say FRENCH DUTCH ENGLISH: one line in the user's language.
say() {
  case ${language:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}} in
    fr*) printf '%s\n' "$1" ;;
    nl*) printf '%s\n' "$2" ;;
    *) printf '%s\n' "$3" ;;
  esac >&2
}

is_there() {
  local name=${1#*:}
  case $1 in
    command:*) command -v "$name" >/dev/null 2>&1 ;;
    header:*) [ -e "/usr/include/$name" ] || [ -e "/usr/local/include/$name" ] ;;
    python:*)
      [ -x /usr/bin/python3 ] &&
        (cd /usr/lib/python3/dist-packages 2>/dev/null && { [ -d "$name" ] || [ -e "$name.py" ]; })
      ;;
    r:*) [ -d "/usr/lib/R/site-library/$name" ] ;;
    *) return 1 ;;
  esac
}

# missing_packages LIST…: the packages of the lists whose probe finds nothing, one to a line.
missing_packages() {
  local list package probe
  for list in "$@"; do
    while read -r package probe; do
      case $package in '' | '#'*) continue ;; esac
      is_there "$probe" || printf '%s\n' "$package"
    done <"$root/tools/packages-$list.txt"
  done
}

# install_packages LIST…: does nothing, and needs neither network nor rights, when all is there.
install_packages() {
  local missing=() as_root=()
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  say "Il manque : ${missing[*]}" "Ontbreekt: ${missing[*]}" "Missing: ${missing[*]}"
  if ! command -v apt-get >/dev/null 2>&1; then
    say "Ce système n'a pas apt-get ; Tremplin s'installe de lui-même sur Debian 12. Ailleurs, installez l'équivalent de ces paquets, puis relancez." \
      "Dit systeem heeft geen apt-get; Tremplin installeert zichzelf op Debian 12. Installeer elders het equivalent van deze pakketten en begin opnieuw." \
      "This system has no apt-get; Tremplin sets itself up on Debian 12. Elsewhere, install the equivalent of these packages and start again."
    return 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1 || { [ ! -t 0 ] && ! sudo -n true 2>/dev/null; }; then
      say "Installer demande les droits d'administrateur. À faire exécuter par un administrateur :" \
        "Installeren vraagt beheerdersrechten. Laat een beheerder dit uitvoeren:" \
        "Installing takes administrator rights. Ask an administrator to run:"
      printf '  apt-get update && apt-get install --no-install-recommends %s\n' "${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  say "Installation (une seule fois)…" "Installatie (eenmalig)…" "Installing (once)…"
  local log
  log=$(mktemp)
  # `env` carries the variable through sudo. A failed update is not fatal: the lists at hand may do.
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q update >"$log" 2>&1 </dev/null || true
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends \
    install "${missing[@]}" >>"$log" 2>&1 </dev/null; then
    grep -E '^(E|W|Err)' "$log" | tail -n 10 >&2 || tail -n 10 "$log" >&2
    say "apt-get a échoué : voyez ci-dessus. Sans réseau ? Vérifiez la connexion et les sources de paquets, puis relancez." \
      "apt-get is mislukt: zie hierboven. Geen netwerk? Controleer de verbinding en de pakketbronnen en begin opnieuw." \
      "apt-get failed: see above. No network? Check the connection and the package sources, then start again."
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
  hash -r
  mapfile -t missing < <(missing_packages "$@")
  if [ ${#missing[@]} -gt 0 ]; then
    say "Installés, mais introuvables : ${missing[*]}" "Geïnstalleerd, maar niet te vinden: ${missing[*]}" \
      "Installed, yet not to be found: ${missing[*]}"
    return 1
  fi
}

# Compilers at a time: one per processor, and 1.5 GB of memory for each.
build_jobs() {
  local processors memory
  processors=$(nproc)
  memory=$(awk '/^MemAvailable/ {print int($2 / 1572864)}' /proc/meminfo 2>/dev/null || echo 1)
  [ "$memory" -ge 1 ] || memory=1
  if [ "$processors" -lt "$memory" ]; then echo "$processors"; else echo "$memory"; fi
}

# build_preset PRESET [TARGET…]: configures if needed and builds, quietly; the log stays in the build folder.
build_preset() {
  local preset=$1
  shift
  local folder=$root/build/$preset targets=()
  [ $# -eq 0 ] || targets=(--target "$@")
  mkdir -p "$folder"
  local log=$folder/build.log
  (
    # Two calls at once wait for each other.
    flock 9
    cd "$root"
    { [ -e "$folder/build.ninja" ] || cmake --preset "$preset"; } >"$log" 2>&1 &&
      cmake --build --preset "$preset" --parallel "$(build_jobs)" "${targets[@]}" >>"$log" 2>&1
  ) 9>"$folder/.lock" || {
    grep -nE -A12 '(FAILED:|error:|CMake Error)' "$log" | head -n 60 >&2 || tail -n 40 "$log" >&2
    say "La compilation ($preset) a échoué ; journal : $log" "Het bouwen ($preset) is mislukt; logboek: $log" \
      "The build ($preset) failed; log: $log"
    return 1
  }
}
