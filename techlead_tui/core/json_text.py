"""Write JSON, and read it, without the json module, whose import costs more than the rest of a quick log."""

from _json import make_scanner  # the part of the json module that is written in C

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


BLANK = " \t\r\n"


class _Plain:
    """Say how JSON is read: as the json module reads it unless told otherwise."""

    strict = True
    object_hook = object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float  # NaN and Infinity


_scan = make_scanner(_Plain)  # type: ignore[arg-type]  # any object with these six does


def decode(text: str) -> object:
    """Return the value of a JSON text. ValueError when it is none, or is nested too deep."""
    start = len(text) - len(text.lstrip(BLANK))
    try:
        value, end = _scan(text, start)
    # the scanner has no error of its own to raise while the json module is not there
    except (StopIteration, SystemError):
        raise ValueError("it is no JSON") from None
    except RecursionError:
        raise ValueError("nested too deep") from None
    if text[end:].strip(BLANK):
        raise ValueError("more follows the value")
    return value
