"""The week's files: which town sent which file, and which of several counts.

senders: files, forms -> the town of each file · choose: -> submissions
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.intake import gazetteer
from pipeline.intake.names import Names
from pipeline.intake.reading.book import BLANK
from pipeline.intake.reading.folder import File
from pipeline.intake.typed import Form, Line
from pipeline.params import Decision, Exclude, Programme, Use, stale
from pipeline.records import Figure, Place, Role, Sent, State, Submission, Submissions
from pipeline.rules import Finding, Level, finding
from pipeline.rules.files import (
    CONFLICTING_FILES,
    DUPLICATE_FILE,
    EXCLUDED_FILE,
    LATE_FILE,
    NOT_EXPECTED,
    UNKNOWN_SENDER,
)
from pipeline.rules.members import OLDER_REVISION
from pipeline.rules.names import OTHER_TOWN

# ---- whose file is it ------------------------------------------------------------------------------------------


def senders(files: Sequence[File], forms: Iterable[Form], programme: Programme) -> tuple[dict[str, str], list[Finding]]:
    """file -> town ("" if it cannot be told), and findings for the files whose sender cannot be told."""
    names, by_file = Names(programme), {form.file: form for form in forms}
    towns: dict[str, str] = {}
    findings = []
    towns.update({file.name: file.withheld.town for file in files if file.withheld})
    for file in (file.name for file in files if not file.is_litter and not file.withheld):
        form = by_file.get(file) or Form(file=file)
        towns[file], doubt = _sender(form, names, programme.words.member)
        outside = gazetteer.outside_in(" ".join([file, *(line.town.raw for line in form.lines)])) if doubt else ""
        if outside:
            findings.append(finding(OTHER_TOWN, Place(file=file), "file", town=outside))
        elif doubt:
            findings.append(doubt)
    return towns, findings


def _sender(form: Form, names: Names, member: str) -> tuple[str, Finding | None]:
    """(town, doubt): rows with figures speak first, then the file name, then the 填报单位 line, then bare rows."""
    file, rows = form.file, [line for line in form.lines if line.role is Role.IN_ROW]
    in_rows = {names.town(line.town.raw) for line in rows} - {""}
    filled = {names.town(line.town.raw) for line in rows if _is_filled(line)} - {""}
    in_name = names.towns_in(file)
    in_block = {names.town(sender.raw) for sender in form.senders} - {""}
    in_title = names.towns_in(form.headline.raw) if form.headline else set()
    in_words = names.towns_in(form.zero_report.raw) if form.zero_report else set()
    written = filled or in_words
    if len(in_words) > 1:  # 包场镇：四甲镇本周无进展
        return "", finding(UNKNOWN_SENDER, Place(file=file), member=member)
    if len(written) == 1:
        said = {"文件名": in_name, "填报单位": in_block, "标题": in_title}
        for where, named in ((where, named) for where, named in said.items() if len(named) == 1 and named != written):
            words = {"where": where, "named": _one(named), "written": _one(written)}
            return "", finding(UNKNOWN_SENDER, Place(file=file), "two", **words)
        return _one(written), None
    for known in (in_name, in_block, in_rows):
        if len(known) == 1:
            return _one(known), None
    return "", finding(UNKNOWN_SENDER, Place(file=file), member=member)


def _is_filled(line: Line) -> bool:
    return any(entry.type != BLANK and entry.raw.strip() for entry in line.done)


def _one(names: set[str]) -> str:
    return next(iter(names))


# ---- which file counts -----------------------------------------------------------------------------------------


def choose(
    files: Sequence[File],
    senders: Mapping[str, str],
    figures: Iterable[Figure],
    programme: Programme,
    decisions: tuple[Decision, ...],
    first: Submissions | None,
    passed_over: frozenset[str],
    unread: frozenset[str] = frozenset(),
    revisions: Mapping[str, int] | None = None,
) -> tuple[Submissions, list[Finding]]:
    """submissions, findings: for each town the file that counts; further files below, `ignored` or `pending`.

    `pending` is what nothing was read of; whether it goes back or is the office's, the findings will say.

    first: what had been sent by this week's first record (None before it). A town that sends only after it is late;
    one that sends better figures then, is not. passed_over: files that belong to no town of the programme and are
    nobody's fault.
    revisions: file -> its revision, of those that an office below has sealed.
    unread: files that this machine could not read; another file that went wrong speaks for the town before them.
    """
    choice = _Choice(files, senders, figures, decisions, first, passed_over, unread, revisions or {})
    towns = tuple(choice.town(town, bool(of.villages)) for town, of in programme.towns.items())
    return Submissions(towns, tuple(choice.further())), choice.findings


def attribute(findings: Iterable[Finding], senders: Mapping[str, str], submissions: Submissions) -> list[Finding]:
    """The findings on files with their town named; what is wrong with a file that does not count is only a note."""
    unused = {row.file for row in submissions.rows if row.status is Sent.IGNORED}
    named = [row if row.town else replace(row, town=senders.get(row.file, "")) for row in findings]
    return [row.noted("本文件未采用") if row.file in unused else row for row in named]


class _Choice:
    """The choice among the files of each town, remembering what is left over."""

    def __init__(
        self,
        files: Sequence[File],
        senders: Mapping[str, str],
        figures: Iterable[Figure],
        decisions: tuple[Decision, ...],
        first: Submissions | None,
        passed_over: frozenset[str],
        unread: frozenset[str],
        revisions: Mapping[str, int],
    ) -> None:
        self.findings: list[Finding] = []
        self._content = _contents(figures)
        self._decisions, self._unread, self._revisions = decisions, unread, revisions
        before = [row for row in first.rows if row.file] if first else []
        self._is_first = first is None
        self._heard = {row.town for row in before if row.status is not Sent.IGNORED}  # usable or not
        self._known = {row.sha256 for row in before}
        self._containers = {file.name: file.container_sha256 for file in files}
        self._copies = {file.name for file in files if file.is_scan or file.withheld}
        self._left: dict[str, Submission] = {}
        self._by_town: dict[str, list[str]] = {}
        for file in files:
            town = senders.get(file.name, "")
            status = Sent.IGNORED if file.is_litter or file.name in passed_over else Sent.RECEIVED
            self._left[file.name] = Submission(town=town, status=status, file=file.name, sha256=file.sha256)
            self._by_town.setdefault(town, []).append(file.name)
        self._exclude()

    def _exclude(self) -> None:
        for decision in self._decisions:
            if isinstance(decision, Exclude):
                row = self._left.get(decision.file)
                if row is None or not decision.names(row):
                    self.findings.append(stale(decision, "没有收到这个文件，或文件已换"))
                else:
                    self._ignore([row])
                    at = Place(town=row.town, file=row.file)
                    self.findings.append(finding(EXCLUDED_FILE, at, signature=decision.signature))

    def town(self, town: str, expected: bool) -> Submission:
        """The row of one town; its chosen file is taken from those left over."""
        files = [self._left[name] for name in self._by_town.get(town, ())]
        sent = [row for row in files if row.status is Sent.RECEIVED]
        if not expected:
            self.findings += [finding(NOT_EXPECTED, Place(town=town, file=row.file)) for row in sent]
            self._ignore(sent)
            return Submission(town=town, status=Sent.NONE_EXPECTED)
        picked = self._pick(town, [row for row in sent if row.file in self._content])
        if picked is None:
            if sent:
                first = min(sent, key=lambda row: row.file in self._unread)
                return replace(self._left.pop(first.file), status=Sent.PENDING)
            return Submission(town=town, status=Sent.MISSING)
        self._ignore([row for row in sent if row.file in self._copies])  # a stamped copy, or one with a ledger
        return replace(self._left.pop(picked.file), status=self._received(picked))

    def _received(self, row: Submission) -> Sent:
        if self._is_first or row.town in self._heard or self._known & {row.sha256, self._containers[row.file]}:
            return Sent.RECEIVED  # its archive may have been there, and closed to the machine of that day
        self.findings.append(finding(LATE_FILE, Place(town=row.town, file=row.file)))
        return Sent.LATE

    def _pick(self, town: str, usable: list[Submission]) -> Submission | None:
        used = self._used(town, usable)
        if used is not None:
            self._ignore([row for row in usable if row is not used])
            return used
        usable = self._newest(usable)
        if len({self._content[row.file] for row in usable}) > 1:
            words = {"count": len(usable), "differences": self._differences(usable)}
            self.findings.append(finding(CONFLICTING_FILES, Place(town=town), **words))
            return usable[0]
        copies = usable[1:]
        self.findings += [
            finding(DUPLICATE_FILE, Place(town=town, file=copy.file), other=usable[0].file) for copy in copies
        ]
        self._ignore(copies)
        return usable[0] if usable else None

    def _newest(self, usable: list[Submission]) -> list[Submission]:
        """Of sealed revisions of one member the newest, which stands for the others; any other file stays beside it."""
        sealed = {row.file: self._revisions[row.file] for row in usable if row.file in self._revisions}
        newest = max(sealed.values(), default=0)
        older = [row for row in usable if sealed.get(row.file, newest) < newest]
        self.findings += [
            finding(OLDER_REVISION, Place(town=row.town, file=row.file), revision=sealed[row.file], newer=newest)
            for row in older
        ]
        self._ignore(older)
        return [row for row in usable if row not in older]

    def _used(self, town: str, usable: list[Submission]) -> Submission | None:
        """The file that a `use` decision names."""
        chosen: Submission | None = None
        for decision in self._decisions:
            if isinstance(decision, Use) and decision.town == town:
                fits = list(filter(decision.names, usable))
                if not fits:
                    self.findings.append(stale(decision, "没有收到这个文件，或文件已换、读不出"))
                    continue
                if later := self._later(decision, fits[0], usable):
                    self.findings.append(stale(decision, f"后来又收到{later}，数据不同"))
                    continue
                chosen = fits[0]
                others = "、".join(f"《{row.file}》" for row in usable if row is not chosen) or "没有其他文件"
                at, words = Place(town=town, file=decision.file), {"signature": decision.signature, "others": others}
                self.findings.append(finding(CONFLICTING_FILES, at, "decided", Level.NOTE, **words))
        return chosen

    def _later(self, decision: Use, chosen: Submission, usable: Iterable[Submission]) -> str:
        """Files of other content than the chosen one that nobody knew of when it was chosen."""
        known = {chosen.sha256, *decision.others.split()}
        others = [row for row in usable if self._content[row.file] != self._content[chosen.file]]
        return "、".join(f"《{row.file}》" for row in others if decision.others and row.sha256 not in known)

    def _differences(self, usable: list[Submission]) -> str:
        """Which files, and the first figure in which they differ."""
        listed = "、".join(f"《{row.file}》" for row in usable)
        contents = [{said[:2]: said[3] for said in self._content[row.file]} for row in usable]
        every = {key for lines in contents for key in lines}
        keys = sorted(key for key in every if len({lines.get(key) for lines in contents}) > 1)
        if not keys:
            return listed
        values = "、".join(lines.get(keys[0], "（无）") or "空" for lines in contents)
        return f"{listed}；如{keys[0][0]}{keys[0][1]}分别为{values}"

    def _ignore(self, rows: Iterable[Submission]) -> None:
        for row in rows:
            self._left[row.file] = replace(row, status=Sent.IGNORED)

    def further(self) -> Iterator[Submission]:
        """The files that are no town's chosen one; one of which nothing was read is still to be judged."""
        for row in self._left.values():
            is_without = row.status is Sent.RECEIVED and row.file not in self._content
            yield replace(row, status=Sent.PENDING if is_without else Sent.IGNORED)


_Said = tuple[str, str, State, str]  # village, kind, state, what is said


def _contents(figures: Iterable[Figure]) -> dict[str, frozenset[_Said]]:
    """What each file says, whatever its bytes: two files that say the same are copies, 12 and 12.0 are the same."""
    contents: dict[str, set[_Said]] = {}
    for row in figures:
        if row.is_done:
            words = str(row.value) if row.state is State.NUMBER else row.raw
            contents.setdefault(row.file, set()).add((row.village, row.kind, row.state, words))
    return {file: frozenset(lines) for file, lines in contents.items()}
