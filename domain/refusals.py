"""What a person may not do, as a code with its fields; the views turn it into a sentence."""

from __future__ import annotations


class Refusal(Exception):
    """A rule says no. Raised inside a unit it undoes that unit alone; `fields` fill the sentence's placeholders."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields
