"""The errors a person can do something about, as codes and facts; the words are in components/i18n."""

from __future__ import annotations

from typing import Any


class UserError(Exception):
    """Something a person can understand and mend.

    Args:
        code: key of the sentence in the catalogues, as ``error.<code>``.
        facts: the values that the sentence names (file, field, value, expected, ...).
    """

    def __init__(self, code: str, **facts: Any) -> None:
        self.code = code
        self.facts = facts
        super().__init__(f"{code}: {', '.join(f'{k}={v!r}' for k, v in facts.items())}")


class DefinitionError(UserError):
    """A file of the contract or of a definition is wrong: names file, field and reason."""


class SettingError(UserError):
    """An environment variable has a wrong value: names it, the value and what was expected."""


class UnknownIndicator(UserError):
    """No definition bears this code."""


class ImportRejected(UserError):
    """A load was refused whole; ``report`` holds every problem found, nothing was stored."""

    def __init__(self, code: str, *, report: Any = None, **facts: Any) -> None:
        super().__init__(code, **facts)
        self.report = report
