"""As much of Helm's templates as the chart uses, so that a release needs no Helm: values, `if`, `range`, and a few
functions. Whatever else stands in a template is an error; a test has Helm say the same of it all."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

Context = dict[str, Any]


def render(text: str, context: Context) -> str:
    # "{{-" takes the white space before it.
    parts = re.split(r"(\s*\{\{-|\{\{)(.*?)\}\}", text)
    tokens: list[tuple[str, str]] = [("text", parts[0])]
    for _, code, after in zip(parts[1::3], parts[2::3], parts[3::3]):
        tokens += [("code", code.strip()), ("text", after)]
    result, rest = _block(tokens, context)
    if rest:
        raise SystemExit(f"error: an end too many in a template: {rest[0][1]}")
    return result


def _block(tokens: list[tuple[str, str]], context: Context) -> tuple[str, list[tuple[str, str]]]:
    """Up to its end; returns what follows that."""
    result = ""
    while tokens:
        (kind, word), tokens = tokens[0], tokens[1:]
        if kind == "text":
            result += word
        elif word == "end":
            return result, tokens
        elif word.startswith("if "):
            if _value(word[3:], context):
                body, tokens = _block(tokens, context)
                result += body
            else:
                tokens = _after(tokens)
        elif found := re.fullmatch(r"range (?:(\$\w+), )?(\$\w+) := (.*)", word):
            key, name, of = found.groups()
            values = _value(of, context)
            after = _after(tokens)
            for index, value in sorted(values.items()) if isinstance(values, dict) else enumerate(values):
                result += _block(tokens, context | {name: value} | ({key: index} if key else {}))[0]
            tokens = after
        else:
            result += _text(_value(word, context))
    return result, tokens


def _after(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What follows the end of the block that begins here."""
    depth = 1
    for index, (kind, word) in enumerate(tokens):
        if kind == "code":
            depth += word.startswith(("if ", "range ")) - (word == "end")
        if depth == 0:
            return tokens[index + 1 :]
    raise SystemExit("error: a block in a template has no end")


def _value(pipeline: str, context: Context) -> Any:
    piped: list[Any] = []
    for command in pipeline.split(" | "):
        words = re.findall(r'"[^"]*"|\S+', command)
        if words[0] in FUNCTIONS:
            value = FUNCTIONS[words[0]](*(_operand(word, context) for word in words[1:]), *piped)
        elif len(words) == 1 and not piped:
            value = _operand(words[0], context)
        else:
            raise SystemExit(f"error: a template says more than is understood: {pipeline}")
        piped = [value]
    return piped[0]


def _operand(word: str, context: Context) -> Any:
    if word.startswith('"') or word.isdecimal():
        return json.loads(word)
    if word in context:
        return context[word]
    value: Any = context
    for name in word.removeprefix(".").split("."):
        if not word.startswith(".") or not isinstance(value, dict) or name not in value:
            raise SystemExit(f"error: a template names what there is not: {word}")
        value = value[name]
    return value


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _nindent(count: int, text: str) -> str:
    return "".join(f"\n{' ' * count}{line}" for line in text.splitlines())


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "default": lambda other, value: value or other,
    "div": lambda whole, by: whole // by,
    "eq": lambda one, other: one == other,
    "nindent": _nindent,
    "not": lambda value: not value,
    "quote": lambda value: json.dumps(_text(value)),
    "sha256sum": lambda text: hashlib.sha256(text.encode()).hexdigest(),
    # JSON is YAML as well.
    "toYaml": lambda value: json.dumps(value, indent=2),
}
