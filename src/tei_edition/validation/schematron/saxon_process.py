"""The process in which Saxon runs: it reads requests as lines of JSON, and writes a line for each.

A process of its own, because Saxon ends the one that it is in where something goes wrong, cannot be stopped, and aborts
in a second thread. It may read nothing: no file, no address, no variable of the system; all that it needs is in the
request.
Run as a script by `by_saxon`; of this package it imports nothing, so that it starts fast.

A request has the `sheet` (its number, and once its text), the `document` (likewise, with its address), the files that
are `given` beside those of earlier requests for the document, and which mode to begin in. The answer has a `result` or
an `error`.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

_FEATURE = "http://saxon.sf.net/feature/"
_LOCKED = {"allowedProtocols": "", "allow-external-functions": "off", "disableXslEvaluate": "on"}


class Runner:
    """Saxon with the stylesheets that it was given, and the last document."""

    def __init__(self) -> None:
        from saxonche import PySaxonProcessor

        self._processor = PySaxonProcessor(license=False)
        for name, value in _LOCKED.items():
            self._processor.set_configuration_property(f"{_FEATURE}{name}", value)
        self._sheets: dict[int, Any] = {}
        self._document: Any = None
        self._files: dict[str, Any] = {}

    def answer(self, request: dict[str, Any]) -> str:
        """Return what a stylesheet makes of a document. Raises what Saxon raises."""
        if request.get("document") is not None:
            self._document = self._tree(request["document"], request["address"])
            # Saxon takes an empty map for no value.
            self._files = {"-": self._processor.make_string_value("")}
        for key, (is_tree, address, text) in request["given"].items():
            self._files[key] = self._tree(text, address) if is_tree else self._processor.make_string_value(text)
        if request.get("text") is not None:
            compiler = self._processor.new_xslt30_processor()
            self._sheets[request["sheet"]] = compiler.compile_stylesheet(stylesheet_text=request["text"],
                                                                         encoding="utf-8")
        sheet = self._sheets[request["sheet"]]
        given = self._processor.make_map2(self._files)
        sheet.set_parameter(request["parameter"], given)
        sheet.set_initial_mode(request["mode"])
        sheet.set_global_context_item(xdm_item=self._document)
        return str(sheet.apply_templates_returning_string(xdm_value=self._document))

    def _tree(self, text: str, address: str) -> Any:
        builder = self._processor.new_document_builder()
        if address:
            builder.set_base_uri(address)
        return builder.parse_xml(xml_text=text, encoding="utf-8")


def main() -> None:
    """Answer until there are no more requests."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever Saxon prints is no answer
    runner = Runner()
    for line in sys.stdin.buffer:
        try:
            answer = {"result": runner.answer(json.loads(line))}
        except Exception as error:  # whatever it is, it is said of the rule that was asked for
            answer = {"error": str(error)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
