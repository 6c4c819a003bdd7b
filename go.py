#!/usr/bin/env python3
"""Two commands on a machine with Python 3.11 or newer and nothing else.

    python go.py                set up .venv, run the baseline of Kalimantan Selatan, print the answer, write a report
    python go.py test [ARGS]    add the test tools, run the whole test suite (ARGS go to pytest)
    python go.py backlog ARGS   any backlog command, in the same environment

Installs again only when pyproject.toml has changed; takes packages from a folder named wheels when there is one.
"""
# Any Python since 2.7 must be able to read this file, so that an old one is refused in a sentence and not with a
# syntax error: hence format(), os.path and types in comments.

import hashlib
import os
import subprocess
import sys

OLDEST = (3, 11)
FOLDER = os.path.dirname(os.path.abspath(__file__))
ENVIRONMENT = os.path.join(FOLDER, ".venv")
STAMP = os.path.join(ENVIRONMENT, "installed.txt")
LOG = os.path.join(ENVIRONMENT, "install.log")
WHEELS = os.path.join(FOLDER, "wheels")
BASELINE = os.path.join("scenarios", "kalsel", "baseline.yaml")
REPORT = os.path.join("runs", "report.html")
PLAIN = ""
WHOLE = "[fast,report]"  # machine code, and reports; where their packages cannot be had, everything else works without
LESSER = ["[report]", PLAIN]
WITH_TEST_TOOLS = "[dev]"


class SetUpError(Exception):
    """What stands in the way, in one sentence that says what to do."""


def say(text):  # type: (str) -> None
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def age_problem(version):  # type: (tuple[int, int]) -> str | None
    if version >= OLDEST:
        return None
    return "Python {}.{} or newer is needed and this is {}.{}: install a newer one, then run go.py with it.".format(
        *(OLDEST + version)
    )


def module_problem(version, present):  # type: (tuple[int, int], bool) -> str | None
    if present:
        return None
    return (
        "This Python cannot make environments, its venv module is missing: install it "
        "(on Debian and Ubuntu: sudo apt install python{}.{}-venv), then run this again.".format(*version)
    )


def has_venv():  # type: () -> bool
    """Whether this Python can make an environment with pip; some systems package these two modules apart."""
    import importlib.util  # not in Python 2

    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def python_in(environment, system):  # type: (str, str) -> str
    """Path of the interpreter of an environment on a system, named as in os.name."""
    return os.path.join(environment, *(("Scripts", "python.exe") if system == "nt" else ("bin", "python")))


def stamp(extras, project, place):  # type: (str, bytes, str) -> str
    """Digest of all that an installation depends on: pyproject.toml, the extras, where the folder is."""
    return hashlib.sha256(b"\0".join([project, extras.encode(), place.encode("utf-8", "surrogateescape")])).hexdigest()


def is_installed(extras, written, project, place):  # type: (str, str, bytes, str) -> bool
    """Whether the stamp that was written covers these extras; with test tools covers without."""
    return written.strip() in [stamp(wanted, project, place) for wanted in {extras, WITH_TEST_TOOLS}]


def install_command(python, extras, wheels):  # type: (str, str, str | None) -> list[str]
    """The pip command that installs this folder, from a folder of wheels when one is given."""
    offline = ["--no-index", "--find-links", wheels] if wheels else []
    command = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    return command + offline + ["--editable", FOLDER + extras]


def last_error(log):  # type: (str) -> str
    """The last line in which pip names an error, or its last line at all."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")]
    return (errors or lines or ["no message"])[-1]


def read(path):  # type: (str) -> bytes
    with open(path, "rb") as file:
        return file.read()


def run(command, folder=None):  # type: (list[str], str | None) -> int
    """Exit code of a command; the shell's 128 + signal when a signal ended it."""
    code = subprocess.call(command, cwd=folder)
    return code if code >= 0 else 128 - code


def logged(command):  # type: (list[str]) -> int
    with open(LOG, "ab") as log:
        return subprocess.call(command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)


def works(python):  # type: (str) -> bool
    """Whether an interpreter is there, runs, is new enough and has pip: false for a half-made environment."""
    check = "import sys, pip; sys.exit(sys.version_info < {!r})".format(OLDEST)
    try:
        return subprocess.call([python, "-c", check], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def makes_reports(python):  # type: (str) -> bool
    """Whether what reports need could be installed."""
    return subprocess.call([python, "-c", "import docx, jinja2, vl_convert"], stderr=subprocess.DEVNULL) == 0


def make_environment():  # type: () -> None
    say("Making the environment .venv ...")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", ENVIRONMENT], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if made.returncode != 0:
        raise SetUpError(
            "Could not make the folder .venv ({}): delete it, check that this folder can be written to, "
            "then run this again.".format(last_error(made.stdout.decode(errors="replace")))
        )


def install(python, extras):  # type: (str, str) -> None
    wheels = WHEELS if os.path.isdir(WHEELS) else None
    say("Installing from {} (once, a minute or two) ...".format("wheels/" if wheels else "the package index"))
    if os.path.exists(STAMP):
        os.remove(STAMP)
    if os.path.exists(LOG):
        os.remove(LOG)
    attempts = [WHOLE] + LESSER if extras == WHOLE else [extras]
    if all(logged(install_command(python, each, wheels)) != 0 for each in attempts):
        raise SetUpError(
            "Could not install the packages ({}): {}, then run this again; all that pip said is in {}.".format(
                last_error(read(LOG).decode("utf-8", "replace")),
                "add what is missing to the folder wheels"
                if wheels
                else "connect to the internet, or put their wheels into a folder named wheels beside go.py",
                os.path.relpath(LOG, FOLDER),
            )
        )


def ready_python(extras):  # type: (str) -> str
    """Interpreter of .venv with this folder and the extras installed; makes, repairs and installs when needed."""
    python = python_in(ENVIRONMENT, os.name)
    if not works(python):
        make_environment()
    project = read(os.path.join(FOLDER, "pyproject.toml"))
    written = read(STAMP).decode() if os.path.exists(STAMP) else ""
    if not is_installed(extras, written, project, FOLDER):
        install(python, extras)
        with open(STAMP, "w") as file:
            file.write(stamp(extras, project, FOLDER) + "\n")
    return python


def carry_out(arguments):  # type: (list[str]) -> int
    """Exit code of what was asked for."""
    word, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if word == "":
        python = ready_python(WHOLE)
        code = run([python, "-m", "backlog_model", "run", BASELINE], FOLDER)
        if code == 0 and makes_reports(python):
            code = run([python, "-m", "backlog_model", "report", BASELINE, "--out", REPORT], FOLDER)
        return code
    if word == "test":
        return run([ready_python(WITH_TEST_TOOLS), "-m", "pytest"] + rest, FOLDER)
    if word == "backlog":
        return run([ready_python(WHOLE), "-m", "backlog_model"] + rest)
    say((__doc__ or "").strip())
    return 0 if word in ("-h", "--help") else 2


def main(arguments):  # type: (list[str]) -> int
    version = (sys.version_info[0], sys.version_info[1])
    problem = age_problem(version) or module_problem(version, has_venv())
    if problem:
        say(problem)
        return 1
    try:
        return carry_out(arguments)
    except SetUpError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
