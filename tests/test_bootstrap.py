"""The first start and every later one: .venv made, kept, renewed and swapped; a reason in Chinese when it cannot be."""

import ast
import base64
import contextlib
import errno
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from importlib import metadata, util
from pathlib import Path
from typing import IO, Any

import pytest
from packaging.requirements import Requirement

from pipeline import bootstrap, environment, installation
from tests import programs

LOCK = """\
# a comment
six==1.17.0 \\
    --hash=sha256:aa
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:bb
tzdata==2025.1 ; sys_platform != 'nowhere'
"""
REAL_LOCK = (bootstrap.CHECKOUT / "requirements.txt").read_text(encoding="utf-8")
posix_only = pytest.mark.skipif(os.name == "nt", reason="signals, and files that block, as POSIX has them")


# ---- the lock --------------------------------------------------------------------------------------------------


def test_the_lock_is_read_with_its_markers() -> None:
    assert environment.requirements(LOCK) == [
        ("six", "1.17.0", ""),
        ("colorama", "0.4.6", "sys_platform == 'win32'"),
        ("tzdata", "2025.1", "sys_platform != 'nowhere'"),
    ]


def test_an_environment_that_has_the_locked_packages_is_used_as_it_is() -> None:
    assert environment.has_packages(REAL_LOCK)
    assert environment.has_packages(REAL_LOCK + "\nnowhere==1.0 ; sys_platform == 'nowhere'\n")
    assert not environment.has_packages(REAL_LOCK + "\nnowhere==1.0 ; sys_platform != 'nowhere'\n")
    assert not environment.has_packages(REAL_LOCK.replace("\npandas==", "\npandas==0"))
    assert not environment.has_packages("nowhere-at-all==1.0")


def test_every_locked_package_has_hashes() -> None:
    requirements = [line for line in REAL_LOCK.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(requirements) > 100
    assert all(line.endswith("\\") for line in requirements)  # a hash follows on the next line


def needed(name: str, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """(name, extras) of what a package asks for on this system."""
    for text in metadata.requires(name) or []:
        requirement = Requirement(text)
        if not requirement.marker or any(requirement.marker.evaluate({"extra": extra}) for extra in {"", *extras}):
            yield re.sub(r"[-_.]+", "-", requirement.name).lower(), frozenset(requirement.extras)


def test_the_lock_holds_all_that_its_packages_need() -> None:
    """pip is told not to look for more (--no-deps)."""
    locked = {name for name, _, _ in environment.requirements(REAL_LOCK)}
    asked = (bootstrap.CHECKOUT / "pipeline" / "requirements.in").read_text(encoding="utf-8").splitlines()
    waiting = [(line.lower(), frozenset[str]()) for line in asked if line and not line.startswith("#")]
    known: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        package = waiting.pop()
        if package not in known:
            known.add(package)
            waiting += needed(*package)
    assert len(known) > 100
    assert {name for name, _ in known} <= locked


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "磁盘空间不足"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "指纹不符"),
        ("Failed to establish: NewConnectionError(...)", "连不上软件源"),
        ("[WinError 5] 拒绝访问。: 'C:\\\\x'", "没有写入权限"),
        ("ERROR: No matching distribution found for pandas==3.1.1", "缺少适合本机的程序包"),
        ("Error: [Errno 1] python -m ensurepip failed", "不能建立虚拟环境"),
        ("something else", "请把下面的原因告诉维护人员"),
    ],
)
def test_a_failure_says_what_to_do(words: str, advice: str) -> None:
    assert advice in installation._reason(words)


# ---- a real one, small and offline -----------------------------------------------------------------------------

CLI = """\
import sys, weeklytiny
def main(arguments):
    print(weeklytiny.VERSION, sys.prefix)
    return 7 if arguments == ["check"] else 1
"""


