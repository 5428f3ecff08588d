"""What the Bot API says when it does not do what was asked, in Telegram's own words."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class BotApiError(Exception):
    """An answer with `ok: false`; `parameters` are the machine-readable hints of some of them."""

    def __init__(self, status: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def __reduce__(self) -> tuple[type[BotApiError], tuple[int, str, Json | None]]:
        return BotApiError, (self.status, self.description, self.parameters)

    def as_json(self) -> Json:
        answer: Json = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad_request(text: str, parameters: Json | None = None) -> BotApiError:
    return BotApiError(400, f"Bad Request: {text}", parameters)


def forbidden(text: str) -> BotApiError:
    return BotApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> BotApiError:
    return BotApiError(409, f"Conflict: {text}")


def too_many_requests(retry_after: int) -> BotApiError:
    return BotApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
