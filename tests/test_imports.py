"""Imports point one way, the analysis is pure, and the command answers before torch is loaded."""

import ast
import resource
import subprocess
import sys
from pathlib import Path

import pytest

import audit

PACKAGE = Path(audit.__file__).parent

LAYERS = [
    {"__main__"},
    {"cli"},
    {"train"},
    {"examples", "writing"},
    {"report", "readers", "files", "parse", "remember", "heap", "settings"},
    {"ingest", "origins", "wordml"},
    {"cache", "joint", "official", "shown", "torn"},
    {"modelset", "decoding", "store", "entries"},
    {"pipeline"},
    {"checks"},
    {"claims"},
    {"propositions"},
    {"quotations", "figures", "sources", "confidence"},
    {"beside", "documents"},
    {"bodies"},
    {"quotedwords", "descriptions", "titled"},
    {"attributions", "pronouns"},
    {"salience", "reading"},
    {"context"},
    {"names", "phrases", "notation"},
    {"extent", "subjects", "declarations", "mentions"},
    {"match", "triggers", "quotes", "quantity", "spans"},
    {"matchers"},
    {"rules", "marks", "numerals", "approvalfile"},
    {"policyfile"},
    {"policy", "tables"},
    {"rulefile"},
    {"rule"},
    {"pattern", "gazetteer"},
    {"tree", "conllu", "approvals", "baseline", "blocks"},
    {"model"},
    {"errors", "lines", "limits", "globs", "__init__"},
]
"""The modules (or packages) of audit, the highest first: each imports only from the layers below its own."""

OPEN_FILES = {
    *"cli files writing parse cache store modelset rules rulefile rule gazetteer joint official train settings".split(),
    "__main__",
}
"""The modules that may know paths and files; all others turn values into values."""

KNOWS_THE_PARSER = {"parse", "joint", "official", "train"}
PARSER = {"stanza", "torch", "transformers"}
LIBRARIES = {"docx", "feedparser", "lxml", "markdown_it", "pypdf", "trafilatura"}
OUTSIDE = set("argparse logging os pathlib random shutil socket subprocess sys tempfile time".split())
"""What pure code may not import: no files, no environment, no clock, no exit."""

RANK = {part: rank for rank, layer in enumerate(LAYERS) for part in layer}
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def part_of(module: Path) -> str:
    """The module's place in LAYERS: its name, or that of its package."""
    return module.parts[0].removesuffix(".py")


def source(module: Path) -> str:
    return (PACKAGE / module).read_text(encoding="utf-8")


def imports(code: str, package: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The dotted names, split, that code in `package` imports, at its top or inside a function."""
    found: set[tuple[str, ...]] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found.update(tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            base += tuple(node.module.split(".")) if node.module else ()
            found.update((*base, alias.name) for alias in node.names)
    return found


def imported_by(module: Path) -> set[tuple[str, ...]]:
    return imports(source(module), ("audit", *module.parent.parts))


def our_parts(module: Path) -> set[str]:
    """The parts of audit that a module imports; a name of audit itself, such as its version, is of __init__."""
    ours = {name[1] if len(name) > 1 else "__init__" for name in imported_by(module) if name[0] == "audit"}
    return {part if (PACKAGE / part).is_dir() or (PACKAGE / f"{part}.py").exists() else "__init__" for part in ours}


def test_every_form_of_import_is_seen():
    code = "import audit.cli\nfrom audit import __version__\ndef f():\n  from .. import tree\n  from .rows import row\n"
    assert imports(code, ("audit", "report")) == {
        ("audit", "cli"),
        ("audit", "__version__"),
        ("audit", "tree"),
        ("audit", "report", "rows", "row"),
    }


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_module_has_a_layer(module):
    assert part_of(module) in RANK, "give it its place in LAYERS"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_module_imports_only_from_layers_below(module):
    mine = part_of(module)
    upward = {part for part in our_parts(module) if part != mine and RANK[part] <= RANK[mine]}
    assert not upward, f"{module} imports {', '.join(sorted(upward))}, of its own layer or a higher one"


@pytest.mark.parametrize("module", [m for m in MODULES if part_of(m) == "report"], ids=str)
def test_reports_know_the_model_and_not_how_it_came_about(module):
    # Rules too: SARIF, JUnit and explanations say what a check is for in the words of its file.
    assert our_parts(module) <= {"report", "model", "rule", "origins", "lines", "errors", "__init__"}


@pytest.mark.parametrize("module", [m for m in MODULES if part_of(m) not in KNOWS_THE_PARSER], ids=str)
def test_only_parse_knows_stanza_and_torch(module):
    assert not {name[0] for name in imported_by(module)} & PARSER


@pytest.mark.parametrize("module", [m for m in MODULES if part_of(m) not in OPEN_FILES], ids=str)
def test_analysis_and_reports_are_pure(module):
    assert not {name[0] for name in imported_by(module)} & OUTSIDE
    tree = ast.parse(source(module))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"open", "print", "input"}


def fresh(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)


def test_the_command_line_loads_no_parser():
    loaded = fresh("-c", "import sys, audit.cli; print(*sys.modules)").stdout.split()
    assert "audit.cli" in loaded
    assert not (PARSER | {"audit.readers"}) & set(loaded)


def test_readers_load_what_reads_their_format_when_they_read():
    loaded = fresh("-c", "import sys, audit.readers; print(*sys.modules)").stdout.split()
    assert "audit.readers.pdf" in loaded
    assert not LIBRARIES & set(loaded)


@pytest.mark.parametrize("arguments", [["--help"], ["models"], ["rules"]], ids=" ".join)
def test_the_command_answers_at_once(arguments):
    # Half a second of computing: how long that takes is a busy machine's affair.
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    fresh("-c", "import sys; from audit.cli import main; sys.exit(main(sys.argv[1:]))", *arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5