def wheel(folder: Path, version: str, name: str = "weeklytiny") -> str:
    """A wheel with one module, and one test that no Python can compile; its line in a lock."""
    folder.mkdir(exist_ok=True)
    path, facts = folder / f"{name}-{version}-py3-none-any.whl", f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": f"VERSION = '{version}'\n",
        f"{name}/python2.py": "print 'not compiled'\n",
        f"{name}/tests/__init__.py": "",
        f"{facts}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{facts}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()},{len(text.encode())}"
        for name, text in files.items()
    ]
    files[f"{facts}/RECORD"] = "\n".join([*record, f"{facts}/RECORD,,", ""])
    with zipfile.ZipFile(path, "w") as archive:
        for member, text in files.items():
            archive.writestr(member, text)
    return f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def lock(folder: Path, version: str) -> None:
    """Ask for another version."""
    (folder / "requirements.txt").write_text(wheel(folder / "wheelhouse", version), encoding="utf-8")


def command(folder: Path, python: Path | str = sys.executable) -> dict[str, Any]:
    """How `python -m pipeline check` is started in a folder, without network and on a machine that keeps no bytecode."""
    variables = {**os.environ, "PIP_NO_INDEX": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    variables.pop("PYTHONPATH", None)
    return {"args": [str(python), "-m", "pipeline", "check"], "cwd": folder, "env": variables, "encoding": "utf-8"}


def start(folder: Path, python: Path | str = sys.executable) -> tuple[int, str, str]:
    """Its status, what it printed, what it said."""
    done = subprocess.run(**command(folder, python), capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


def runs(folder: Path, version: str = "1.0") -> tuple[int, str, str]:
    """What a start says that finds all it needs."""
    return 7, f"{version} {(folder / '.venv').resolve()}\n", ""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A small project with the real start, after its first start; what that said."""
    folder = tmp_path_factory.mktemp("made") / "户厕 周报"
    (folder / "pipeline").mkdir(parents=True)
    for name in (
        "__init__.py",
        "__main__.py",
        "apart.py",
        "bootstrap.py",
        "environment.py",
        "installation.py",
        "locks.py",
        "terminal.py",
    ):
        shutil.copy(Path(bootstrap.__file__).parent / name, folder / "pipeline" / name)
    (folder / "pipeline" / "cli.py").write_text(CLI, encoding="utf-8")
    lock(folder, "1.0")
    status, _, words = start(folder)
    assert status == 7, words
    return folder, words


@pytest.fixture
def checkout(made: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of it, without the packages: there is no installing it again."""
    folder = tmp_path / "抄来的 周报"
    shutil.copytree(made[0], folder, symlinks=True, copy_function=shutil.copyfile)  # files get new times
    shutil.rmtree(folder / "wheelhouse")
    return folder


def test_the_first_start_installs_and_the_next_just_runs(made: tuple[Path, str]) -> None:
    folder, words = made
    assert "首次使用" in words
    assert start(folder) == runs(folder)
    assert not environment.leftovers(folder / ".venv")


def test_all_is_compiled_packages_for_good_and_our_own_until_edited(made: tuple[Path, str]) -> None:
    """Though the machine keeps no bytecode. A copied or read-only folder stays compiled: no time of a file counts."""
    folder, _ = made
    unchecked, checked = 1, 3  # the flags of PEP 552
    packages = next((folder / ".venv").rglob("weeklytiny"))
    compiled = {path.relative_to(packages).as_posix().partition(".")[0]: path for path in packages.rglob("*.pyc")}
    assert {name: path.read_bytes()[4] for name, path in compiled.items()} == {"__pycache__/__init__": unchecked}
    ours = {path.name.partition(".")[0]: path.read_bytes()[4] for path in (folder / "pipeline").rglob("*.pyc")}
    assert ours == dict.fromkeys(
        ["__init__", "__main__", "apart", "bootstrap", "cli", "environment", "installation", "locks", "terminal"],
        checked,
    )


# ---- what is no reason to install ------------------------------------------------------------------------------


def test_a_moved_or_copied_folder_just_runs_without_network(checkout: Path, tmp_path: Path) -> None:
    assert start(checkout) == runs(checkout)
    moved = tmp_path / "别处" / "周报"
    moved.parent.mkdir()
    checkout.rename(moved)
    assert start(moved) == runs(moved)


def test_a_folder_seen_by_another_path_just_runs(checkout: Path, tmp_path: Path) -> None:
    link = tmp_path / "快捷"
    link.symlink_to(checkout, target_is_directory=True)
    status, printed, words = start(link, environment.python(link / ".venv"))
    assert (status, words) == (7, "")
    assert printed == f"1.0 {link / '.venv'}\n"  # in this process: there is no other name for it to start again by
    assert start(link) == runs(checkout)


def test_an_environment_whose_python_is_gone_takes_the_running_one(checkout: Path) -> None:
    """Another PC, or a Python that was updated into another folder. The packages stay as they are."""
    settings, program = checkout / ".venv" / "pyvenv.cfg", environment.python(checkout / ".venv")
    settings.write_text(
        re.sub("(?m)^(home|executable) = .*", r"\1 = /nowhere/python", settings.read_text("utf-8")), "utf-8"
    )
    assert start(checkout) == runs(checkout)
    assert "nowhere" not in settings.read_text("utf-8")
    program.unlink()
    program.symlink_to("/nowhere/python")
    assert start(checkout) == runs(checkout)


def test_a_patch_of_python_is_no_reason_to_install_another_minor_version_or_system_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = environment.mark(LOCK)
    monkeypatch.setattr(sys, "version", "3.11.99 (main)")
    monkeypatch.setattr(sys, "version_info", (*sys.version_info[:2], 99, "final", 0))
    assert environment.mark(LOCK) == before
    for suffix in (".cpython-399-x86_64-linux-gnu.so", ".cp311-win_amd64.pyd"):
        monkeypatch.setattr(environment, "EXTENSION_SUFFIXES", [suffix])
        assert environment.mark(LOCK) != before


def test_what_earlier_installs_left_is_swept(checkout: Path) -> None:
    for name in (environment.FRESH, environment.RETIRED):
        shutil.copytree(checkout / ".venv", checkout / name, symlinks=True)
        environment.stamp(checkout / name).unlink()
    assert start(checkout) == runs(checkout)
    assert not environment.leftovers(checkout / ".venv")


# ---- a renewal, and what becomes of the old one when it fails --------------------------------------------------


def test_another_lock_makes_it_anew(checkout: Path) -> None:
    lock(checkout, "2.0")
    (checkout / ".venv" / "rubbish").touch()
    status, printed, words = start(checkout)
    assert (status, printed) == runs(checkout, "2.0")[:2]
    assert "程序包或 Python 有更新" in words
    assert not (checkout / ".venv" / "rubbish").exists()
    assert not environment.leftovers(checkout / ".venv")


def test_what_a_cluster_needs_is_installed_again_where_it_was(checkout: Path) -> None:
    """Its lock holds some of the packages of the other: with the same hashes."""
    lock(checkout, "2.0")
    extra = wheel(checkout / "wheelhouse", "5.0", "distributed")
    both = (checkout / "requirements.txt").read_text("utf-8") + extra
    (checkout / "pipeline/requirements-cluster.txt").write_text(both, encoding="utf-8")
    assert start(checkout)[0] == 7
    assert not list((checkout / ".venv").rglob("distributed-5.0.dist-info"))
    next((checkout / ".venv").rglob("weeklytiny-2.0.dist-info")).with_name("distributed-4.0.dist-info").mkdir()
    lock(checkout, "3.0")
    both = (checkout / "requirements.txt").read_text("utf-8") + extra
    (checkout / "pipeline/requirements-cluster.txt").write_text(both, encoding="utf-8")
    assert start(checkout)[:2] == runs(checkout, "3.0")[:2]
    assert len(list((checkout / ".venv").rglob("distributed-5.0.dist-info"))) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("weeklytiny==3.0 \\\n    --hash=sha256:" + "0" * 64, "缺少适合本机的程序包"),
        ("weeklytiny==2.0 \\\n    --hash=sha256:" + "0" * 64, "程序包与锁定的指纹不符，没有安装"),
    ],
)
def test_a_renewal_that_fails_says_why_and_leaves_the_old_one(checkout: Path, text: str, words: str) -> None:
    old = (checkout / "requirements.txt").read_text("utf-8")
    wheel(checkout / "wheelhouse", "2.0")
    (checkout / "requirements.txt").write_text(text, encoding="utf-8")
    status, printed, error = start(checkout)
    assert (status, printed) == (2, "")  # never with other packages than the locked ones
    assert words in error
    assert "原有的运行环境没有改动" in error
    assert "ERROR" in (checkout / ".venv.log").read_text("utf-8")
    assert not environment.leftovers(checkout / ".venv")
    (checkout / "requirements.txt").write_text(old, encoding="utf-8")
    shutil.rmtree(checkout / "wheelhouse")
    assert start(checkout) == runs(checkout)


