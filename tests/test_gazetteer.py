"""World names: the data's invariants, spot checks of its facts, and how names are compared and files refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import gazetteer
from audit.errors import RuleError
from audit.gazetteer import fold

DATA = Path(__file__).parent.parent / "rules" / "gazetteer"
FILES = {
    "governments.tsv": gazetteer.GOVERNMENTS,
    "organizations.tsv": gazetteer.ORGANIZATIONS,
    "given-names.tsv": gazetteer.GIVEN_NAMES,
}
WORLD = gazetteer.load(DATA)


def rows(file: str) -> list[list[str]]:
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")][1:]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three small files, for a test to break."""
    content = {
        "governments.tsv": "France\t\tFrench\tParis\tÉlysée",
        "organizations.tsv": "World Health Organization\tinternational\tWHO",
        "given-names.tsv": "Anna\tf",
    }
    for file, columns in FILES.items():
        (tmp_path / file).write_text("\t".join(columns) + "\n" + content[file] + "\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("file", FILES)
def test_rows_are_sorted_and_each_name_stands_once(file: str) -> None:
    names = [fold(name) for name, *_ in rows(file)]
    assert names == sorted(set(names))


@pytest.mark.parametrize("file", FILES)
def test_no_item_stands_twice_in_a_field(file: str) -> None:
    for name, *fields in rows(file):
        for field in fields:
            items = [item for item in field.split("|") if item]
            assert len({item.replace(".", "") for item in items}) == len(items), name


def test_every_government_has_a_capital_that_leads_to_it() -> None:
    for name, _, _, capitals, _ in rows("governments.tsv"):
        assert capitals
        for capital in capitals.split("|"):
            assert WORLD.government(capital) == (None if capital.startswith("?") else name)


def test_canonical_names_lead_to_themselves() -> None:
    assert [name for name, *_ in rows("governments.tsv") if WORLD.government(name) != name] == []
    assert [name for name, *_ in rows("organizations.tsv") if WORLD.organization(name) != name] == []


def test_all_members_of_the_united_nations_are_there() -> None:
    # 193 members, the observers Vatican and Palestine, and who speaks for themselves without being either
    assert len(rows("governments.tsv")) >= 195
    for name in [
        "Andorra",
        "East Timor",
        "Eswatini",
        "Kiribati",
        "South Sudan",
        "Tuvalu",
        "Palestine",
        "Kosovo",
        "Taiwan",
    ]:
        assert WORLD.government(name) == name


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("the Kremlin", "Russia"), ("Moscow", "Russia"), ("Ankara", "Turkey"), ("Türkiye", "Turkey"),
        ("Turkiye", "Turkey"), ("Damascus", "Syria"), ("U.S.", "United States"), ("US", "United States"),
        ("the United States of America", "United States"), ("Washington, D.C.", "United States"),
        ("us", None), ("turkey", None), ("Us", None), ("UK", "United Kingdom"), ("No. 10", "United Kingdom"),
        ("Downing Street", "United Kingdom"), ("the Elysee", "France"), ("Élysée Palace", "France"),
        ("Côte d’Ivoire", "Ivory Coast"), ("Cote d'Ivoire", "Ivory Coast"), ("Kiev", "Ukraine"), ("Kyiv", "Ukraine"),
        ("New\u00a0Delhi", "India"), ("PYONGYANG", "North Korea"), ("ROK", "South Korea"), ("Rok", None),
        ("The Hague", "Netherlands"), ("Malacanang", "Philippines"), ("Burma", "Myanmar"), ("Holy See", "Vatican"),
        ("Ramallah", "Palestine"), ("Brussels", None), ("Congo", None), ("Congo-Brazzaville", "Republic of the Congo"),
        ("DR Congo", "Democratic Republic of the Congo"), ("White House", None), ("Atlantis", None), ("", None),
    ],
)  # fmt: skip
def test_government(name: str, country: str | None) -> None:
    assert WORLD.government(name) == country


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Syrian", "Syria"), ("Britons", "United Kingdom"), ("Poles", "Poland"), ("polish", None),
        ("Dutch", "Netherlands"),
        ("Nigerien", "Niger"), ("Nigerian", "Nigeria"), ("U.S.", "United States"), ("Korean", None),
        ("Dominican", None),
        ("South Korean", "South Korea"), ("Filipino", "Philippines"), ("Monegasque", "Monaco"),
        ("Emirati", "United Arab Emirates"),
    ],
)  # fmt: skip
def test_demonym(word: str, country: str | None) -> None:
    assert WORLD.demonym(word) == country


