"""Where each key of a TOML text stands: tomllib gives values without lines.

Reads only texts that tomllib has accepted, so it need not know what a wrong one looks like.
"""

from __future__ import annotations

Path = tuple[str | int, ...]  # keys, and indexes into arrays from zero: ("box", 3, "start")

SPACE = " \t"
BLANK = " \t\r\n"


def key_lines(text: str) -> dict[Path, int]:
    """The line, from one, where each table, key and array element begins."""
    return _Scan(text).run()


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.lengths: dict[Path, int] = {}  # of arrays of tables so far
        self.counted = (0, 1)  # a position and its line, to count on from

    def run(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip(BLANK):
            if self.text.startswith("[[", self.at):
                table = self._header(2)
            elif self.text[self.at] == "[":
                table = self._header(1)
            else:
                self._pair(table)
        return self.lines

    def _line(self) -> int:
        position, line = self.counted
        line += self.text.count("\n", position, self.at)
        self.counted = (self.at, line)
        return line

    def _skip(self, blanks: str) -> bool:
        """Past blanks and comments; False at the end of the text."""
        text = self.text
        while self.at < len(text):
            if text[self.at] in blanks:
                self.at += 1
            elif text[self.at] == "#":
                end = text.find("\n", self.at)
                self.at = len(text) if end < 0 else end
                if "\n" not in blanks:
                    return self.at < len(text)
            else:
                return True
        return False

    def _header(self, brackets: int) -> Path:
        line = self._line()
        self.at += brackets
        keys = self._key()
        self._skip(SPACE)
        self.at += brackets
        path: Path = ()
        for number, key in enumerate(keys):
            path += (key,)
            self.lines.setdefault(path, line)
            last = number == len(keys) - 1
            if last and brackets == 2:
                self.lengths[path] = self.lengths.get(path, 0) + 1
            if path in self.lengths:
                path += (self.lengths[path] - 1,)
                self.lines.setdefault(path, line)
            elif last:
                self.lines[path] = line  # rather the table's own header than that of a part of it
        return path

    def _key(self) -> list[str]:
        parts: list[str] = []
        while True:
            self._skip(SPACE)
            start = self.at
            if self.text[start] in "\"'":
                self._string()
                raw = self.text[start : self.at]
                parts.append(raw[1:-1] if raw[0] == "'" or "\\" not in raw else _unescaped(raw))
            else:
                while self.text[self.at] not in " \t.=]":
                    self.at += 1
                parts.append(self.text[start : self.at])
            self._skip(SPACE)
            if self.text[self.at] != ".":
                return parts
            self.at += 1

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = table
        for key in self._key():
            path += (key,)
            self.lines.setdefault(path, line)
        self.at += 1  # the equals sign
        self._skip(SPACE)
        self._value(path)

    def _value(self, path: Path) -> None:
        char = self.text[self.at]
        if char in "\"'":
            self._string()
        elif char == "[":
            self._array(path)
        elif char == "{":
            self._inline(path)
        else:
            while self.at < len(self.text) and self.text[self.at] not in ",]}#\n":
                self.at += 1

    def _string(self) -> None:
        quote = self.text[self.at]
        if self.text.startswith(quote * 3, self.at):
            self.at += 3
            while not self.text.startswith(quote * 3, self.at):
                self.at += 2 if quote == '"' and self.text[self.at] == "\\" else 1
            self.at += 3
            while self.text.startswith(quote, self.at):  # one or two may stand before the closing three
                self.at += 1
            return
        self.at += 1
        while self.text[self.at] != quote:
            self.at += 2 if quote == '"' and self.text[self.at] == "\\" else 1
        self.at += 1

    def _array(self, path: Path) -> None:
        self.at += 1
        index = 0
        while True:
            self._skip(BLANK + ",")
            if self.text[self.at] == "]":
                break
            element = (*path, index)
            self.lines[element] = self._line()
            self._value(element)
            index += 1
        self.at += 1

    def _inline(self, path: Path) -> None:
        self.at += 1
        while True:
            self._skip(BLANK + ",")
            if self.text[self.at] == "}":
                break
            self._pair(path)
        self.at += 1


def _unescaped(raw: str) -> str:
    import tomllib

    return str(tomllib.loads(f"key = {raw}")["key"])
