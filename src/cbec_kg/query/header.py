"""Read the header of a saved query.

Texts are plain English, so that grlc loads the file; the Chinese ones stand under ``zh: {summary: ...}``.

>>> query = parse_saved('''#+ summary: Programmes of a platform
... #+ params:
... #+   platform: {type: iri, class: "cbec:Platform", default: "id:aliexpress", label: {en: Platform, zh: 平台}}
... #+ columns: {programme: iri}
... PREFIX id: <https://w3id.org/cbec-kg/id/>
... SELECT ?programme WHERE {
...   VALUES ?platform { id:aliexpress }  #= platform
...   ?platform ?launches ?programme .
... } ORDER BY ?programme''', "platforms/programmes", Path("programmes.rq"))
>>> query.summary.en, query.params[0].cls, query.columns[0].type
('Programmes of a platform', 'https://w3id.org/cbec-kg/ontology#Platform', 'iri')
"""

import re
from datetime import date
from pathlib import Path

from cbec_kg.errors import BadParameter, ParseError
from cbec_kg.namespaces import PREFIXES, expand
from cbec_kg.query.bounds import outside
from cbec_kg.query.convert import refuse_names, to_terms
from cbec_kg.query.header_lines import HeaderLines, MappingNode, Node, SequenceNode
from cbec_kg.query.markers import markers
from cbec_kg.query.nearest import did_you_mean
from cbec_kg.query.saved import COLUMN_TYPES, LANGUAGES, PARAM_TYPES, Bilingual, Column, Param, SavedQuery

__all__ = ["parse_saved", "read_saved"]

_KEYS = ("summary", "description", "tags", "zh", "params", "columns")
_PARAM_KEYS = ("type", "class", "default", "many", "required", "label", "choices", "min", "max", "max-length")
# Which types each limit is for, and how such a value is written.
_LIMITS = {"min": ("integer", "decimal", "date"), "max": ("integer", "decimal", "date"), "max-length": ("string",)}
_WRITTEN = {
    "integer": re.compile(r"-?[0-9]{1,18}"),
    "decimal": re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?"),
    "string": re.compile(r"[1-9][0-9]{0,8}"),
}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NOTHING = ("null", "~")


