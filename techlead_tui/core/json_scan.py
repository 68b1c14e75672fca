"""Reads JSON with the C scanner under the json module, whose own import is dear (it brings re)."""

try:
    from _json import make_scanner

    class Context:
        """What the C scanner asks for: the json module's own defaults."""

        strict = True
        object_hook = None
        object_pairs_hook = None
        parse_float = float
        parse_int = int
        parse_constant = float

    scan = make_scanner(Context())  # type: ignore[arg-type]

    def decode(text: str) -> object:
        """The value of a JSON text; ValueError when it is none."""
        try:
            value: object
            value, end = scan(text, len(text) - len(text.lstrip()))
        except (StopIteration, RecursionError, SystemError):  # the last: json.decoder is not imported
            raise ValueError("no JSON") from None
        if text[end:].strip():
            raise ValueError("more than one JSON value")
        return value

except ImportError:  # another Python than CPython
    from json import loads

    def decode(text: str) -> object:
        """The value of a JSON text; ValueError when it is none."""
        return loads(text)
