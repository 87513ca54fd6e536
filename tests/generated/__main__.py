"""The large run: N forms in two processes, what was used, told, wrong; failures made small, their files kept.

    python -m tests.generated N [SEED]

Form number n of a run is drawn from SEED + n. Exit status 1 if a figure was wrong, untold or falsely alarmed.
"""

import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.generated import traps, writing
from tests.generated.judging import CAUTIOUS, FAILURES, Court, Verdict
from tests.generated.plans import Sent
from tests.generated.shrinking import picture, shrunk

PROCESSES = 2
SHOWN = 2  # small failures of one kind


@dataclass
class Tally:
    """What a part of the run found."""

    forms: Counter[str] = field(default_factory=Counter)  # grade
    words: Counter[str] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)  # (word, what is special)
    seeds: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    used: int = 0
    unused: int = 0

    def add(self, other: "Tally") -> None:
        self.forms += other.forms
        self.words += other.words
        self.kinds += other.kinds
        self.used += other.used
        self.unused += other.unused
        for kind, seeds in other.seeds.items():
            self.seeds[kind] += seeds


def part(seeds: list[int]) -> Tally:
    """Some forms, judged."""
    court, tally = Court(), Tally()
    for seed in seeds:
        sent = traps.form(random.Random(seed))
        verdict = court.judge(sent)
        tally.forms[sent.grade] += 1
        tally.words[verdict.word] += 1
        tally.used += verdict.used
        tally.unused += verdict.unused
        if verdict.is_failure or verdict.word == CAUTIOUS:
            kind = (verdict.word, kind_of(sent, verdict))
            tally.kinds[kind] += 1
            tally.seeds[kind].append(seed)
    return tally


def kind_of(sent: Sent, verdict: Verdict) -> str:
    """Under what a failure is counted: the trap, or the rule that was first said."""
    said = verdict.says.split(" | ")[1:2]
    rule = " ".join(said[0].split()[:2]) if said else ""
    return sent.trap or f"{sent.grade}: {rule or verdict.says.split(':')[0][:20]}"


def run(number: int, seed: int) -> Tally:
    tally, every = Tally(), list(range(seed, seed + number))
    parts = [every[at::PROCESSES] for at in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES) as pool:
        for found in pool.map(part, parts):
            tally.add(found)
    return tally


def report(tally: Tally, kept: Path) -> None:
    """Counts, then each kind of failure with its smallest examples; their files are kept."""
    court = Court()
    print("forms:", dict(tally.forms), " figures used:", tally.used, " not used:", tally.unused)
    print("came out:", dict(tally.words))
    for (word, kind), count in sorted(tally.kinds.items(), key=lambda item: (item[0][0] == CAUTIOUS, -item[1])):
        print(f"\n{count:5} {word:9} {kind}   seeds {sorted(tally.seeds[word, kind])[:6]}")
        for seed in sorted(tally.seeds[word, kind])[: SHOWN if word in FAILURES else 0]:
            small = shrunk(court, traps.form(random.Random(seed)))
            path = kept / f"{word}-{seed}-{small.file}"
            path.write_bytes(writing.written(small))
            print(f"   seed {seed}  {court.judge(small).says}\n   {path}")
            print("      " + picture(small).replace("\n", "\n      "))


def main() -> int:
    number, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    began = time.perf_counter()
    tally = run(number, seed)
    print(f"{number} forms from seed {seed} in {time.perf_counter() - began:.0f} s")
    report(tally, Path(tempfile.mkdtemp(prefix="generated-")))
    return int(any(tally.words[word] for word in FAILURES))


if __name__ == "__main__":
    sys.exit(main())
