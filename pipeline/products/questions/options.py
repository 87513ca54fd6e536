"""The possible answers to a question, each with what it does to the figure, and the decisions that it stands for."""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.params import Enter
from pipeline.params.questions import TO_FILL, Draft, Option, draft
from pipeline.products.questions.grounds import Grounds
from pipeline.records import Figure, Key, State, Stray
from pipeline.rules import Choice, Finding

_TAKE, _CHANGE, _NO_LONGER, _ONLY, _NOT, _LEAVE_OUT = (
    "按表内数采用", "改为“采用数”", "不再等", "只用这份文件", "不用这份文件", "这一行不计入",
)  # fmt: skip


def of_figure(of: Grounds, key: Key, about: Sequence[Finding]) -> Iterator[Option]:
    """Of one figure: let it stand, put another in its place, wait."""
    figure = of.figures.get(key)
    if figure and figure.state is State.NUMBER and about and _are_acceptable(about):
        yield Option(f"{_TAKE}（{figure.value}）", _accepts(of, about))
    if not of.targets[key] and figure is None:
        yield Option("没有任务，按 0 计", (_change(key, None, "0"),))
    yield Option(_CHANGE, (_change(key, figure),))
    yield _wait(of, [key])


def _change(key: Key, figure: Figure | None, now: str = "") -> Draft:
    """A figure that a person gives, in place of what stands in the cell or of nothing."""
    whose = {"town": key.town, "village": key.village, "kind": key.kind}
    if figure is None or not figure.cell:
        return draft({"do": "enter", **whose, TO_FILL: now})
    return draft({"do": "correct", **whose, "was": figure.raw, TO_FILL: now})


def of_entered(of: Grounds, key: Key, about: Sequence[Finding]) -> Iterator[Option]:
    """Of a figure that came by telephone, and then otherwise from the town."""
    figure = of.figures[key]
    yield Option(f"{_TAKE}（{figure.value}），不用补录的数", _accepts(of, about))
    for entered in {row.now for row in of.decisions if isinstance(row, Enter) and row.key == key}:
        yield Option(f"按补录的数采用（{entered}），不用表内数", (_change(key, figure, str(entered)),))
    yield _wait(of, [key])


def of_village(of: Grounds, keys: Sequence[Key], about: Sequence[Finding]) -> Iterator[Option]:
    """Of both figures of a village: let them stand, or no longer wait for them."""
    if _are_acceptable(about):
        sent = [of.figures[key] for key in keys if key in of.figures]
        typed = "、".join(f"{row.kind}{row.raw.strip() or '空'}" for row in sent)
        yield Option(f"{_TAKE}（{typed}）" if sent else f"{_NO_LONGER}，{of.carried(keys)}", _accepts(of, about))
    yield _wait(of, keys)


def of_row(of: Grounds, strays: Sequence[Stray], about: Sequence[Finding]) -> Iterator[Option]:
    """Of a row whose name is no village's: it is one all the same, or it is left out, with what is dropped then."""
    row = strays[0]
    if row.is_of_town and row.raw:
        for village in _candidates(of, row, about):
            named = {"do": "name", "town": row.town, "file": row.file, "written": row.raw, "village": village}
            yield Option(f"这一行就是{village}（{_typed(row)}）", (draft(named),))
    if _are_acceptable(about):
        dropped = "；".join(f"{each.raw}{_typed(each)}" for each in strays)
        yield Option(f"{_LEAVE_OUT}（丢掉{dropped}）", _accepts(of, about))
    yield _wait(of, [])


def _candidates(of: Grounds, row: Stray, about: Sequence[Finding]) -> list[str]:
    """The villages that have no row of their own, the most similar first; the one that the finding names, if any."""
    named = {finding.village for finding in about} - {""}
    reported = {key.village for key, figure in of.figures.items() if key.town == row.town and figure.file == row.file}
    villages = [village.name for village in of.programme.towns[row.town].villages if village.name not in reported]
    return sorted(named or villages, key=lambda name: _distance(name, row.raw))


def _distance(one: str, other: str) -> int:
    return abs(len(one) - len(other)) + sum(a != b for a, b in zip(one, other, strict=False))


def _typed(row: Stray) -> str:
    return "、".join(f"{kind}{raw or '空'}" for kind, raw in row.done)


def of_file(of: Grounds, town: str, file: str, about: Sequence[Finding]) -> Iterator[Option]:
    """Of a file, of several files of a town, or of a town that sent none."""
    keys = [key for key in of.tasks if key.town == town]
    if any(row.rule.choice is Choice.USE for row in about):
        files = of.files_of(town)
        for sent in files:
            others = " ".join(other.sha256 for other in files if other.sha256 != sent.sha256)
            used = {"do": "use", "town": town, "file": sent.file, "sha256": sent.sha256, "others": others}
            yield Option(f"{_ONLY}（《{sent.file}》）", (draft(used),))
    if _are_acceptable(about):
        words = f"{_TAKE}（{of.sent_in(file)}）" if file else f"{_NO_LONGER}，{of.carried(keys)}"
        yield Option(words, _accepts(of, about))
    if file:
        excluded = {"do": "exclude", "file": file, "sha256": of.sha256(file)}
        yield Option(f"{_NOT}（《{file}》）", (draft(excluded),))
    yield _wait(of, keys)


# ---- small things ----------------------------------------------------------------------------------------------


def _are_acceptable(about: Iterable[Finding]) -> bool:
    return all(row.rule.acceptable for row in about)


def _accepts(of: Grounds, about: Iterable[Finding]) -> tuple[Draft, ...]:
    """Findings let stand, each as long as its cell says what it says now; of more than a cell, as long as the file does."""
    return tuple(dict.fromkeys(_accept(of, row) for row in about))


def _accept(of: Grounds, row: Finding) -> Draft:
    said = {"town": row.town, "village": row.village, "kind": row.kind, "rule": row.rule.name, "was": row.raw}
    if row.file and not (row.village and row.kind and row.raw):
        said |= {"file": row.file, "sha256": of.sha256(row.file)}
    return draft({"do": "accept", **{name: value for name, value in said.items() if value}})


def _wait(of: Grounds, keys: Sequence[Key]) -> Option:
    return Option(f"等{of.programme.words.short}里重报，{of.carried(keys) if keys else '先不计入'}")
