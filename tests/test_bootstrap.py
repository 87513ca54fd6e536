"""The first start: .venv made from a lock, redone when it was interrupted, and a reason in Chinese when it cannot be."""

import ast
import base64
import hashlib
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline import bootstrap

LOCK = """\
# a comment
six==1.17.0 \\
    --hash=sha256:aa
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:bb
tzdata==2025.1 ; sys_platform != 'nowhere'
"""


def test_the_lock_is_read_for_this_system_only() -> None:
    found = dict(bootstrap.locked(LOCK))
    assert found["six"] == "1.17.0"
    assert found["tzdata"] == "2025.1"
    assert ("colorama" in found) == (sys.platform == "win32")


def test_an_environment_that_has_the_locked_packages_is_used_as_it_is() -> None:
    lock = (bootstrap.CHECKOUT / "requirements.txt").read_text(encoding="utf-8")
    assert bootstrap.has_packages(lock)
    assert not bootstrap.has_packages(lock.replace("\npandas==", "\npandas==0"))
    assert not bootstrap.has_packages("nowhere-at-all==1.0")


def test_every_locked_package_has_hashes() -> None:
    lock = (bootstrap.CHECKOUT / "requirements.txt").read_text(encoding="utf-8")
    requirements = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(requirements) > 100
    assert all(line.endswith("\\") for line in requirements)  # a hash follows on the next line


@pytest.mark.parametrize(
    ("said", "advice"),
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
def test_a_failure_says_what_to_do(said: str, advice: str) -> None:
    assert advice in bootstrap._reason(said)


# ---- a real one, small and offline -----------------------------------------------------------------------------


def wheel(folder: Path) -> str:
    """A wheel with one module; its sha256."""
    folder.mkdir(exist_ok=True)
    path = folder / "weeklytiny-1.0-py3-none-any.whl"
    files = {
        "weeklytiny.py": "WORD = '好'\n",
        "weeklytiny-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: weeklytiny\nVersion: 1.0\n",
        "weeklytiny-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()},{len(text.encode())}"
        for name, text in files.items()
    ]
    files["weeklytiny-1.0.dist-info/RECORD"] = "\n".join([*record, "weeklytiny-1.0.dist-info/RECORD,,", ""])
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project whose command imports the locked package and ends with status 7."""
    folder = tmp_path / "户厕 周报"
    (folder / "pipeline").mkdir(parents=True)
    (folder / "pipeline" / "__init__.py").touch()
    code = "import sys, weeklytiny\nsys.exit(7 if weeklytiny.WORD == '好' and sys.argv[1:] == ['check'] else 1)\n"
    (folder / "pipeline" / "__main__.py").write_text(code, encoding="utf-8")
    digest = wheel(folder / "wheelhouse")
    (folder / "requirements.txt").write_text(f"weeklytiny==1.0 \\\n    --hash=sha256:{digest}\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(bootstrap, "CHECKOUT", folder)
    monkeypatch.setattr(sys.stdout, "reconfigure", lambda **_: None, raising=False)
    monkeypatch.setattr(sys.stderr, "reconfigure", lambda **_: None, raising=False)
    return folder


def test_the_first_start_installs_offline_and_runs_the_command_the_next_just_runs(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.ensure(["check"]) == 7
    assert "首次使用" in capsys.readouterr().err
    assert bootstrap.ensure(["check"]) == 7
    assert capsys.readouterr().err == ""
    # an interrupted install has no stamp; a changed lock has another one: both are made anew
    (checkout / ".venv" / "installed").unlink()
    (checkout / ".venv" / "rubbish").write_text("x")
    assert bootstrap.ensure(["check"]) == 7
    assert "首次使用" in capsys.readouterr().err
    assert not (checkout / ".venv" / "rubbish").exists()


def test_a_package_with_another_hash_is_not_installed(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = checkout / "requirements.txt"
    lock.write_text(f"weeklytiny==1.0 \\\n    --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    assert bootstrap.ensure(["check"]) == 2
    assert "程序包与锁定的指纹不符，没有安装" in capsys.readouterr().err
    assert not (checkout / ".venv" / "installed").exists()


def test_the_start_is_readable_to_old_pythons() -> None:
    """So that they get as far as the message that they are too old."""
    for name in ("__main__.py", "bootstrap.py"):
        source = (Path(bootstrap.__file__).parent / name).read_text(encoding="utf-8")
        ast.parse(source, feature_version=(3, 7))
