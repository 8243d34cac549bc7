"""The samples of office files, in full: Word documents, PDF files and archives, byte for byte from what stands here.

python -m tests.office      write tests/samples/docx, pdf and zip anew
"""

import gzip
import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from tests.samples import FOLDER

_DAY = (2026, 5, 4, 9, 30, 0)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
STYLES = ("Title", "Subtitle", "Byline", "Caption", "Quote", "heading 1", "heading 2", "List Bullet")


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """A ZIP archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return packed.getvalue()


def run(text: str, properties: str = "") -> str:
    """A run of a Word document."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*content: str, style: str = "", mark: str = "") -> str:
    """A paragraph, of runs or of mere text; `mark` is a change of its mark."""
    named = f'<w:pStyle w:val="{style.replace(" ", "")}"/>' if style else ""
    runs = "".join(part if part.startswith("<") else run(part) for part in content)
    return f"<w:p><w:pPr>{named}<w:rPr>{mark}</w:rPr></w:pPr>{runs}</w:p>"


def table(*rows: Iterable[str]) -> str:
    """A table of mere texts."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def changed(sort: str, content: str) -> str:
    """A tracked change: ins, del, moveFrom, moveTo."""
    return f'<w:{sort} w:id="1" w:author="Desk" w:date="2026-05-04T09:30:00Z">{content}</w:{sort}>'


def docx(*body: str, beside: Mapping[str, str] | None = None, parts: Mapping[str, bytes | str] | None = None) -> bytes:
    """A Word document; `beside` are parts by their sort, such as footnotes, `parts` any others, which replace ours."""
    others = beside or {}
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.title().replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        for name in STYLES
    )
    overrides = {"document": "document.main", "styles": "styles"} | {sort: sort for sort in others}
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}.{sort}+xml"/>' for part, sort in overrides.items()
    )
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_R}/{sort}" Target="{sort}.xml"/>'
        for number, sort in enumerate(["styles", *others])
    )
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"{HEAD}<w:document {_W}><w:body>{''.join(body)}</w:body></w:document>",
        "word/styles.xml": f"{HEAD}<w:styles {_W}>{styles}</w:styles>",
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}'
        "</Relationships>",
        **{f"word/{sort}.xml": f"{HEAD}<w:{sort} {_W}>{content}</w:{sort}>" for sort, content in others.items()},
    }
    return zipped(members | dict(parts or {}))


def _literal(text: str) -> str:
    return "".join(f"\\{character}" if character in "\\()" else character for character in text)


def pdf(*pages: Iterable[tuple[float, float, float, str]], trailer: str = "") -> bytes:
    """A PDF file of lines: where each begins, from the left and from the bottom, the size of its letters, its text."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{4 + 2 * n} 0 R' for n in range(len(pages)))}] /Count {len(pages)} >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        drawn = "".join(
            f"/F1 {size} Tf 1 0 0 1 {across} {up} Tm ({_literal(text)}) Tj\n" for across, up, size, text in lines
        )
        content = f"BT\n{drawn}ET".encode("cp1252")
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    file, places = b"%PDF-1.4\n", []
    for number, made in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, made.encode() if isinstance(made, str) else made)
    table_ = b"".join(b"%010d 00000 n \n" % place for place in places)
    return file + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table_, len(objects) + 1, trailer.encode(), len(file))
    )


def set_in_lines(
    lines: Iterable[str], *, across: float = 72, top: float = 760, size: float = 11
) -> list[tuple[float, float, float, str]]:
    """Lines one under the other, with a wider gap where an empty one stands, set in where one begins with a blank."""
    placed, up = [], top
    for line in lines:
        if line:
            placed.append((across + (14 if line[0] == " " else 0), up, size, line.strip()))
        up -= 14 if line else 10
    return placed