@pytest.mark.parametrize(
    ("name", "canonical", "kind"),
    [
        ("U.N.", "United Nations", "international"), ("WHO", "World Health Organization", "international"),
        ("who", None, None), ("Who", None, None), ("Nato", "NATO", "international"), ("nato", None, None),
        ("OCHA", "UN Office for the Coordination of Humanitarian Affairs", "international"),
        ("UNHCR", "UN refugee agency", "international"), ("the White House", "White House", "office"),
        ("Fed", "Federal Reserve", "agency"), ("Department of Justice", "Justice Department", "office"),
        ("DOJ", "Justice Department", "office"), ("Scotland Yard", "Metropolitan Police", "agency"),
        ("HRW", "Human Rights Watch", "ngo"), ("Doctors Without Borders", "Médecins Sans Frontières", "ngo"),
        ("AFP", "Agence France-Presse", "outlet"), ("The New York Times", "New York Times", "outlet"),
        ("Middle East Eye", "Middle East Eye", "outlet"), ("GOP", "Republican Party", "party"),
        ("Al-Qaeda", "al-Qaida", "group"), ("Gardai", "Garda Síochána", "agency"),
        ("MoD", "Ministry of Defence", "office"), ("CCTV", None, None),
        ("SEC", "Securities and Exchange Commission", "agency"),
        ("mod", None, None), ("Let", None, None), ("Treasury", None, None), ("FSB", None, None), ("Moscow", None, None),
        ("IOC", "International Olympic Committee", "sport"), ("TSMC", "TSMC", "company"), ("Brussels", None, None),
    ],
)  # fmt: skip
def test_organization(name: str, canonical: str | None, kind: str | None) -> None:
    assert WORLD.organization(name) == canonical
    assert WORLD.organization_type(name) == kind


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Judd Deere", "m"), ("Mike Pompeo", "m"), ("Recep Tayyip Erdoğan", "m"), ("Mevlut Cavusoglu", "m"),
        ("Ursula von der Leyen", "f"), ("Jacinda Ardern", "f"), ("J. Michael Luttig", "m"), ("Moon Jae-in", "m"),
        ("Kim Jong-un", "m"), ("Kim Yo-jong", "f"), ("Anna-Lena Forster", "f"), ("Jean-Yves Le Drian", "m"),
        ("Andrea", None), ("Jean", None), ("Ilhan Omar", None), ("al-Assad", None), ("James-Collier", None),
        ("Pompeo", None), ("FATIMA", "f"), ("", None), ("J. K.", None), ("Björn", "m"), ("Jose María", "m"),
    ],
)  # fmt: skip
def test_gender(name: str, gender: str | None) -> None:
    assert WORLD.gender(name) == gender


def test_fold() -> None:
    assert fold("  Élysée’s U.S.\u00a0visit of ERDOĞAN ") == "elysee's us visit of erdogan"
    assert fold("Yıldırım Łukasz Søren Maʻarrat al‑Numan") == "yildirim lukasz soren ma'arrat al-numan"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert "." not in fold(text)


def test_folding_any_single_character_twice_changes_nothing() -> None:
    characters = map(chr, [*range(0x3400), *range(0xF900, 0x10000), *range(0x1D400, 0x1D800)])
    assert [char for char in characters if fold(fold(char)) != fold(char)] == []


@given(st.text())
def test_no_text_makes_a_look_up_raise(text: str) -> None:
    assert WORLD.gender(text) in ("m", "f", None)
    for found in (WORLD.government(text), WORLD.demonym(text), WORLD.organization(text), WORLD.organization_type(text)):
        assert found is None or found


@given(st.sampled_from(sorted(WORLD.organizations)), st.sampled_from(["", "the ", "The ", " "]))
def test_a_leading_article_makes_no_difference(key: str, article: str) -> None:
    name = key if key != key.lower() else key.title()
    assert WORLD.organization(article + name) == WORLD.organization(name)


def test_the_small_folder_loads(folder: Path) -> None:
    assert gazetteer.load(folder).government("Elysee") == "France"


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("governments.tsv", "Italy\t\tItalian\tRome", ":3: 4 columns, not 5"),
        ("governments.tsv", "Italy\t\tItalian\t\t", ":3: Italy has no capital"),
        ("governments.tsv", "Italy\t\tItalian \tRome\t", ":3: stray white space"),
        ("governments.tsv", "Italy\t\tItalian||Italians\tRome\t", ":3: stray white space or an empty item"),
        ("governments.tsv", "?Italy\t\t\tRome\t", ':3: "?Italy" is no name'),
        ("governments.tsv", "Texas\t\t\tAustin|Paris\t", ':3: "Paris" already stands at'),
        ("governments.tsv", "Texas\t\t\tAustin|?Paris\t", ':3: "Paris" already stands at'),
        ("governments.tsv", "Texas\t\t\t?Austin\t", '"Austin" is marked ? but stands in no other row'),
        ("governments.tsv", "Quebec\t\tfrench\tQuebec City\t", ':3: "french" already stands at'),
        ("organizations.tsv", "Élysée\toffice\t", ':3: "Élysée" already stands at'),
        ("organizations.tsv", "World Bank\tbank\t", ':3: unknown type "bank": write one of agency, '),
        ("given-names.tsv", "Tom\tx", ':3: unknown gender "x": write one of f, m, u'),
        ("given-names.tsv", "anna\tf", ':3: "anna" already stands at'),
    ],
)
def test_a_wrong_line_is_refused_with_its_place(folder: Path, file: str, line: str, message: str) -> None:
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(RuleError) as refused:
        gazetteer.load(folder)
    (error,) = str(refused.value).splitlines()
    assert error.startswith(str(path))
    assert message in error


def test_all_errors_are_told_at_once(folder: Path) -> None:
    (folder / "governments.tsv").unlink()
    (folder / "organizations.tsv").write_bytes(b"name\ttype\taliases\nCaf\xe9\tcompany\t\n")
    (folder / "given-names.tsv").write_text("Anna\tf\n", encoding="utf-8")
    with pytest.raises(RuleError) as refused:
        gazetteer.load(folder)
    missing, undecodable, headless = str(refused.value).splitlines()
    assert "governments.tsv: cannot be read" in missing
    assert "organizations.tsv: byte 21 is not UTF-8" in undecodable
    assert "given-names.tsv:1: no header" in headless


def test_comments_blank_lines_marks_and_other_line_ends_are_read(folder: Path) -> None:
    path = folder / "organizations.tsv"
    path.write_bytes(b"\xef\xbb\xbf# who\r\nname\ttype\taliases\r\n\r\nOne\tngo\t?Uno\r\nTwo\tngo\t?Uno\r\n")
    world = gazetteer.load(folder)
    assert world.organization("One") == "One"
    assert world.organization("Uno") is None
