"""An expression written again for libxml2: in XPath 1, and where it can be for all nodes of a rule at once.

libxml2 answers `//tei:note[not(@n)]` for a volume in the time in which Python asks one note. So a test is written into
a predicate wherever its value there is the same; variables of a rule are put in place, `current()` is `.`.

What is XPath 2 or 3 is written only if XPath 1 means the same by it (`Refused` else, and elementpath has to do it):
paths, their predicates, what is there or not, comparisons with strings. Not comparisons of attributes with numbers:
`@n = 1` is an error in XPath 2 where @n is no number, and false in XPath 1.
"""

from __future__ import annotations

from typing import NamedTuple, cast

from tei_edition.validation.schematron.functions import (
    BOOLEAN,
    GIVES,
    NODE,
    NODES,
    NUMBER,
    OF_A_NODE,
    OF_STRINGS,
    SINGLE_AXES,
    STRING,
    STRINGS,
    TEXTUAL,
    VALUE_COMPARISONS,
    Refused,
    Written,
    check_comparison,
)
from tei_edition.validation.schematron.scope import Binding, Scope
from tei_edition.validation.schematron.syntax import (
    Binary,
    Call,
    Dot,
    Filter,
    If,
    Literal,
    Negative,
    Node,
    NotRead,
    Number,
    Path,
    Sequence,
    Step,
    Variable,
    parse,
)

_DOUBLE_SLASH = Step("descendant-or-self", "node()")
_LONGEST = 4000  # characters of an expression with its variables put in place

