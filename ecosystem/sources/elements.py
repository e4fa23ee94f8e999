"""XML read as a stream, element by element, with nothing fetched, unfolded or nested without end."""

from __future__ import annotations

from collections.abc import Callable
from pyexpat import ExpatError, ParserCreate

from ecosystem.errors import DataError
from ecosystem.sources import values
from ecosystem.sources.guards import ELEMENT_DEPTH_LIMIT, xml_problem
from ecosystem.sources.inputs import Input
from ecosystem.sources.values import quoted

__all__ = ["Elements"]

Begin = Callable[[str, str, dict[str, str]], None]
End = Callable[[str, str], None]


class Elements:
    """The elements of one file, handed on as they begin and end.

    Parameters
    ----------
    kind
        What the file should be, as people call it: `GEXF`.
    root
        The name of its outermost element.
    begin
        Called with an element's name, its namespace and its attributes.
    end
        Called with an element's name and the text in it, that of other elements in it aside.
    """

    def __init__(self, source: Input, kind: str, root: str, begin: Begin, end: End) -> None:
        self.source = source
        self._kind, self._root = kind, root
        self._begin_element, self._end_element = begin, end
        self._depth = 0
        self._texts: list[list[str]] = []
        self._parser = ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True

    @property
    def line(self) -> int:
        """The line on which the parser is."""
        return self._parser.CurrentLineNumber

    def parse(self) -> None:
        """Read the file.

        Raises
        ------
        DataError
            If it is not XML, of another kind, nests too deep or declares entities.
        """
        parser = self._parser
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        try:
            with self.source.open() as file:
                parser.ParseFile(file)
        except ExpatError as error:
            raise DataError(xml_problem(error, self.source)) from error

    def _begin(self, full: str, own: dict[str, str]) -> None:
        space, _, name = full.rpartition(" ")
        if not self._depth and name != self._root:
            what = "a web page" if name.casefold() == "html" else f"XML of another kind ({values.one_line(name)[:40]})"
            hint = f"Export the network as {self._kind}."
            raise DataError(self.source.problem(f"is {what}, not {self._kind}.", hint, self.line))
        self._depth += 1
        if self._depth > ELEMENT_DEPTH_LIMIT:
            raise DataError(self.source.problem(f"nests more than {ELEMENT_DEPTH_LIMIT} elements.", line=self.line))
        self._texts.append([])
        self._begin_element(name, space, own)

    def _end(self, full: str) -> None:
        self._depth -= 1
        self._end_element(full.rpartition(" ")[2], "".join(self._texts.pop()).strip())

    def _text(self, words: str) -> None:
        self._texts[-1].append(words)

    def _entity(self, name: str, *_rest: object) -> None:
        message = f"declares the entity {quoted(name)}."
        raise DataError(self.source.problem(message, "Write the text itself where it is used.", self.line))