COUNCIL = docx(
    paragraph("Council to pay for new ferry", style="Title"),
    paragraph("Residents of Saltholm have waited nine years for a boat", style="Subtitle"),
    paragraph("Mira Okafor", style="Byline"),
    paragraph(
        "The council of Saltholm voted on Monday to spend $4.2 million on a ferry, ",
        run("Mayor Edda Lund", "<w:b/>"),
        " told reporters.",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        "<w:r><w:pict><w:txbxContent>" + paragraph("Read our guide to the islands") + "</w:txbxContent></w:pict></w:r>",
    ),
    paragraph("“We could not wait any longer,” Lund said."),
    paragraph("We could not wait any longer", style="Quote"),
    paragraph("What it will cost", style="Heading 2"),
    paragraph("“The boat is paid for by those who never use it,” said Tor Vance, a farmer.", style="Quote"),
    paragraph("About 300 people live on the island, according to the harbour office.", style="List Bullet"),
    table(["Critics said the price would rise.", "Tickets would cost $3, Lund said."], ["", "It sails in June."]),
    paragraph("The old ferry at Saltholm in 2017.", style="Caption"),
    beside={
        "footnotes": f'<w:footnote w:id="2">{paragraph("The vote was seven to two.")}</w:footnote>',
        "header": paragraph("SALTHOLM HERALD"),
        "footer": paragraph("For publication on Tuesday"),
    },
)
TRACKED = docx(
    paragraph("Mill to close after fire", style="Heading 1"),
    paragraph(
        "The owner of the mill in Brackwater said ",
        changed("del", '<w:r><w:delText xml:space="preserve">on Sunday </w:delText></w:r>'),
        changed("ins", run("on Monday ")),
        "that 120 jobs ",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "http://example.org"</w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        "would",
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        " be lost.",
    ),
    paragraph("“Nobody was hurt,", mark=changed("del", "").replace("></w:del>", "/>")),
    paragraph(" and we are thank", "<w:r><w:softHyphen/></w:r>", "ful,”", "<w:r><w:tab/></w:r>", "said Olga Reyes."),
    changed("moveFrom", "") + paragraph(changed("moveFrom", run("Police gave no cause."))),
    '<w:p><w:commentRangeStart w:id="7"/>'
    + run("The ")
    + f'<w:hyperlink r:id="r9" xmlns:r="{_R}">'
    + run("fire brigade")
    + "</w:hyperlink>"
    + '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    + run(" reported that the blaze began at 3")
    + "<w:r><w:noBreakHyphen/></w:r><w:r><w:t>4 a.m.</w:t><w:br/><w:t>It was out by noon, it said.</w:t></w:r></w:p>",
    paragraph(changed("moveTo", run("Police gave no cause."))),
    paragraph(run("Call the lawyer before this runs.", "<w:vanish/>")),
    '<w:tbl><w:tr><w:trPr><w:del w:id="3"/></w:trPr><w:tc><w:p><w:r><w:t>Gone</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
    beside={"comments": f'<w:comment w:id="7" w:author="Desk">{paragraph("Which one?")}</w:comment>'},
)
PLAIN = docx(
    paragraph("Survey finds fewer bees in the Arn valley"),
    paragraph("By Jonas Hale"),
    "<w:sdt><w:sdtPr/><w:sdtContent>"
    + paragraph(
        "The number of wild bees in the Arn valley fell by ", run("18", "<w:i/>"), run(" per", "<w:b/>"), "cent"
    ).replace("</w:p>", run(" last year, researchers said on Friday.") + "</w:p>")
    + "</w:sdtContent></w:sdt>",
    paragraph("“It is the largest fall since we began to count,” said Petra Nowak, who leads the survey."),
    paragraph("She blamed “a cold spring” and the loss of meadows."),
    paragraph("Farmers’ leader Ivo Brandt disputed the figures, saying that only 40 fields had been visited."),
    parts={},
)
FERRY = pdf(
    [
        (72, 805, 9, "Saltholm Herald, 5 May"),
        (72, 760, 18, "Harbour wall is ‘about to fail’"),
        *set_in_lines(
            """
The wall that shelters the harbour of Saltholm is about to fail, the
engineer Anna Weiss told the council on Monday, and will cost 2.5 mil-
lion euros to mend.

“It has moved by nine centimetres in a year,” said Weiss, who has mea-
sured it since 2019. “No wall of that age should move at all.”

Mayor Edda Lund said that the well-known pier would stay open for
""".strip().splitlines(),
            top=725,
        ),
        (290, 30, 9, "1"),
    ],
    [
        (72, 805, 9, "Saltholm Herald, 6 May"),
        *set_in_lines(
            """
now. Fishermen were told to keep clear of the well-
known pier at high tide.

The regional government declined to comment.
""".strip().splitlines()
        ),
        (290, 30, 9, "2"),
    ],
)
COLUMNS = pdf(
    [
        (72, 780, 20, "School bus firm fined"),
        *set_in_lines(
            """
A bus firm was fined 9,000 pounds on
Thursday after an inspector said that
its brakes were “a danger to every
child on board”.
 Kellow Coaches admitted four
charges, the court heard. Its lawyer,
Dinah Frost, said that the firm had
since sold two buses and
""".strip().splitlines(),
            top=740,
        ),
        *set_in_lines(
            """
replaced all of the brakes.
 Parents said they were relieved.
“We wrote to them three times and
heard nothing,” said Sam Oduya, whose
daughter is eight.
""".strip("\n").splitlines(),
            across=320,
            top=740,
        ),
    ]
)
SHORT = pdf(
    [
        *set_in_lines(
            """
Two held after museum theft

Police in Norvik arrested two men on Wednesday over the theft of 31 coins
from the town museum. The coins are worth at least 80,000 kroner, its di-
rector, Liv Moen, said.

“They knew exactly what they were looking for,” Moen told the radio station
Kyst.

Officials would not say whether the coins had been found.
""".strip().splitlines()
        )
    ]
)


def twin(path: str) -> bytes:
    """The article of a sample as plain text."""
    return (FOLDER / path).with_suffix(".txt").read_bytes()


def archives() -> dict[str, bytes]:
    """The samples that are archives: of files of all kinds, of archives, of some files that cannot be read."""
    return {
        "zip/day.zip": zipped(
            {
                "news/": "",
                "news/columns.pdf": COLUMNS,
                "news/council.docx": COUNCIL,
                "news/plain.txt": twin("docx/plain.docx"),
                "news/.draft.txt": "Not this one.",
                "news/logo.png": b"\x89PNG",
                "__MACOSX/news/._plain.txt": "Nor this.",
            }
        ),
        "zip/week.zip": zipped({"monday.zip": zipped({"tracked.docx": TRACKED}), "tuesday/short.pdf": SHORT}),
        "zip/damaged.zip": zipped({"a.docx": COUNCIL[:900], "ferry.pdf": FERRY, "../short.txt": "Out of here."}),
        "zip/plain.txt.gz": gzip.compress(twin("docx/plain.docx"), mtime=0),
    }


SAMPLES = {
    "docx/council.docx": COUNCIL,
    "docx/tracked.docx": TRACKED,
    "docx/plain.docx": PLAIN,
    "pdf/ferry.pdf": FERRY,
    "pdf/columns.pdf": COLUMNS,
    "pdf/short.pdf": SHORT,
}

if __name__ == "__main__":
    for path, made in (SAMPLES | archives()).items():
        (FOLDER / path).write_bytes(made)