class Writer:
    """Writes expressions of one scope. `at_once`: for a predicate on all nodes of a rule; else for one node at a time.

    `used` are the variables that must be handed to libxml2, by the names that they have in what was written. `asked`
    are the functions beyond those of XPath 1 that it calls.
    """

    def __init__(self, scope: Scope, *, strict: bool, at_once: bool) -> None:
        self._scope = scope
        self._strict = strict
        self._at_once = at_once
        self.used: dict[str, Binding] = {}
        self.asked: set[str] = set()

    def boolean(self, expression: str) -> str:
        """Return a test, as the predicate of a node. Raises Refused."""
        written = self._whole(expression)
        if written.kind == STRINGS:
            raise Refused("a sequence of strings is neither true nor false")
        return f"boolean({written.text})"

    def string(self, expression: str) -> str:
        """Return an expression whose value is the text that a message shows. Raises Refused."""
        written = self._whole(expression)
        if self._strict and written.kind not in (NODE, STRING, NUMBER, BOOLEAN):
            raise Refused("more values than one are shown")
        return f"string({written.text})"

    def value(self, expression: str) -> Written:
        """Return an expression whose value a variable may have. Raises Refused."""
        return self._whole(expression)

    def node(self, tree: Node) -> str:
        """Return a path, or what else gives nodes. Raises Refused."""
        written = self._node(tree, inside=False)
        if written.kind not in (NODES, NODE):
            raise Refused("no nodes")
        return written.text

    def part(self, tree: Node) -> str:
        """Return a part of a test, as something that is true or false. Raises Refused."""
        written = self._node(tree, inside=False)
        if written.kind == STRINGS:
            raise Refused("a sequence of strings is neither true nor false")
        return written.text

    def accepts(self, predicate: str) -> bool:
        """Tell whether a predicate can be written."""
        try:
            return self._node(parse(predicate), inside=True).kind != STRINGS
        except (NotRead, Refused):
            return False

    def numbered(self, predicates: tuple[Node, ...]) -> bool:
        """Tell whether one of the predicates may count: `[1]`, `[last()]`, `[position() > 1]`, `[$n]`."""
        written = [self._node(predicate, inside=True) for predicate in predicates]
        return any(one.kind not in (NODES, NODE, STRING, BOOLEAN) or "position()" in one.text or "last()" in one.text
                   or one.text.startswith("$") for one in written)

    def _whole(self, expression: str) -> Written:
        try:
            written = self._node(parse(expression), inside=False)
        except NotRead as error:
            raise Refused(str(error)) from None
        if len(written.text) > _LONGEST:
            raise Refused("too long")
        return written

    def _node(self, node: Node, *, inside: bool) -> Written:
        """Write a part; `inside` a predicate or behind a step `.` is no longer the node that the rule looks at."""
        match node:
            case Literal(text):
                return self._literal(text)
            case Number(text):
                return Written(self._number(text), NUMBER)
            case Dot():
                return Written(".", NODE, elements=True)
            case Variable(name):
                return self._variable(name, inside=inside, walked=False)
            case Negative(operand):
                return Written(f"-({self._numeric(operand, inside)})", NUMBER)
            case Binary(operator, left, right):
                return self._binary(operator, left, right, inside)
            case Call(name, arguments):
                return self._call(name.removeprefix("fn:"), arguments, inside)
            case Filter(base, predicates):
                return self._filter(base, predicates, inside)
            case Path():
                return self._path(node, inside)
            case If(test, yes, no):
                return self._if(test, yes, no, inside)
            case Sequence(items):
                return self._sequence(items, inside)

    def _literal(self, text: str) -> Written:
        quote = "'" if "'" not in text else '"'
        if quote in text:
            raise Refused("both quotation marks in one string")
        return Written(f"{quote}{text}{quote}", STRING)

    def _number(self, text: str) -> str:
        if "e" in text.lower():
            raise Refused("an exponent")
        return text

    def _sequence(self, items: tuple[Node, ...], inside: bool) -> Written:
        if items and all(isinstance(item, Literal) for item in items):
            return Written("\0".join(self._node(item, inside=inside).text for item in items), STRINGS)
        raise Refused("a sequence")

    def _if(self, test: Node, yes: Node, no: Node, inside: bool) -> Written:
        """As `(test and yes) or (not(test) and no)`, which is the same where it is asked whether something holds."""
        asked, then, other = (self._node(part, inside=inside) for part in (test, yes, no))
        if then.kind != BOOLEAN or other.kind != BOOLEAN or asked.kind == STRINGS:
            raise Refused("if")
        condition = f"boolean({asked.text})"
        return Written(f"(({condition} and {then.text}) or (not({condition}) and {other.text}))", BOOLEAN)

    # -- operators -------------------------------------------------------------------------------

    def _binary(self, operator: str, left: Node, right: Node, inside: bool) -> Written:
        if operator in ("and", "or"):
            return self._logical(operator, left, right, inside)
        if operator in ("=", "!=", "<", "<=", ">", ">=") or operator in VALUE_COMPARISONS:
            return self._comparison(operator, left, right, inside)
        if operator == "|":
            one, two = self._walked(left, inside=inside), self._walked(right, inside=inside)
            if {one.kind, two.kind} - {NODES, NODE}:
                raise Refused("a union of what are no nodes")
            return Written(f"({one.text} | {two.text})", NODES, one.elements and two.elements)
        if operator == "||" and self._strict:
            return self._call("concat", (left, right), inside)
        if operator in ("+", "-", "*", "div", "mod"):
            return Written(f"({self._numeric(left, inside)} {operator} {self._numeric(right, inside)})", NUMBER)
        raise Refused(operator)

    def _logical(self, operator: str, left: Node, right: Node, inside: bool) -> Written:
        """`a or b or c` of any length, without going deeper for each."""
        operands = [right]
        while isinstance(left, Binary) and left.operator == operator:
            operands.append(left.right)
            left = left.left
        operands.append(left)
        written = [self._node(operand, inside=inside) for operand in reversed(operands)]
        if any(operand.kind == STRINGS for operand in written):
            raise Refused("a sequence of strings is neither true nor false")
        return Written(f"({f' {operator} '.join(operand.text for operand in written)})", BOOLEAN)

    def _comparison(self, operator: str, left: Node, right: Node, inside: bool) -> Written:
        one, two = self._node(left, inside=inside), self._node(right, inside=inside)
        sign = VALUE_COMPARISONS.get(operator, operator)
        if self._strict:
            check_comparison(operator, sign, one, two)
            if STRINGS in (one.kind, two.kind):
                side, strings = (two, one) if one.kind == STRINGS else (one, two)
                each = (f"{side.text} {sign} {text}" for text in strings.text.split("\0"))
                return Written(f"({' or '.join(each)})", BOOLEAN)
        elif STRINGS in (one.kind, two.kind) or operator in VALUE_COMPARISONS:
            raise Refused("not in XPath 1")
        return Written(f"({one.text} {sign} {two.text})", BOOLEAN)

    def _numeric(self, node: Node, inside: bool) -> str:
        written = self._node(node, inside=inside)
        if written.kind == STRINGS or (self._strict and written.kind != NUMBER):
            raise Refused("arithmetic with what may be no number")
        return written.text

    # -- functions -------------------------------------------------------------------------------

    def _call(self, name: str, arguments: tuple[Node, ...], inside: bool) -> Written:
        if name == "current" and not arguments:
            if not inside:
                return Written(".", NODE, elements=True)
            if self._at_once:
                raise Refused("current() inside")
        if name in ("position", "last") and not inside and self._at_once:
            raise Refused(f"{name}() of the node itself")
        write = self._walked if name in (*OF_A_NODE, "generate-id") else self._node
        written = [write(argument, inside=inside) for argument in arguments]
        if self._strict:
            return self._strict_call(name, written)
        if any(argument.kind == STRINGS for argument in written):
            raise Refused("a sequence")
        if name in ("current", "key", "generate-id", "id"):
            self.asked.add(name)
        own = "tei-edition-sch:id" if name == "id" else name  # as `native` has it
        return Written(f"{own}({', '.join(argument.text for argument in written)})", GIVES.get(name, STRING),
                       name in ("key", "id"))

    def _strict_call(self, name: str, written: list[Written]) -> Written:
        kinds = [argument.kind for argument in written]
        texts = ", ".join(argument.text for argument in written)
        nodes = all(kind in (NODES, NODE) for kind in kinds)
        textual = all(kind in TEXTUAL for kind in kinds)
        if name in ("exists", "empty", "count") and len(kinds) == 1 and nodes:
            return {"exists": Written(f"boolean({texts})", BOOLEAN), "empty": Written(f"not({texts})", BOOLEAN),
                    "count": Written(f"count({texts})", NUMBER)}[name]
        if name in ("not", "boolean") and len(kinds) == 1 and kinds[0] != STRINGS:
            return Written(f"{name}({texts})", BOOLEAN)
        if name in ("true", "false", "position", "last") and not kinds:
            return Written(f"{name}()", GIVES[name])
        if name == "current" and not kinds:
            self.asked.add(name)
            return Written("current()", NODE, elements=True)
        if name in OF_A_NODE and (not kinds or kinds == [NODE]):
            return Written(f"{name}({texts})", STRING)
        if name == "ends-with" and textual and len(kinds) == 2:
            whole, end = (argument.text for argument in written)
            start = f"string-length({whole}) - string-length({end}) + 1"
            return Written(f"((string-length({whole}) >= string-length({end})) and substring({whole}, {start}) = "
                           f"string({end}))", BOOLEAN)
        if name in OF_STRINGS and textual:
            return Written(f"{name}({texts})", OF_STRINGS[name])
        if name == "substring" and kinds and kinds[0] in TEXTUAL and set(kinds[1:]) == {NUMBER}:
            return Written(f"{name}({texts})", STRING)
        raise Refused(f"{name}()")

    # -- variables, paths ------------------------------------------------------------------------

    def _variable(self, name: str, *, inside: bool, walked: bool) -> Written:
        """Write a variable; `walked`: steps start from it, so that its nodes must be those of the document.

        libxml2 gets attributes and text of a variable as strings of nobody: of them no step leads on.
        """
        binding = self._scope.get(name)
        if binding is None:
            raise Refused(f"the variable ${name} is not declared")
        in_place = binding.of_node and not inside
        if binding.of_node and inside and self._at_once:
            raise Refused(f"${name} inside a predicate")
        meaning = meaning_of(binding, strict=self._strict, at_once=self._at_once and in_place)
        if in_place and (self._at_once or (walked and not meaning.written.elements)):
            self.used |= meaning.used
            self.asked |= meaning.asked
            return Written(f"({meaning.written.text})", meaning.written.kind, meaning.written.elements)
        if walked and not binding.of_node and not meaning.used and meaning.written.text.startswith("/"):
            return meaning.written._replace(text=f"({meaning.written.text})")  # it means the same from anywhere
        if walked and meaning.written.kind in (NODES, NODE) and not meaning.written.elements:
            raise Refused(f"steps from the attributes or the text of ${name}")
        variable = f"v{binding.number}"
        self.used[variable] = binding
        return Written(f"${variable}", meaning.written.kind, meaning.written.elements)

    def _walked(self, node: Node, *, inside: bool) -> Written:
        """Write nodes that must be those of the document themselves, as steps lead on from them."""
        if isinstance(node, Variable):
            return self._variable(node.name, inside=inside, walked=True)
        written = self._node(node, inside=inside)
        if written.text == "current()":
            return written._replace(text="tei-edition-sch:current-node()")
        return written

    def _filter(self, base: Node, predicates: tuple[Node, ...], inside: bool) -> Written:
        if isinstance(base, Dot):
            return self._path(Path(False, None, (Step("self", "node()", predicates),)), inside)
        written = self._walked(base, inside=inside)
        if written.kind not in (NODES, NODE):
            raise Refused("a predicate on what are no nodes")
        single = written.kind == NODE or any(isinstance(predicate, Number) for predicate in predicates)
        return Written(f"({written.text}){self._predicates(predicates)}", NODE if single else NODES, written.elements)

    def _predicates(self, predicates: tuple[Node, ...]) -> str:
        texts = []
        for predicate in predicates:
            written = self._node(predicate, inside=True)
            if written.kind == STRINGS:
                raise Refused("a sequence of strings is neither true nor false")
            texts.append(f"[{written.text}]")
        return "".join(texts)

    def _path(self, path: Path, inside: bool) -> Written:
        single, elements, begin = True, True, ""
        if path.start is not None:
            start = self._walked(path.start, inside=inside)
            if start.kind not in (NODES, NODE):
                raise Refused("steps from what are no nodes")
            single, begin = start.kind == NODE, f"{start.text}/"
        elif path.absolute:
            begin = "/"
        for step in path.steps:
            numbered = any(isinstance(predicate, Number) for predicate in step.predicates)
            single = single and (numbered or (step.axis in SINGLE_AXES and (step.axis != "attribute"
                                                                           or "*" not in step.test)))
            elements = step.axis not in ("attribute", "namespace") and (
                not step.test.endswith(")") or step.test in ("element()", "*")
                or (step.test == "node()" and step.axis.startswith(("ancestor", "parent"))))
        kind = NODE if single else NODES
        return Written(begin + "/".join(map(self.step, self._shortened(path.steps))), kind, elements)

    def _shortened(self, steps: tuple[Step, ...]) -> list[Step]:
        """Return steps with `//name` as one step of descent, of which libxml2 makes less, unless a predicate counts."""
        found: list[Step] = []
        for step in steps:
            if found and found[-1] == _DOUBLE_SLASH and step.axis == "child" and not self.numbered(step.predicates):
                found[-1] = step._replace(axis="descendant")
            else:
                found.append(step)
        return found

    def step(self, step: Step) -> str:
        """Write a step with its predicates. Raises Refused."""
        test, extra = step.test, ""
        if test.startswith("*:"):
            test, extra = "*", f"[local-name() = '{test[2:]}']"
        elif test.startswith(("element(", "attribute(")):
            test = test.partition("(")[2].rstrip(")") or "*"
        elif test.startswith("document-node("):
            raise Refused(test)
        return f"{step.axis}::{test}{extra}{self._predicates(step.predicates)}"


class Meaning(NamedTuple):
    """A variable's expression, written, with the variables that it needs itself."""

    written: Written
    used: dict[str, Binding]
    asked: set[str]


def meaning_of(binding: Binding, *, strict: bool, at_once: bool) -> Meaning:
    """Return the expression of a variable as libxml2 can evaluate it. Raises Refused."""
    known = binding.written.get((strict, at_once))
    if known is None:
        try:
            known = _translated(binding, strict=strict, at_once=at_once)
        except Refused as error:
            known = error
        binding.written[strict, at_once] = known
    if isinstance(known, Refused):
        raise known
    return cast(Meaning, known)


def _translated(binding: Binding, *, strict: bool, at_once: bool) -> Meaning:
    if binding.let.content is not None:
        raise Refused(f"${binding.let.name} holds elements")
    writer = Writer(binding.before, strict=strict, at_once=at_once)
    written = writer.value(binding.let.value)
    if written.kind == STRINGS:
        raise Refused("a sequence of strings")
    return Meaning(written, writer.used, writer.asked)
