# shellcheck shell=bash
# Shared by ./tremplin and ./check: finds what is missing, installs it, builds a preset.
# Everything is said on standard error, so that the program's own output stays clean.
# The caller sets `root` (the top of the tree), `language` if its user named one, `quiet=yes` if nothing but
# errors is to be said, and uses `set -euo pipefail`.
: "${root:?set by the caller}"

# say FRENCH DUTCH ENGLISH: one line in the user's language.
say() {
  case ${language:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}} in
    fr*) printf '%s\n' "$1" ;;
    nl*) printf '%s\n' "$2" ;;
    *) printf '%s\n' "$3" ;;
  esac >&2
}

# note FRENCH DUTCH ENGLISH: says what is being done, unless the user wants quiet.
note() { [ "${quiet:-no}" = yes ] || say "$@"; }

is_there() {
  local name=${1#*:}
  case $1 in
    command:*) command -v "$name" >/dev/null 2>&1 ;;
    header:*) [ -e "/usr/include/$name" ] || [ -e "/usr/local/include/$name" ] ;;
    python:*)
      [ -x /usr/bin/python3 ] &&
        (cd /usr/lib/python3/dist-packages 2>/dev/null && { [ -d "$name" ] || [ -e "$name.py" ]; })
      ;;
    r:*) [ -d "/usr/lib/R/site-library/$name" ] || [ -d "/usr/lib/R/library/$name" ] ;;
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
  note "Installation de ${#missing[@]} paquets, une seule fois ; d'une à quelques minutes selon le réseau…" \
    "Installatie van ${#missing[@]} pakketten, eenmalig; één tot enkele minuten naargelang het netwerk…" \
    "Installing ${#missing[@]} packages, once; one to a few minutes, depending on the network…"
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

# Files that a build of the preset would compile; "many" where ninja has to configure again before it knows.
files_to_build() {
  local last
  last=$(cmake --build --preset "$1" "${@:2}" -- -n 2>/dev/null | tail -n 1)
  case $last in
    *'no work to do'*) echo 0 ;;
    *'Re-running CMake'*) echo many ;;
    '['*) sed 's|^\[[0-9]*/\([0-9]*\)\].*|\1|' <<<"$last" ;;
    *) echo many ;;
  esac
}

# say_build FILES JOBS: what is built, and how long that takes on a machine of today (about five seconds a file
# and compiler), so that nobody thinks a silent terminal has stopped.
say_build() {
  case $1 in
    0) return ;;
    many)
      note "Compilation…" "Bouwen…" "Building…"
      return
      ;;
  esac
  local minutes=$((($1 * 5 / $2 + 59) / 60))
  note "Compilation de $1 fichiers, $2 à la fois ; environ $minutes min…" \
    "Bouwen van $1 bestanden, $2 tegelijk; ongeveer $minutes min…" \
    "Building $1 files, $2 at a time; about $minutes min…"
}

# show_build: reads what ninja says and shows how far it is: on a terminal a counter in place, in a pipe a line for
# each fifth of the files.
show_build() {
  local line done=0 of=0 fifth=0
  while IFS= read -r line; do
    [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
    done=${BASH_REMATCH[1]} of=${BASH_REMATCH[2]}
    if [ "${quiet:-no}" = yes ]; then
      continue
    elif [ -t 2 ]; then
      printf '\r  %d/%d ' "$done" "$of" >&2
    elif [ "$of" -ge 20 ] && [ $((done * 5 / of)) -gt "$fifth" ]; then
      fifth=$((done * 5 / of))
      note "  $done/$of" "  $done/$of" "  $done/$of"
    fi
  done
  if [ -t 2 ] && [ "$of" -gt 0 ] && [ "${quiet:-no}" = no ]; then printf '\r            \r' >&2; fi
}

# build_preset PRESET [TARGET…]: configures if needed and builds; its stages are shown, the rest goes to a
# log in the build folder.
build_preset() {
  local preset=$1
  shift
  local folder=$root/build/$preset targets=() jobs files
  [ $# -eq 0 ] || targets=(--target "$@")
  mkdir -p "$folder"
  local log=$folder/build.log
  jobs=$(build_jobs)
  (
    # Two calls at once wait for each other.
    flock 9
    cd "$root"
    : >"$log"
    if [ ! -e "$folder/build.ninja" ]; then
      note "Configuration…" "Configureren…" "Configuring…"
      cmake --preset "$preset" >>"$log" 2>&1 || exit 1
    fi
    files=$(files_to_build "$preset" "${targets[@]}")
    say_build "$files" "$jobs"
    set -o pipefail
    cmake --build --preset "$preset" --parallel "$jobs" "${targets[@]}" 2>&1 | tee -a "$log" | show_build
  ) 9>"$folder/.lock" || {
    grep -nE -A12 '(FAILED:|error:|CMake Error)' "$log" | head -n 60 >&2 || tail -n 40 "$log" >&2
    say "La compilation ($preset) a échoué ; journal : $log" "Het bouwen ($preset) is mislukt; logboek: $log" \
      "The build ($preset) failed; log: $log"
    return 1
  }
}
