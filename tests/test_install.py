"""The wheel holds all that a contract needs: built, installed in an empty environment, used far from the sources."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest
from samples_of import ROOT, SAMPLES, opened, sample

SOURCES = ("dpa_gen", "clauses", "templates", "setup.cfg", "pyproject.toml", "README.md", "LICENSE")
PROGRAMS = "Scripts" if sys.platform == "win32" else "bin"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that nothing is left behind among the sources."""
    folder = tmp_path_factory.mktemp("build")
    for name in SOURCES:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--skip-dependency-check", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next((folder / "dist").glob("*.whl"))


@pytest.fixture(scope="session")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing but the wheel; the packages it depends on are borrowed from the one of the tests."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / PROGRAMS / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", str(wheel)]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    paths = {"base": str(folder / "env"), "platbase": str(folder / "env")}
    own = Path(sysconfig.get_path("purelib", scheme="venv", vars=paths))
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (own / "borrowed.pth").write_text("\n".join(sorted(borrowed)))
    return folder


def run(elsewhere: Path, *words: str) -> str:
    """What the installed program prints."""
    program = elsewhere / "env" / PROGRAMS / words[0]
    done = subprocess.run([str(program), *words[1:]], cwd=elsewhere, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_wheel_holds_clauses_templates_and_data_and_nothing_of_the_tests(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for package, folder in (("dpa_gen/clauses", "clauses"), ("dpa_gen/templates", "templates"), ("dpa_gen/data", "")):
        source = ROOT / (folder or package)
        wanted = {f"{package}/{file.relative_to(source).as_posix()}" for file in source.rglob("*.yaml")}
        wanted |= {f"{package}/{file.name}" for file in source.glob("*.docx")}
        assert wanted <= names
    modules = {file.relative_to(ROOT).as_posix() for file in (ROOT / "dpa_gen").rglob("*.py")}
    assert modules <= names
    assert "dpa_gen/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "samples/", "docs/"))]


def test_the_installed_program_is_the_one_of_the_wheel(elsewhere: Path) -> None:
    where = run(elsewhere, "python", "-c", "import dpa_gen, dpa_gen.clauses; print(dpa_gen.__file__)")
    assert Path(where).is_relative_to(elsewhere)


def test_the_installed_program_makes_a_contract_far_from_the_sources(elsewhere: Path) -> None:
    shutil.copy(SAMPLES / "volledig" / "overeenkomst.yaml", elsewhere / "mijn.yaml")
    told = run(elsewhere, "dpa-gen", "generate", "mijn.yaml")
    made = (elsewhere / told).read_bytes()
    assert opened(made).paragraphs[0].text == "Verwerkersovereenkomst"
    assert made == sample("volledig/overeenkomst.yaml", "nl").content
