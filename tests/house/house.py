#!/usr/bin/env python3
"""The rules of the house that a compiler does not see. Prints what breaks them; exit code 1 if anything does.

Rooms include downwards only: engine <- scenarios <- calibration <- outputs <- page, python <- cli. The
engine's own rooms stand in the order of its month. What bears results calls no transcendental function of
the C library and no distribution of the standard library, whose results differ between machines.
Usage: house.py [ROOT]
"""
import os
import re
import subprocess
import sys

from documents import check_documents

ROOMS = {"engine": 0, "scenarios": 1, "calibration": 2, "outputs": 3, "page": 4, "python": 4, "cli": 5}

# Longest prefix wins. Parameters and tallies need the law's units; offices and trajectories write into
# tallies; the world is made of offices and margins.
ENGINE = {
    "engine/base/": 0,
    "engine/law/": 1,
    "engine/tally/": 2,
    "engine/parameters.": 2,
    "engine/cpas/": 3,
    "engine/population/": 4,
    "engine/world.": 5,
    "engine/trajectory/": 6,
    "engine/simulate/": 7,
}

CODE = (".cpp", ".hpp", ".def")
COUNTED = CODE + (".py", ".sh", ".js", ".mjs", ".ts", ".css", ".cmake", "CMakeLists.txt")
MAX_LINES = 400

INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)

BEARS_RESULTS = ("engine/", "scenarios/landscape/", "calibration/inference/", "calibration/priors")
DEFINES_THEM = ("engine/base/portable_",)
FUNCTIONS = (
    "exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|hypot"
    "|erf|erfc|tgamma|lgamma"
)
STD_CALL = re.compile(rf"(?<!\w)(?:std)?::(?:{FUNCTIONS})[fl]?\s*\(")
BARE_CALL = re.compile(rf"(?<![\w:.>])(?:{FUNCTIONS})[fl]?\s*\(")
STD_RANDOM = re.compile(
    r"#\s*include\s*<random>|std::(?:\w+_distribution|mt19937\w*|random_device|default_random_engine)\b"
)

PRINTS = re.compile(r"std::(?:cout|cerr|clog)\b|(?<![\w:])(?:std::)?(?:printf|puts|exit|abort|_exit)\s*\(|fmt::print\b")

DECISION = re.compile(r"^DECISION\(\d+, (\w+)", re.MULTILINE)
ASKED = re.compile(r"\bDecision::(\w+)")

HEAD = re.compile(r"(?://[^\n]*(?:\n|$))*")
ORACLE = re.compile(r"\bOracles?: \S")

# Written with brackets so that this file does not break its own rule.
MACHINE = re.compile(
    r"/wor[k]/|/far[m]/|/tm[p]/\w+\.\d|/hom[e]/\w+|/roo[t]/|/User[s]/\w+|[A-Z]:\\User[s]\\|host\.intern[a]l"
)


def without_comments(text):
    """The text with // comments, block comments and string contents blanked, line numbers kept."""

    def blank(match):
        found = match.group(0)
        if found.startswith("/"):
            return re.sub(r"[^\n]", " ", found)
        return '"' + re.sub(r"[^\n]", " ", found[1:-1]) + '"'

    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', blank, text, flags=re.DOTALL)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def room_of(path):
    return path.split("/", 1)[0]


def engine_rank(path):
    best = max((prefix for prefix in ENGINE if path.startswith(prefix)), key=len, default=None)
    return None if best is None else ENGINE[best]


def code_in_rooms(files):
    return {p: t for p, t in files.items() if p.endswith(CODE) and room_of(p) in ROOMS}


def check_direction(files):
    found = []
    for path, text in code_in_rooms(files).items():
        for match in INCLUDE.finditer(text):
            target, here = match.group(1), f"{path}:{line_of(text, match.start(1))}"
            own, other = room_of(path), room_of(target)
            if other not in ROOMS:
                found.append(f"{here}: \"{target}\" is not a path from the root of the tree")
            elif ROOMS[other] > ROOMS[own] or (ROOMS[other] == ROOMS[own] and other != own):
                found.append(f"{here}: {own}/ may not include {other}/ ({target})")
            elif own == other == "engine":
                a, b = engine_rank(path), engine_rank(target)
                if a is None:
                    found.append(f"{path}:1: no room of the engine holds this file (see ENGINE in house.py)")
                elif b is not None and b > a:
                    found.append(f"{here}: against the order of the engine's rooms ({target})")
    return found