Hang = Callable[[], tuple["subprocess.Popen[str]", IO[bytes]]]


@pytest.fixture
def hang(checkout: Path) -> Iterator[Hang]:
    """Start a renewal whose pip waits for a wheel that is a named pipe; the installer, and the pipe's other end."""
    with contextlib.ExitStack() as ends:

        def begin() -> tuple["subprocess.Popen[str]", IO[bytes]]:
            lock(checkout, "2.0")
            path = next((checkout / "wheelhouse").iterdir())
            path.unlink()
            os.mkfifo(path)
            process = subprocess.Popen(**command(checkout), stderr=subprocess.PIPE, start_new_session=True)
            ends.enter_context(process)
            end = ends.enter_context(opened(path))
            path.unlink()
            lock(checkout, "2.0")  # the next start finds a real one
            return process, end

        yield begin


def opened(path: Path) -> IO[bytes]:
    """The writing end of a named pipe, as soon as somebody reads it."""
    for _ in range(600):
        try:
            return os.fdopen(os.open(path, os.O_WRONLY | os.O_NONBLOCK), "wb")
        except OSError as error:
            assert error.errno == errno.ENXIO  # nobody yet
            time.sleep(0.05)
    raise AssertionError("pip did not come to its wheel")


@posix_only
def test_a_renewal_that_was_killed_leaves_the_old_one_and_the_next_start_renews(checkout: Path, hang: Hang) -> None:
    old = (checkout / "requirements.txt").read_text("utf-8")
    installer, _ = hang()
    os.killpg(installer.pid, signal.SIGKILL)
    new = (checkout / "requirements.txt").read_text("utf-8")
    assert environment.leftovers(checkout / ".venv") == [checkout / environment.FRESH]
    (checkout / "requirements.txt").write_text(old, encoding="utf-8")
    assert start(checkout) == runs(checkout)
    assert not environment.leftovers(checkout / ".venv")
    (checkout / "requirements.txt").write_text(new, encoding="utf-8")
    assert start(checkout)[:2] == runs(checkout, "2.0")[:2]


