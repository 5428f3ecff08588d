"""What is wrong with the settings: a sentence each, in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from locales import N_, Language
from locales import language as spoken

SECRETS = ("TELEGRAM_BOT_TOKEN", "WEBHOOK_SECRET", "DATABASE_URL", "TELEGRAM_PROXY_URL")
"""What may stand in a file and is never repeated back: an address may hold a password."""
_OF_PYDANTIC = {
    "greater_than": N_("it must be greater than {gt}"),
    "float_parsing": N_("it must be a number"),
    "bool_parsing": N_("it must be true or false"),
    "literal_error": N_("it must be {expected}"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A wrong setting, what was found there, and what is wanted (a message id with its fields). Without a name the message is a
    sentence by itself.
    """

    wanted: str
    fields: Mapping[str, object] = field(default_factory=dict)
    name: str = ""
    found: str = ""

    def told(self, language: Language) -> str:
        wanted = language.text(self.wanted, **self.fields)
        if not self.name:
            return wanted
        if not self.found:
            return language.text("{name}: {wanted}.", name=self.name, wanted=wanted)
        return language.text("{name}: found {found}; {wanted}.", name=self.name, found=self.found, wanted=wanted)


class SettingsProblem(Exception):
    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(self.told(spoken("en"))))

    def told(self, language: Language) -> list[str]:
        return [fault.told(language) for fault in self.faults]


class Wrong(ValueError):
    """What a validator says; `wanted` is a message id."""

    def __init__(self, wanted: str, **fields: str) -> None:
        self.wanted, self.fields = wanted, fields
        super().__init__(wanted)


def fault(error: Mapping[str, Any]) -> Fault:
    """What pydantic found, or one of ours. Secrets are never repeated back."""
    name = ".".join(str(part) for part in error["loc"]).upper()
    found = "" if not name or name in SECRETS else repr(error["input"])
    known = error.get("ctx", {})
    said = known.get("error")
    if isinstance(said, Wrong):
        return Fault(said.wanted, said.fields, name, found)
    return Fault(_OF_PYDANTIC.get(error["type"], N_("it cannot be read")), known, name, found)
