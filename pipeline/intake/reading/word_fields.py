"""Fields of Word: what a clerk sees of them is their result, and where the file holds none, what Word makes of them.

A drop-down keeps its choice beside the text, as a number in a list, and most programs show none: it is told in
brackets, no figure and not empty either. So is a field without a result, by its instruction.
"""

from dataclasses import dataclass, field

# Marks for Word's own use, which show nothing; every other one without a result is told by its instruction.
_SILENT = {"XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE", "ADVANCE", "HYPERLINK", "FORMTEXT", ""}
_TICKED, _FREE = "☑", "☐"
_MOST = 40  # signs of an instruction that are shown


@dataclass
class Field:
    """One field, as far as it has been read. choice, ticked: what a form field says, and before it was touched."""

    instruction: str = ""
    has_result: bool = False  # what follows is seen
    result: str = ""
    entries: list[str] = field(default_factory=list)
    choice: int | None = None
    is_ticked: bool | None = None

    def set(self, tag: str, value: str) -> None:
        """One property of a form field; `default` counts as long as nobody has chosen."""
        if tag == "listEntry":
            self.entries.append(value)
        elif value.isdecimal() and (tag == "result" or (tag == "default" and self.choice is None)):
            self.choice = int(value[:9])
        if tag == "checked" or (tag == "default" and self.is_ticked is None):
            self.is_ticked = value not in ("0", "false", "off")

    def unsaid(self) -> str:
        """What stands for what its result does not say; "" if that says all."""
        seen, name = self.result.strip(), (self.instruction.split() or [""])[0].upper()
        if name == "FORMDROPDOWN" and self.entries:
            chosen = self.entries[self.choice or 0] if (self.choice or 0) < len(self.entries) else ""
            return "" if chosen.strip() == seen else f"［下拉框 {chosen.strip()}］"
        if seen or name in _SILENT:
            return ""
        if name == "FORMCHECKBOX":
            return _TICKED if self.is_ticked else _FREE
        return f"［域 {' '.join(self.instruction.split())[:_MOST]}］"
