"""What one received file may cost, however it is packed: one budget for unpacking it, reading it and finding the form.

Counts decide, never a clock: the same file is refused on every machine, or on none. A step is a small piece of work
of about a microsecond (an element, a cell, a place in a merged range); a form of ten villages takes a few thousand.
"""

from pipeline.intake.reading.book import TOO_LARGE, Unreadable

MOST_STEPS = 1_200_000
MOST_BYTES = 96 << 20  # unpacked, all layers together
MOST_FILES = 200  # in an archive and the archives in it


class Exhausted(Unreadable):
    """The received file has used up its budget; nothing more of it is read."""

    def __init__(self) -> None:
        super().__init__(TOO_LARGE)

    def __reduce__(self) -> tuple[object, ...]:
        """Without arguments: from the process apart too."""
        return Exhausted, ()


class Budget:
    """Of one received file, shared by all that lies in it."""

    def __init__(self) -> None:
        self.steps, self.bytes, self.files = MOST_STEPS, MOST_BYTES, MOST_FILES

    def work(self, steps: int) -> None:
        """Steps that are about to be done."""
        self.steps -= steps
        if self.steps < 0:
            raise Exhausted

    def unpack(self, size: int) -> None:
        """Bytes that are about to be unpacked."""
        self.bytes -= size
        if self.bytes < 0:
            raise Exhausted

    def hold(self, files: int) -> None:
        """Files that lie in an archive."""
        self.files -= files
        if self.files < 0:
            raise Exhausted

    def lower_to(self, other: "Budget") -> None:
        """What has been spent in the process apart is spent here."""
        self.steps, self.bytes, self.files = other.steps, other.bytes, other.files
