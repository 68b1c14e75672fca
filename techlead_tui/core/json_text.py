"""Write JSON without the json module, whose import costs more than the rest of a quick log, and read it."""

import sys

SHORT = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


class Escapes(dict[int, str]):
    """Tell how a character stands in a string: fills itself as characters are met."""

    def __missing__(self, code: int) -> str:
        if code < 32 or 127 <= code < 160 or code in (0x2028, 0x2029):
            text = f"\\u{code:04x}"  # line ends and controls, so that a line stays one in any tool
        elif 0xD800 <= code < 0xE000:
            text = "\ufffd"  # half a pair: bytes of the command line that are no UTF-8
        else:
            text = chr(code)
        self[code] = text
        return text


ESCAPES = Escapes(SHORT)


def encode(value: object) -> str:
    """Compact JSON of str, int, float, bool, None, list, tuple and dict with str keys.

    ValueError for a float that is not finite, TypeError for any other type.
    """
    kind = type(value)
    if kind is str:
        return encode_text(value)  # type: ignore[arg-type]
    if kind is dict:
        return (
            "{"
            + ",".join([encode_text(k) + ":" + encode(v) for k, v in value.items()])  # type: ignore[attr-defined]
            + "}"
        )
    if kind is list or kind is tuple:
        return "[" + ",".join([encode(v) for v in value]) + "]"  # type: ignore[attr-defined]
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return str(value)
    if kind is float:
        text = repr(value)
        if text[-1] in "fn":  # inf, nan
            raise ValueError(f"{text} is not a number that JSON can hold")
        return text
    if isinstance(value, str):
        return encode_text(str(value))
    raise TypeError(f"a record cannot hold {kind.__name__}")


def encode_text(text: str) -> str:
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return f'"{text.translate(ESCAPES)}"'


def decode(text: str) -> object:
    """Return the value of a JSON text. ValueError when it is none, or is nested too deep.

    Without the json module where that is not there yet and the text is small and plain.
    """
    if "json" not in sys.modules and len(text) <= SMALL:
        try:
            return decode_plain(text)
        except (ValueError, IndexError, KeyError, RecursionError):
            pass  # the module knows whether it is JSON
    import json

    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None


SMALL = 64 * 1024  # characters that are read faster here than the module is imported
BLANK = " \t\r\n"
UNESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "/": "/"}
LITERALS = {"t": ("true", True), "f": ("false", False), "n": ("null", None)}


def decode_plain(text: str) -> object:
    """Return the value of a JSON text of the sort that `encode` writes: no floats, no halves of pairs.

    ValueError, IndexError or KeyError for anything else, be it JSON or not.
    """
    value, at = _value(text, 0)
    if text[at:].strip(BLANK):
        raise ValueError(text[at:])
    return value


def _value(text: str, at: int) -> tuple[object, int]:
    """Return the value that stands at a place, and the place after it."""
    at = _past_blanks(text, at)
    sign = text[at]
    if sign == '"':
        return _text(text, at + 1)
    if sign == "{":
        return _object(text, at + 1)
    if sign == "[":
        return _list(text, at + 1)
    if sign in LITERALS:
        word, value = LITERALS[sign]
        if not text.startswith(word, at):
            raise ValueError(text[at : at + 5])
        return value, at + len(word)
    end = at + (sign == "-")
    while text[end : end + 1] in DIGITS:
        end += 1
    number = text[at:end]
    if text[end : end + 1] in (".", "e", "E") or str(int(number)) != number:
        raise ValueError(number)
    return int(number), end


DIGITS = frozenset("0123456789")


def _past_blanks(text: str, at: int) -> int:
    while text[at] in BLANK:
        at += 1
    return at


def _object(text: str, at: int) -> tuple[dict[str, object], int]:
    found: dict[str, object] = {}
    at = _past_blanks(text, at)
    if text[at] == "}":
        return found, at + 1
    while True:
        if text[at] != '"':
            at = _past_blanks(text, at)
            if text[at] != '"':
                raise ValueError(text[at])
        key, at = _text(text, at + 1)
        if text[at] != ":":
            at = _past_blanks(text, at)
            if text[at] != ":":
                raise ValueError(text[at])
        at += 1
        if text[at] == '"':
            found[key], at = _text(text, at + 1)
        else:
            found[key], at = _value(text, at)
        sign = text[at]
        if sign in BLANK:
            at = _past_blanks(text, at)
            sign = text[at]
        at += 1
        if sign == "}":
            return found, at
        if sign != ",":
            raise ValueError(sign)


def _list(text: str, at: int) -> tuple[list[object], int]:
    found: list[object] = []
    at = _past_blanks(text, at)
    if text[at] == "]":
        return found, at + 1
    while True:
        value, at = _value(text, at)
        found.append(value)
        at = _past_blanks(text, at) + 1
        if text[at - 1] == "]":
            return found, at
        if text[at - 1] != ",":
            raise ValueError(text[at - 1])


def _text(text: str, at: int) -> tuple[str, int]:
    """Return the string whose opening quote stands before a place."""
    end = text.index('"', at)
    raw = text[at:end]
    while raw[-1:] == "\\" and (len(raw) - len(raw.rstrip("\\"))) % 2:
        end = text.index('"', end + 1)
        raw = text[at:end]
    if not raw.isprintable():
        raise ValueError(raw)
    if "\\" in raw:
        parts = (part.split("\\") for part in raw.split("\\\\"))
        raw = "\\".join("".join([first, *map(_unescaped, rest)]) for first, *rest in parts)
    return raw, end + 1


def _unescaped(piece: str) -> str:
    """Return what a backslash before a piece of a string makes of it."""
    if piece[0] != "u":
        return UNESCAPED[piece[0]] + piece[1:]
    digits = piece[1:5]
    code = int(digits, 16)
    if len(digits) != 4 or not (digits.isascii() and digits.isalnum()) or 0xD800 <= code < 0xE000:
        raise ValueError(digits)
    return chr(code) + piece[5:]