@posix_only
def test_a_pip_that_outlives_its_installer_is_waited_for(checkout: Path, hang: Hang) -> None:
    installer, end = hang()
    installer.kill()
    with subprocess.Popen(**command(checkout), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as second:
        assert second.stderr
        assert second.stderr.readline() == "另一个窗口正在安装运行环境，请稍候…\n"
        assert (checkout / environment.FRESH).is_dir()
        end.close()
        assert second.communicate()[0] == runs(checkout, "2.0")[1]


@posix_only
def test_an_interrupted_renewal_says_so_and_leaves_the_old_one(checkout: Path, hang: Hang) -> None:
    installer, _ = hang()
    os.killpg(installer.pid, signal.SIGINT)
    assert "安装已中断。重新运行时会从头安装。\n原有的运行环境没有改动。" in installer.communicate()[1]
    assert installer.returncode == 2
    assert not environment.leftovers(checkout / ".venv")
    assert environment.python(checkout / ".venv").is_file()


@pytest.fixture
def waiting(checkout: Path) -> Path:
    """A checkout whose lock has changed, with a new environment that fits it and was not swapped in."""
    text = (checkout / "requirements.txt").read_text("utf-8") + "# changed\n"
    (checkout / "requirements.txt").write_text(text, encoding="utf-8")
    shutil.copytree(checkout / ".venv", checkout / environment.FRESH, symlinks=True)
    environment.stamp(checkout / environment.FRESH).write_text(environment.mark(text), encoding="utf-8")
    return checkout


@pytest.mark.parametrize("is_between", [False, True])
def test_a_start_killed_before_or_between_the_two_renames_is_mended(waiting: Path, is_between: bool) -> None:
    home = waiting / ".venv"
    if is_between:
        home.rename(waiting / environment.RETIRED)
    assert start(waiting) == (*runs(waiting)[:2], "运行环境已装好。\n")
    assert "# changed" in environment.stamp(home).read_text("utf-8")
    assert not environment.leftovers(home)


def here(checkout: Path, patch: pytest.MonkeyPatch) -> int:
    """The start in this process, so that parts can be replaced."""
    patch.setattr(bootstrap, "CHECKOUT", checkout)
    for stream in (sys.stdout, sys.stderr):
        patch.setattr(stream, "reconfigure", lambda **_: None, raising=False)
    return bootstrap.ensure(["check"]) or 0


def test_the_last_one_is_put_back_before_a_new_one_is_tried(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A start was killed between the renames, then the lock changed again, and what it asks for cannot be had."""
    (checkout / ".venv").rename(checkout / environment.RETIRED)
    lock(checkout, "2.0")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(installation, "_build", full)
    assert here(checkout, monkeypatch) == 2
    assert "weeklytiny==1.0" in environment.stamp(checkout / ".venv").read_text("utf-8")


@pytest.mark.parametrize("held", [".venv", environment.FRESH])
def test_an_environment_in_use_stays_and_the_new_one_is_kept_for_the_next_start(
    waiting: Path, capsys: pytest.CaptureFixture[str], held: str
) -> None:
    """Windows renames no folder in which a program is open; a virus scanner holds a new one."""
    rename = Path.rename

    def refused(self: Path, target: Path) -> Path:
        if self.name == held:
            raise PermissionError(errno.EACCES, "拒绝访问", str(self))
        return rename(self, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "rename", refused)
        assert here(waiting, patch) == 2
    assert "请关闭 JupyterLab 等程序后重新运行" in capsys.readouterr().err
    assert "# changed" not in environment.stamp(waiting / ".venv").read_text("utf-8")
    assert start(waiting) == (*runs(waiting)[:2], "运行环境已装好。\n")


# ---- the start itself ------------------------------------------------------------------------------------------


def test_an_ordinary_start_loads_nothing_heavy(checkout: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from pipeline import bootstrap; before = set(sys.modules);"
        f"bootstrap.CHECKOUT = Path({str(checkout)!r}); bootstrap._run = lambda python, arguments: 7;"
        "assert bootstrap.ensure([]) == 7; from pipeline import cli; print(*sorted(sys.modules))"
    )
    # -S: what the machine's own site packages load at every start is not ours
    ran = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=bootstrap.CHECKOUT, capture_output=True, text=True, check=True
    )
    heavy = {
        "venv",
        "hashlib",
        "importlib.metadata",
        "packaging",
        "pandas",
        "pipeline.installation",
        "pipeline.archive",
    }
    assert heavy.isdisjoint(ran.stdout.split())


def test_the_start_is_readable_to_old_pythons() -> None:
    """So that they get as far as the message that they are too old."""
    for name in ("__main__.py", "apart.py", "bootstrap.py", "environment.py", "terminal.py"):
        source = (Path(bootstrap.__file__).parent / name).read_text(encoding="utf-8")
        ast.parse(source, feature_version=(3, 7))


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_documents_name_modules_not_console_scripts(name: str) -> None:
    """Console scripts hold the path where they were installed, and no folder stays where it was."""
    text = (bootstrap.CHECKOUT / name).read_text(encoding="utf-8")
    assert set(re.findall(r"\.venv[/\\](?:bin|Scripts)[/\\](\w+)", text)) == {"python"}
    named = set(re.findall(r"\.venv[/\\](?:bin|Scripts)[/\\]python -m (\w+)", text))
    assert {"jupyterlab", "papermill"} <= named
    of_the_extra = set() if programs.path(programs.DASK) else {"dask"}  # optional: no test may want it to be there
    assert all(util.find_spec(f"{module}.__main__") for module in named - of_the_extra)
