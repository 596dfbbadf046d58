"""How fast dpa-gen is against plain docxtpl: both in turn in one go, with medians, spread, ratios and where time goes.

Plain docxtpl opens the template, renders and saves, with the context made ready beforehand. dpa-gen does everything:
it reads the YAML, validates, assembles, checks what the law demands, fills, zips and writes. Run with `make bench`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from lxml import etree

sys.path.insert(0, str(Path(__file__).parent))

from counterparties import write_workspace
from reviewing import reviewing

from dpa_gen import intake
from dpa_gen.batch.plan import Order
from dpa_gen.batch.running import run
from dpa_gen.files import write
from dpa_gen.generate import Wishes, contracts, prepare
from dpa_gen.house import house_style, localised, template_bytes
from dpa_gen.ooxml import Writer
from dpa_gen.package import packed, unpacked
from dpa_gen.pattern import key
from dpa_gen.word import Slots, context
from dpa_gen.workspaces import descriptions

WISHES = Wishes()
PAPER = Path(__file__).parents[2] / "samples" / "complete" / "agreement.yaml"
LOOK, LANGUAGE = "plain", "nl"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PROGRAM = [sys.executable, "-c", "from dpa_gen.cli import run; run()"]
PLAIN_SCRIPT = """\
import json, sys
from docxtpl import DocxTemplate
template, facts, target = sys.argv[1:]
with open(facts, encoding="utf-8") as file:
    context = json.load(file)
