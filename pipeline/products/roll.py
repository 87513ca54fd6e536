"""The roll of a week: how many of the expected towns are in which state, for every product in the same words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.records import Sent

_ORDER = (Sent.RECEIVED, Sent.LATE, Sent.RETURNED, Sent.PENDING, Sent.MISSING)


@dataclass(frozen=True)
class Roll:
    """The expected towns by what became of their submission, in the form's order."""

    by_state: Mapping[Sent, tuple[str, ...]]

    @classmethod
    def of(cls, status: Mapping[str, Sent]) -> "Roll":
        """status: town -> state; who has no task is not expected."""
        return cls({state: tuple(town for town in status if status[town] is state) for state in _ORDER})

    @property
    def expected(self) -> int:
        return sum(map(len, self.by_state.values()))

    @property
    def is_complete(self) -> bool:
        """Whether every town has reported, in time or late."""
        return self.expected == len(self.by_state[Sent.RECEIVED]) + len(self.by_state[Sent.LATE])

    def counted(self, measure: str) -> Iterator[tuple[str, Sent]]:
        """已报8个, 待核1个, each with its state: 已报 always, the others where there are any. measure: 个, 家."""
        for state, towns in self.by_state.items():
            if towns or state is Sent.RECEIVED:
                yield f"{state.label}{len(towns)}{measure}", state
