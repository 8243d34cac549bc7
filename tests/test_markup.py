"""XML as strangers send it: attacks on those who read it, and declarations that lie."""

import gzip
import resource
import time

import pytest

from audit.errors import InputError
from audit.readers import Intake
from audit.readers.markup import decoded, parse_xml

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION_LAUGHS = f'<!DOCTYPE nitf [<!ENTITY l0 "ha">{LAUGHS}]><nitf><p>&l9;</p></nitf>'
IN_AN_ATTRIBUTE = f'<!DOCTYPE nitf [<!ENTITY l0 "ha">{LAUGHS}]><nitf a="&l9;"/>'
QUADRATIC = f'<!DOCTYPE nitf [<!ENTITY a "{"x" * 50_000}">]><nitf><p>{"&a;" * 50_000}</p></nitf>'
QUADRATIC_ATTRIBUTES = f'<!DOCTYPE nitf [<!ATTLIST p a CDATA "{"x" * 50_000}">]><nitf>{"<p/>" * 50_000}</nitf>'


def limited(read):
    """What `read` gives or raises, having taken under two seconds and under 300 MB more than there was."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    try:
        return read()
    finally:
        assert time.process_time() - start < 2
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def refusal(text: str | bytes) -> str:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(InputError) as caught:
        limited(lambda: parse_xml("a.xml", data, Intake()))
    return str(caught.value)


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text("the password is bridge")
    return path


# attacks


@pytest.mark.parametrize(
    "text",
    [BILLION_LAUGHS, IN_AN_ATTRIBUTE, QUADRATIC, QUADRATIC_ATTRIBUTES],
    ids=["laughs", "laughs in an attribute", "quadratic", "quadratic attributes"],
)
def test_what_grows_is_refused_where_it_is_declared(text):
    assert refusal(text).startswith("a.xml:1:")
    assert "declares entities or attributes of its own" in refusal(text)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY a SYSTEM "{uri}">',
        '<!ENTITY a PUBLIC "-//X" "{uri}">',
        '<!ENTITY % a SYSTEM "{uri}"> %a;',
        "<!ENTITY % a '<!ENTITY b SYSTEM \"{uri}\">'> %a;",
    ],
)
@pytest.mark.parametrize("scheme", ["file://{}", "http://127.0.0.1:9/{}", "{}"])
def test_entities_of_other_files_are_refused(secret, declaration, scheme):
    said = refusal(f"<!DOCTYPE nitf [\n{declaration.format(uri=scheme.format(secret))}]><nitf><p>&a;&b;</p></nitf>")
    assert said.startswith("a.xml:2:")
    assert "password" not in said


def test_a_dtd_may_be_named_and_is_not_loaded(tmp_path):
    dtd = tmp_path / "nitf.dtd"
    dtd.write_text('<!ENTITY bridge "the password is bridge"><!ATTLIST p a CDATA "password">')
    for where in (dtd, dtd.as_uri(), "http://127.0.0.1:9/nitf.dtd"):
        root = limited(
            lambda where=where: parse_xml(
                "a", f'<!DOCTYPE nitf SYSTEM "{where}"><nitf><p>A &bridge;.</p></nitf>', Intake()
            )
        )
        assert "".join(root[0].itertext(tag="p")) == "A "
        assert not root[0].attrib


def test_xinclude_is_no_more_than_an_element(secret):
    root = parse_xml(
        "a",
        f'<nitf xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{secret}" parse="text"/></nitf>',
        Intake(),
    )
    assert "".join(root.itertext()) == ""


def test_deep_nesting_is_refused_at_the_limit():
    assert refusal("<a>\n" * 10_000 + "</a>" * 10_000) == (
        "a.xml:201:1: more than 200 elements in each other, which no article has"
    )
    assert parse_xml("a", "<a>" * 200 + "</a>" * 200, Intake()).tag == "a"


def test_compressed_files_are_not_unpacked():
    assert "a.xml" in refusal(gzip.compress(b"<nitf>" + b"a" * 10_000_000 + b"</nitf>"))


def test_five_megabytes_of_attributes_are_refused_before_they_are_kept():
    attributes = " ".join(f'a{n}="{n}"' for n in range(300_000))
    error = limited(lambda: refusal(f"<nitf>\n<p {attributes}/></nitf>"))
    assert error.startswith("a.xml:2:1: more than 1,000 attributes of one element")
    thousand = " ".join(f'a{n}="<" b{n}=\'"\''.replace("<", "=") for n in range(500))
    assert len(parse_xml("a", f"<nitf {thousand}/>", Intake()).attrib) == 1_000
    assert "duplicate" in refusal(f"<nitf {thousand[:-8]} a0=''/>")
    parse_xml("a", f"<nitf a='{'x' * 5_000_000}'/>", Intake())


def test_more_than_any_article_has_is_refused_with_its_place():
    many = "<b a='1' c='2'/>" * 200_000
    error = limited(lambda: refusal(f"<nitf>\n{many}</nitf>"))
    assert error.startswith("a.xml:2:2666657: more than 500,000 elements")


@pytest.mark.parametrize("text", ["", "<", "<nitf>", "<nitf></nift>", "<a/><b/>", "<a>&b;</a>", "<a>\x01</a>", "a<b/>"])
def test_what_is_not_well_formed_is_refused_with_its_place(text):
    assert refusal(text).startswith("a.xml:1:")
    assert "no well-formed XML" in refusal(text)


# encodings


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-15", "cp1252"]
)
def test_files_are_read_in_the_encoding_that_they_declare(encoding):
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><nitf><p>Café Erdoğan</p></nitf>'
    text = text if encoding.startswith("utf") else text.replace("ğ", "g")
    root = parse_xml("a", text.encode(encoding), Intake())
    assert root[0].text == ("Café Erdoğan" if encoding.startswith("utf") else "Café Erdogan")


@pytest.mark.parametrize(
    ("said", "encoding", "warned"),
    [
        ("iso-8859-1", "utf-8", "a.xml: says that it is cp1252, but is UTF-8; read as UTF-8"),
        ("utf-16", "utf-8", None),
        ("utf-8", "utf-16", None),
        ("utf-8", "cp1252", "a.xml: not UTF-8; read as Windows-1252 (say --encoding to read it as something else)"),
        ("iso-8859-1", "cp1252", None),
        ("punycode", "utf-8", None),
        ("no-such-thing", "utf-8", None),
    ],
)
def test_a_declaration_that_lies_is_not_believed(said, encoding, warned):
    warnings: list[str] = []
    data = f"<?xml version='1.0' encoding='{said}'?><p>“Café,” said Ann Lee – and left.</p>".encode(encoding)
    assert "“Café,” said Ann Lee –" in decoded("a.xml", data, Intake(warn=warnings.append))
    assert warnings == ([warned] if warned else [])


def test_the_user_knows_better():
    assert decoded("a", "<p>Łódź</p>".encode("cp1250"), Intake("cp1250")) == "<p>Łódź</p>"