document = DocxTemplate(template)
document.render(context)
document.save(target)
"""


def main() -> None:
    """Measure everything and print it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer contracts, for a first look")
    quick = options.parse_args().quick
    count, rounds, plainly, many = (400, 3, 8, 2_000) if quick else (2_000, 5, 40, 10_000)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    with tempfile.TemporaryDirectory(prefix="dpa-gen-bench-") as folder:
        bench = Bench(Path(folder), count)
        print(f"One process, warm: {count} different descriptions, in turn ({rounds} rounds)\n")
        bench.in_turn(rounds, plainly)
        bench.steps()
        bench.processes()
        bench.first()
        bench.help()
    reviewing(next(contracts(prepare(PAPER, WISHES), WISHES)).content)
    for each in dict.fromkeys((many // 10, many)):
        ten_thousand(each)


class Bench:
    """A workspace of invented counterparties, and the template that both paths fill."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder
        self.paths = write_workspace(folder / "workspace", count)
        self.output = folder / "output"
        self.output.mkdir()
        raw, name = template_bytes(LOOK, Path())
        labels = prepare(self.paths[0], WISHES).library.labels[LANGUAGE]
        parts = {part: localised(part, data, LANGUAGE, labels["annex"]) for part, data in unpacked(raw, name).items()}
        self.template = folder / "template.docx"
        self.template.write_bytes(packed(parts))
        self.style = house_style(LOOK, Path(), LANGUAGE, labels)

    def ready(self, path: Path) -> dict[str, Any]:
        """What docxtpl is given for a description."""
        made = next(contracts(prepare(path, WISHES), WISHES))
        return context(made.agreement, Slots(Writer(self.style.style_ids, self.style.text_width)), draft=False)

    def plainly(self, ready: dict[str, Any], target: Path) -> None:
        """Plain docxtpl, as its README shows it."""
        document = DocxTemplate(self.template)
        document.render(ready, autoescape=True)
        document.save(target)

    def ours(self, path: Path, target: Path) -> None:
        """Everything that dpa-gen does for one contract."""
        write(target, next(contracts(prepare(path, WISHES), WISHES)).content)

    def plain_file(self, path: Path) -> Path:
        """Where docxtpl saves the contract of a description: each in a file of its own, as dpa-gen does."""
        return self.output / f"{path.stem}-docxtpl.docx"

    def in_turn(self, rounds: int, plainly: int) -> None:
        """A B A B: some contracts by docxtpl, a round of all descriptions by dpa-gen, and so on."""
        each = len(self.paths) // rounds
        theirs: list[float] = []
        ours: list[float] = []
        speeds: list[float] = []
        self.ours(self.paths[0], self.output / "warm.docx")
        self.plainly(self.ready(self.paths[0]), self.output / "warm.docx")
        for number in range(rounds):
            batch = self.paths[number * each : (number + 1) * each]
            contexts = [(self.ready(path), self.plain_file(path)) for path in batch[:plainly]]
            theirs_now = [timed(lambda given=given: self.plainly(*given)) for given in contexts]
            ours_now = [timed(lambda path=path: self.ours(path, self.output / f"{path.stem}.docx")) for path in batch]
            speeds.append(statistics.fmean(theirs_now) / statistics.fmean(ours_now))
            theirs += theirs_now
            ours += ours_now
            for path in batch[:plainly]:
                same = text(self.plain_file(path)) == text(self.output / f"{path.stem}.docx")
                assert same, f"{path.name}: the two differ"
        tell("docxtpl: open, render, save", theirs)
        tell("dpa-gen: everything", ours)
        ratio = statistics.fmean(theirs) / statistics.fmean(ours)
        spread = f"{min(speeds):.1f} to {max(speeds):.1f} in the rounds"
        print(f"  {'times as many contracts a second':38}{ratio:9.1f}    {spread}")
        print(f"  the text of {len(theirs)} contracts is the same in both\n")

    def steps(self) -> None:
        """Where the time of dpa-gen goes."""
        paths = self.paths[:400]
        target = self.output / "step.docx"
        read = [timed(lambda path=path: intake.read(path)) for path in paths]
        whole = [timed(lambda path=path: prepare(path, WISHES)) for path in paths]
        ready = [prepare(path, WISHES) for path in paths]
        chosen = [timed(lambda each=each: key(each.facts, LANGUAGE, False)) for each in ready]
        made = [timed(lambda path=path: self.made(path)) for path in paths]
        content = next(contracts(ready[0], WISHES)).content
        written = [timed(lambda: write(target, content)) for _ in paths]
        medians = [statistics.median(times) for times in (read, whole, chosen, made, written)]
        print("Where the time goes, per contract (medians)\n")
        for name, seconds in (
            ("read the YAML", medians[0]),
            ("defaults, validation", medians[1] - medians[0]),
            ("which clauses apply, what the law demands", medians[2]),
            ("fill and zip", medians[3] - medians[1] - medians[2]),
            (f"write {len(content) / 1000:.0f} kB", medians[4]),
        ):
            print(f"  {name:42}{1000 * seconds:8.3f} ms")
        print()

    def made(self, path: Path) -> bytes:
        """A contract that is not written."""
        return next(contracts(prepare(path, WISHES), WISHES)).content

    def processes(self) -> None:
        """A whole batch in one process and in two, in turn."""
        found = descriptions(self.folder / "workspace")
        times: dict[int, list[float]] = {1: [], 2: []}
        for number in range(5):
            for jobs in times:
                order = Order(found, self.folder / f"batch-{jobs}-{number}", jobs=jobs)
                times[jobs].append(timed(lambda order=order: run(order)))
        one, two = (statistics.median(times[jobs]) for jobs in times)
        ratios = [first / second for first, second in zip(*times.values(), strict=True)]
        print(f"A batch of {len(found)}, in turn\n")
        print(f"  one process {one:.2f} s, two {two:.2f} s: {one / two:.2f} times as fast", end="")
        print(f" ({min(ratios):.2f} to {max(ratios):.2f} in the rounds)")
        print(f"  two processes that only count get {most_at_once():.2f} times as far here as one\n")

    def first(self) -> None:
        """A single contract, the whole program, against a short script with docxtpl."""
        script, facts = self.folder / "plain.py", self.folder / "context.json"
        script.write_text(PLAIN_SCRIPT, "utf-8")
        facts.write_text(json.dumps(self.ready(self.paths[0])), "utf-8")
        target = str(self.folder / "first.docx")
        plain = [sys.executable, str(script), str(self.template), str(facts), target]
        ours = [*PROGRAM, "generate", str(self.paths[0]), "--output", str(self.folder / "ours.docx"), "--force"]
        theirs, own = in_turn(plain, ours)
        print("The first contract, the whole program\n")
        tell("a script with docxtpl", theirs)
        tell("dpa-gen generate", own)
        assert text(Path(target)) == text(self.folder / "ours.docx")
        print()

    def help(self) -> None:
        """How soon the program answers."""
        bare, ours = in_turn([sys.executable, "-c", "pass"], [*PROGRAM, "--help"])
        print("An answer without work\n")
        tell("python -c pass", bare)
        tell("dpa-gen --help", ours)
        print()


def in_turn(one: Sequence[str], other: Sequence[str], times: int = 11) -> tuple[list[float], list[float]]:
    """Two programs run in turn, each from its start to its end."""
    first: list[float] = []
    second: list[float] = []
    for _ in range(times):
        first.append(timed(lambda: started(one)))
        second.append(timed(lambda: started(other)))
    return first[1:], second[1:]


def most_at_once() -> float:
    """How much more two processes that only count get done here than one: what a system gives that packs its cores."""
    count = [sys.executable, "-c", "sum(number * number % 7 for number in range(5_000_000))"]
    alone = min(timed(lambda: started(count)) for _ in range(3))
    with ThreadPoolExecutor(2) as both:
        together = min(timed(lambda: list(both.map(started, [count, count]))) for _ in range(3))
    return 2 * alone / together


def started(command: Sequence[str]) -> None:
    """Run a program and leave what it says."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def ten_thousand(count: int) -> None:
    """Time and memory of many contracts, and of the same ones again, each in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="dpa-gen-bench-") as folder:
        write_workspace(Path(folder), count)
        code = (
            "import sys; sys.path.insert(0, sys.argv.pop(1)); from memory import most_memory\n"
            "from dpa_gen.cli import run\n"
            "try: run()\n"
            "except SystemExit: print(most_memory())"
        )
        command = [sys.executable, "-c", code, str(Path(__file__).parent), "batch", folder, "--jobs", "1"]
        for what in ("made", "unchanged"):
            begun = time.perf_counter()
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            seconds = time.perf_counter() - begun
            assert f"{what} {count}" in done.stdout, done.stdout
            memory = int(done.stdout.split()[-1]) / 1_000_000
            each = f"{1000 * seconds / count:.2f} s a thousand"
            print(f"{count:6} {what:10} in one process: {seconds:6.2f} s, {each}, {memory:.0f} MB at most")


def timed(do: Callable[[], object]) -> float:
    """How many seconds something takes."""
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def tell(name: str, times: Sequence[float]) -> None:
    """The median of some times, the middle nine tenths of them, and how many that is a second."""
    tenths = statistics.quantiles(times, n=20)
    median, mean = 1000 * statistics.median(times), statistics.fmean(times)
    spread = f"{1000 * tenths[0]:.2f} to {1000 * tenths[-1]:.2f}"
    print(f"  {name:38}{median:9.2f} ms {spread:>18} ms {1 / mean:9.1f} a second  ({len(times)})")


def text(path: Path) -> list[str]:
    """The words of a Word file, a paragraph a line, with those of headers and footers."""
    return [line for part in parts(path) for line in lines(part)]


def parts(path: Path) -> Iterator[bytes]:
    """The parts of a Word file that are read by people."""
    for name, data in sorted(unpacked(path.read_bytes(), str(path)).items()):
        if name.startswith("word/") and name.rpartition("/")[2].startswith(
            ("document.", "header", "footer", "footnotes.")
        ):
            yield data


def lines(part: bytes) -> Iterator[str]:
    """The words of a part."""
    for paragraph in etree.parse(BytesIO(part)).iter(f"{WORD}p"):
        yield "".join(found.text or "" for found in paragraph.iter(f"{WORD}t"))


if __name__ == "__main__":
    main()
