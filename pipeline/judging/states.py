"""What became of each submission, once the findings are settled: received, returned, or waiting for the office."""

from collections.abc import Iterable
from dataclasses import replace

from pipeline.records import Progress, Sent, Submission, Submissions
from pipeline.rules import Finding


def judged(submissions: Submissions, progress: Iterable[Progress], findings: Iterable[Finding]) -> Submissions:
    """The submissions with their last state. findings: after the decisions.

    A town of whose form no figure that has a task counts is `returned` if it has to send something again, `pending` if
    all that is left is the office's to decide; so is a further file of which nothing was read, and that nobody need
    look at is `ignored`.
    """
    rows = list(progress)
    with_task = {row.town for row in rows if row.target}
    used = {row.town for row in rows if row.is_own and row.file and (row.target or row.town not in with_task)}
    open_ = [row for row in findings if row.is_blocking]
    asked = [row for row in open_ if row.sends_back]
    towns, files, waiting = {row.town for row in asked}, {row.file for row in asked}, {row.file for row in open_}

    def of_town(row: Submission) -> Submission:
        if not row.file or row.town in used:
            return row
        return replace(row, status=Sent.RETURNED if row.town in towns else Sent.PENDING)

    def of_file(row: Submission) -> Submission:
        if row.status is not Sent.PENDING or (row.file in waiting and row.file not in files):
            return row
        return replace(row, status=Sent.RETURNED if row.file in files else Sent.IGNORED)

    return Submissions(tuple(map(of_town, submissions.towns)), tuple(map(of_file, submissions.further)))
