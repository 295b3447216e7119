"""What the documents point at must exist: links, headings, files, commands, options and scenarios."""
import posixpath
import re

LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CALL = re.compile(r"\./tremplin((?:[ ]+[^\s`#|,;:()…]+)*)")
COMMAND = re.compile(r'\bCommand\{"([^"]+)"')
OPTION = re.compile(r'"(--[a-z-]+)"')
PATH = re.compile(r"(?:engine|scenarios|calibration|outputs|cli|tests|tools|docs)/[\w./-]*[\w/]")
TAKE_SCENARIOS = ("compare", "run", "snapshot", "winners", "lives", "scenario show")
# Names groups of result files as folders are named.
NAMES_GROUPS = ("outputs/FORMAT.md",)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def anchors_of(text):
    """The anchors that headings get: lower case, blanks to hyphens, other marks away."""
    found = set()
    for heading in HEADING.findall(FENCE.sub("", text)):
        plain = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
        found.add(plain.replace(" ", "-"))
    return found


def exists(files, path):
    folder = path.rstrip("/") + "/"
    return path in files or any(known.startswith(folder) for known in files)


def check_links(path, text, files):
    for match in LINK.finditer(FENCE.sub(lambda found: re.sub(r"[^\n]", " ", found.group(0)), text)):
        target, _, anchor = match.group(1).partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        full = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
        here = f"{path}:{line_of(text, match.start())}"
        if not exists(files, full):
            yield f"{here}: no such file: {match.group(1)}"
        elif anchor and anchor not in anchors_of(files.get(full, "")):
            yield f"{here}: no such heading: {match.group(1)}"


def check_paths(path, text, files):
    if path in NAMES_GROUPS:
        return
    for match in CODE.finditer(text):
        name = match.group(1)
        both = any(known.startswith(name + ".") for known in files)  # `outputs/report`: .hpp and .cpp
        if PATH.fullmatch(name) and not both and not exists(files, name):
            yield f"{path}:{line_of(text, match.start())}: no such file: {name}"


def command_of(words, commands):
    """The longest command that the words begin with; None if there is none."""
    for n in (2, 1):
        if " ".join(words[:n]) in commands:
            return " ".join(words[:n])
    return None


def check_calls(path, text, files):
    commands = set(COMMAND.findall(files.get("cli/program.cpp", "")))
    if not commands:
        return
    options = set(OPTION.findall(files.get("cli/arguments.cpp", ""))) | {"--help", "--version", "--quiet"}
    scenarios = {posixpath.basename(known)[:-5] for known in files
                 if re.match(r"scenarios/(bases|reforms|practices|shocks)/[^/]+\.yaml$", known)}
    for match in CALL.finditer(text):
        here, words = f"{path}:{line_of(text, match.start())}", match.group(1).split()
        if words[:2] == ["mpi", "-n"]:  # ./tremplin itself starts the processes
            words = words[3:]
        for word in words:
            if word.startswith("--") and word.partition("=")[0] not in options:
                yield f"{here}: no such option: {word}"
        if not words or words[0].startswith("-") or words[0].isupper():
            continue
        command = command_of(words, commands)
        group = any(known.startswith(words[0] + " ") for known in commands)
        if command is None and not (group and len(words) == 1):
            yield f"{here}: no such command: {' '.join(words[:2])}"
        if command in TAKE_SCENARIOS:
            yield from check_names(here, words[len(command.split()):], scenarios)


def check_names(here, words, scenarios):
    for word in words:
        if word.startswith("--"):
            break
        for name in word.split("+"):
            if re.fullmatch(r"[a-z][a-z0-9-]*", name) and name not in scenarios:
                yield f"{here}: no such scenario: {name}"


def check_documents(files):
    return [violation for path, text in files.items() if path.endswith(".md")
            for check in (check_links, check_paths, check_calls) for violation in check(path, text, files)]
