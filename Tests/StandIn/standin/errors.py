"""TMDB's errors by their own numbers. The reference lists them: developer.themoviedb.org/docs/errors."""

from __future__ import annotations

from .wire import Answer, json_answer

# TMDB's number: HTTP status, message
ERRORS = {
    3: (401, "Authentication failed: You do not have permissions to access the service."),
    5: (422, "Invalid parameters: Your request parameters are incorrect."),
    6: (404, "Invalid id: The pre-requisite id is invalid or not found."),
    7: (401, "Invalid API key: You must be granted a valid key."),
    9: (503, "Service offline: This service is temporarily offline, try again later."),
    10: (401, "Suspended API key: Access to your account has been suspended, contact TMDB."),
    11: (500, "Internal error: Something went wrong, contact TMDB."),
    14: (401, "Authentication failed."),
    15: (500, "Failed."),
    18: (400, "Validation failed."),
    20: (422, "Invalid date range: Should be a range no longer than 14 days."),
    22: (400, "Invalid page: Pages start at 1 and max at 500. They are expected to be an integer."),
    23: (400, "Invalid date: Format needs to be YYYY-MM-DD."),
    24: (504, "Your request to the backend server timed out. Try again."),
    25: (429, "Your request count (#) is over the allowed limit of (40)."),
    27: (400, "Too many append to response objects: The maximum number of remote calls is 20."),
    34: (404, "The resource you requested could not be found."),
    43: (502, "Couldn't connect to the backend server."),
    44: (500, "The ID is invalid."),
    45: (403, "This user has been suspended."),
    46: (503, "The API is undergoing maintenance. Try again later."),
}
NO_QUERY = {"errors": ["query must be provided"]}


class Refused(Exception):
    """A request that TMDB would answer with this error."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.answer = error(code)


class NoQuery(Refused):
    """A search for nothing, which has a body of its own."""

    def __init__(self) -> None:
        super().__init__(5)
        self.answer = json_answer(NO_QUERY, 422, cached=False)


def error(code: int) -> Answer:
    status, message = ERRORS[code]
    return error_answer(status, code, message)


def error_answer(status: int, code: int, message: str) -> Answer:
    """TMDB's error body; it is not to be cached."""
    return json_answer({"success": False, "status_code": code, "status_message": message}, status, cached=False)