def read_saved(path: Path, name: str) -> SavedQuery:
    """The saved query in a file; raises `ParseError` with file, line and what to do."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ParseError(str(path), None, None, f"byte {error.start} is not UTF-8: save it as UTF-8") from None
    except OSError as error:
        raise ParseError(str(path), None, None, error.strerror or str(error)) from None
    return parse_saved(text, name, path)


def parse_saved(text: str, name: str, path: Path) -> SavedQuery:
    """The saved query of a text; ``path`` is named in errors."""
    return _Header(text, str(path)).read(name, path)


class _Header(HeaderLines):
    """One pass over one file."""

    def read(self, name: str, path: Path) -> SavedQuery:
        keys = self.mapping(self.root(), "the header", _KEYS)
        for key in ("summary", "columns"):
            if key not in keys:
                self.fail(f"no {key} in the header: write `#+ {key}: ...`", line=1)
        chinese = self.mapping(keys["zh"], "zh", ("summary", "description")) if "zh" in keys else {}
        texts = {}
        for key in ("summary", "description"):
            english = self.plain(keys[key], key) if key in keys else ""
            texts[key] = Bilingual(english, self.plain(chinese[key], key) if key in chinese else "")
        params = self.mapping(keys["params"], "params") if "params" in keys else {}
        columns = self.mapping(keys["columns"], "columns")
        query = SavedQuery(
            name=name,
            path=path,
            summary=texts["summary"],
            description=texts["description"],
            tags=self.sequence(keys["tags"], "tags") if "tags" in keys else (),
            params=tuple(self.param(key, node) for key, node in params.items()),
            columns=tuple(self.column(key, node) for key, node in columns.items()),
            text=self.text,
        )
        self.check_markers(query.params)
        return query

    def label(self, node: Node, what: str) -> Bilingual:
        texts = self.mapping(node, what, LANGUAGES)
        for lang in LANGUAGES:
            if lang not in texts:
                self.fail(f"{what} lacks {lang}: write {{en: ..., zh: ...}}", node)
        return Bilingual(**{lang: self.plain(text, what) for lang, text in texts.items()})

    def cls(self, node: Node, what: str) -> str:
        written = self.scalar(node, what)
        if "://" in written:
            return written
        try:
            return expand(written)
        except KeyError:
            near = did_you_mean(written.partition(":")[0], tuple(PREFIXES))
            self.fail(f"{what} {written!r} has an unknown prefix: {near}", node)

    def param(self, name: str, node: Node) -> Param:
        what = f"parameter {name}"
        if not _NAME.fullmatch(name):
            self.fail(f"{what} has no legal name: use letters, digits and _", node)
        keys = self.mapping(node, what, _PARAM_KEYS)
        for key in ("type", "label"):
            if key not in keys:
                self.fail(f"{what} lacks {key}: write {{type: ..., label: {{en: ..., zh: ...}}, default: ...}}", node)
        kind = self.closed(keys["type"], f"type of {what}", PARAM_TYPES)
        if "class" in keys and kind != "iri":
            self.fail(f"{what} is of type {kind} and has a class: leave class out, or write type: iri", node)
        many = "many" in keys and self.truth(keys["many"], f"many of {what}")
        default = self.default(keys["default"], what, many) if "default" in keys else ()
        choices = self.sequence(keys["choices"], f"choices of {what}") if "choices" in keys else ()
        limits = {key: self.limit(keys[key], key, kind, what) for key in _LIMITS if key in keys}
        param = Param(
            name=name,
            type=kind,
            label=self.label(keys["label"], f"label of {what}"),
            cls=self.cls(keys["class"], f"class of {what}") if "class" in keys else None,
            default=default,
            many=many,
            required="required" in keys and self.truth(keys["required"], f"required of {what}"),
            choices=choices or (LANGUAGES if kind == "lang" else ()),
            min=limits.get("min"),
            max=limits.get("max"),
            max_length=int(limits["max-length"]) if "max-length" in limits else None,
        )
        if param.min is not None and outside(param, param.min):
            self.fail(f"min of {what} is {param.min} and max is {param.max}: write the smaller one as min", keys["min"])
        for value in default:
            try:
                to_terms(param, value, refuse_names) if limits else None
            except BadParameter as error:
                self.fail(f"default of {what} does not fit, {error}", keys["default"])
        return param

    def limit(self, node: Node, key: str, kind: str, what: str) -> str:
        written = self.scalar(node, f"{key} of {what}")
        if kind not in _LIMITS[key]:
            self.fail(f"{what} is of type {kind} and has a {key}: {key} is for {' and '.join(_LIMITS[key])}", node)
        if kind == "date":
            try:
                fits = date.fromisoformat(written).isoformat() == written
            except ValueError:
                fits = False
        else:
            fits = bool(_WRITTEN[kind].fullmatch(written))
        if not fits:
            example = {"date": "a day such as 2021-01-14", "string": "a whole number above 0"}.get(kind, "a number")
            self.fail(f"{key} of {what} is {written!r}: write {example}", node)
        return written

    def default(self, node: Node, what: str, many: bool) -> tuple[str, ...]:
        if isinstance(node, SequenceNode):
            if not many:
                self.fail(f"default of {what} is a list: write one value, or many: true", node)
            return self.sequence(node, f"default of {what}")
        written = self.scalar(node, f"default of {what}")
        return () if written in _NOTHING else (written,)

    def column(self, name: str, node: Node) -> Column:
        what = f"column {name}"
        if not _NAME.fullmatch(name):
            self.fail(f"{what} has no legal name: write the variable without its question mark", node)
        if not isinstance(node, MappingNode):
            return Column(name, self.closed(node, f"type of {what}", COLUMN_TYPES))
        keys = self.mapping(node, what, ("type", "label"))
        if "type" not in keys:
            self.fail(f"{what} lacks type: {did_you_mean('', COLUMN_TYPES)}", node)
        label = self.label(keys["label"], f"label of {what}") if "label" in keys else None
        return Column(name, self.closed(keys["type"], f"type of {what}", COLUMN_TYPES), label)

    def check_markers(self, params: tuple[Param, ...]) -> None:
        """Each parameter has a marked line, and each marked line a parameter."""
        names = [param.name for param in params]
        marked = set()
        for marker in markers(self.text):
            if not marker.name:
                fix = "write `VALUES ?x { terms } #= name` on a line of its own"
                self.fail(f"a marked line of another shape: {fix}", line=marker.line)
            if marker.name not in names:
                near = did_you_mean(marker.name, names)
                self.fail(f"#= {marker.name} is no parameter of the header: {near}", line=marker.line)
            marked.add(marker.name)
        for name in names:
            if name not in marked:
                fix = f"mark its line with `VALUES ?{name} {{ ... }} #= {name}`"
                self.fail(f"parameter {name} is not used: {fix}", line=1)