def check_cycles(files):
    """Cycles of includes, each told once, from its alphabetically first file."""
    files = code_in_rooms(files)
    edges = {p: [i for i in INCLUDE.findall(t) if i in files] for p, t in files.items()}
    state, trail, found = {}, [], []

    def visit(path):
        state[path] = "open"
        trail.append(path)
        for target in edges[path]:
            if state.get(target) == "open":
                found.append("include cycle: " + " -> ".join(trail[trail.index(target):] + [target]))
            elif target not in state:
                visit(target)
        trail.pop()
        state[path] = "closed"

    for path in sorted(edges):
        if path not in state:
            visit(path)
    return found


def check_length(files):
    return [
        f"{path}:{MAX_LINES}: {n} lines, at most {MAX_LINES}"
        for path, text in files.items()
        if path.endswith(COUNTED) and (n := len(text.splitlines())) > MAX_LINES
    ]


def check_portable(files):
    found = []
    for path, text in files.items():
        if not path.endswith(CODE) or not path.startswith(BEARS_RESULTS):
            continue
        code = without_comments(text)
        patterns = [(STD_RANDOM, "differs between standard libraries: use engine/base/draw.hpp")]
        if not path.startswith(DEFINES_THEM):
            message = "differs between processors: use engine/base/portable_math.hpp"
            patterns += [(STD_CALL, message), (BARE_CALL, message)]
        for pattern, message in patterns:
            for match in pattern.finditer(code):
                found.append(f"{path}:{line_of(code, match.start())}: {match.group(0).strip(' (')} {message}")
    return found


def check_silence(files):
    """The library neither prints nor exits: only cli/ does."""
    found = []
    for path, text in code_in_rooms(files).items():
        if room_of(path) == "cli":
            continue
        code = without_comments(text)
        for match in PRINTS.finditer(code):
            found.append(f"{path}:{line_of(code, match.start())}: {match.group(0).strip(' (')} outside cli/")
    return found


def check_machine_paths(files):
    return [
        f"{path}:{line_of(text, match.start())}: a path of one machine: {match.group(0)}"
        for path, text in files.items()
        for match in MACHINE.finditer(text)
    ]


def check_decisions(files):
    """Each numbered decision is asked somewhere; one that is asked no longer says so (RETIRED_DECISION)."""
    registry = "engine/base/decisions.def"
    asked = {name for text in code_in_rooms(files).values() for name in ASKED.findall(without_comments(text))}
    return [
        f"{registry}:{line_of(text, match.start())}: nobody asks {match.group(1)}: retire it"
        for text in [files.get(registry, "")]
        for match in DECISION.finditer(text)
        if match.group(1) not in asked
    ]


def check_oracles(files):
    """A verification names at its head what it is held against."""
    return [
        f"{path}:1: the comment at its head names no oracle: what is it held against?"
        for path, text in files.items()
        if path.startswith("tests/verification/") and path.endswith("_test.cpp")
        and not ORACLE.search(text[:HEAD.match(text).end()])
    ]


CHECKS = (check_direction, check_cycles, check_length, check_portable, check_silence, check_machine_paths,
          check_decisions, check_oracles, check_documents)


def violations(files):
    """files: {path from the root: text}."""
    return [v for check in CHECKS for v in check(files)]


def tracked(root):
    """Files that git holds or would hold; without git, all but the build's."""
    listed = subprocess.run(
        ["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True, check=False,
    ) if os.path.exists(os.path.join(root, ".git")) else None
    if listed is not None and listed.returncode == 0:
        return [p for p in listed.stdout.decode().split("\0") if p]
    skipped = {".git", "build", "results", "node_modules", "__pycache__", ".cache"}
    paths = []
    for folder, folders, names in os.walk(root):
        folders[:] = [f for f in folders if f not in skipped]
        paths += [os.path.relpath(os.path.join(folder, n), root) for n in names]
    return paths


def read(root):
    files = {}
    for path in sorted(tracked(root)):
        try:
            with open(os.path.join(root, path), encoding="utf-8") as file:
                files[path] = file.read()
        except UnicodeDecodeError:
            files[path] = ""  # a picture: it is there, and has no text
        except (FileNotFoundError, IsADirectoryError):
            continue  # deleted but not yet committed
    return files


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "..", "..")
    files = read(root)
    found = violations(files)
    for violation in found:
        print(violation)
    print(f"{len(files)} files, {len(found)} violations")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
