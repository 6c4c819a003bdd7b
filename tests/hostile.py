"""Files that want to break or fool a loader, made of a number: the same number, the same file."""

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

SCENARIOS = Path(__file__).parents[1] / "scenarios"
REGIONS = (
    "code,name,level,parent\n63,Kalimantan Selatan,province,\n63.01,Tanah Laut,region,63\n63.10,Tanah Bumbu,region,63\n"
)
SCENARIO = """\
title: {id: "Uji", en: "Test"}
years: {first: 2026, last: 2030}
price_year: 2025
regions: regions.csv
severity_classes: [all]
opening:
  households: {by_region: {"63.01": 1000, "63.10": 2000}, assumption: true}
  decent_houses: {by_region: {"63.01": 700, "63.10": 1500}, assumption: true}
  rtlh_houses: {total: 500, split: {csv: long.csv}, assumption: true}
assumptions:
  deterioration_rate: {range: [0.001, 0.004, 0.01], assumption: true}
  relapse_rate: 0.01
programmes:
  bsps:
    treats: [all]
    unit_cost_idr: {value: 20_000_000, assumption: true}
    budget_idr: {apbn: {table: {2026: 1_000_000_000, 2028: 2e9}, assumption: true}}
targets:
  rtlh-2030: {variable: rtlh_houses, region: "63", year: 2030, value: 400}
"""
LONG = (
    "key,region,year,value,low,high,kind,source,note\n"
    "opening.rtlh_houses.split,63.01,,200,,,assumption,guess,\n"
    "opening.rtlh_houses.split,63.10,,300,,,assumption,guess,\n"
)
HISTORY = (
    "year,region_code,region,indicator,value,unit,source_url,source_date,status,note\n"
    "2021,63.01,Tanah Laut,rtlh_stock,4000,units,https://example.org/a,2021-07-16,reported,\n"
    "2022,63.10,Tanah Bumbu,rtlh_stock,3000,units,https://example.org/b,2022-07-16,reported,\n"
)
WORDS = (
    *("5%", "1.234", "1,5", "NO", "yes", "~", "null", "012", "0x1F", "1e400", "-1e400", ".inf", "-.inf", ".nan", "nan"),
    *("9" * 5000, "-" + "9" * 5000, "1e" + "9" * 400, "0." + "0" * 400 + "1", "1_000_000", "1__0", "63.10", "=1+1"),
    *("@SUM(A1)", "+1", "<script>alert(1)</script>", "‮abc", "a\u200bb", "\ufeff", "é" * 300, "😀", "../../etc/passwd"),
    *(
        "/dev/zero",
        "C:\\x",
        "file:///etc/passwd",
        "!!python/object:os.system",
        "*a",
        "&a x",
        "<<",
        "? x",
        "- - - x",
        "[",
        "{",
    ),
    *(
        "}",
        "]",
        ":",
        "#",
        "|",
        ">",
        "'",
        '"',
        "\t",
        "\x00",
        "\x07",
        "\x85",
        "\u2028",
        "%YAML 1.2",
        "---",
        "...",
        "2026-01-01",
    ),
    *(
        "true",
        "1:30",
        "x" * 40_000,
        "a: " * 50,
        "{" * 60,
        "[" * 60,
        "- " * 60,
        "\\u0000",
        "{a: 1, a: 2}",
        "0",
        "-0.0",
        "1e308",
    ),
)
CELLS = (
    *WORDS,
    "",
    '"',
    '""',
    ",",
    ",,,,",
    ";",
    "\r",
    "\r\n",
    "\n",
    "63",
    "63,01",
    "2.804",
    "345,029",
    "ribu",
    "1" * 5000,
)
LARGEST_TABLE = 3_000_000  # larger ones say nothing more, being refused by their size, and take memory to make
Files = dict[str, bytes]


def hostile_scenario(number: int) -> Files:
    """Files of a small scenario, harmed in a few places."""
    chance = random.Random(number)
    files = {"plan.yaml": SCENARIO.encode(), "regions.csv": REGIONS.encode(), "long.csv": LONG.encode()}
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        files["plan.yaml"] = chance.choice(_TEXT_HARMS)(files["plan.yaml"], chance, WORDS)
    return files


def hostile_table(number: int) -> Files:
    """Files of the same scenario with a harmed table, and a harmed table of history beside it."""
    chance = random.Random(number)
    files = {"plan.yaml": SCENARIO.encode(), "regions.csv": REGIONS.encode(), "long.csv": LONG.encode()}
    files["history.csv"] = HISTORY.encode()
    name = chance.choice(("regions.csv", "long.csv", "long.csv", "history.csv"))
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        files[name] = chance.choice(_TABLE_HARMS)(files[name], chance, CELLS)[:LARGEST_TABLE]
    return files


Harm = Callable[[bytes, random.Random, tuple[str, ...]], bytes]


def _spoken(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _word_in_place_of_a_word(content: bytes, chance: random.Random, words: tuple[str, ...]) -> bytes:
    pieces = content.decode("utf-8", "replace").split(" ")
    pieces[chance.randrange(len(pieces))] = chance.choice(words)
    return _spoken(" ".join(pieces))


def _word_anywhere(content: bytes, chance: random.Random, words: tuple[str, ...]) -> bytes:
    text = content.decode("utf-8", "replace")
    at = chance.randrange(len(text) + 1)
    return _spoken(text[:at] + chance.choice(words) + text[at:])


def _line_changed(content: bytes, chance: random.Random, words: tuple[str, ...]) -> bytes:
    lines = content.decode("utf-8", "replace").split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    kind = chance.randrange(5)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, lines[other])
    elif kind == 2:
        lines[at] = " " * chance.randrange(12) + lines[at].strip()
    elif kind == 3:
        lines[at], lines[other] = lines[other], lines[at]
    else:
        lines.insert(at, "  " * chance.randrange(4) + chance.choice(words) + ": " + chance.choice(words))
    return _spoken("\n".join(lines))


def _value_changed(content: bytes, chance: random.Random, words: tuple[str, ...]) -> bytes:
    lines = content.decode("utf-8", "replace").split("\n")
    known = [at for at, line in enumerate(lines) if ": " in line] or [0]
    at = chance.choice(known)
    key, _, _ = lines[at].partition(": ")
    lines[at] = f"{key}: {chance.choice(words)}"
    return _spoken("\n".join(lines))


def _bytes_changed(content: bytes, chance: random.Random, words: tuple[str, ...]) -> bytes:
    found = bytearray(content or b" ")
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(found))
        found[at] = chance.randrange(256)
    return bytes(found)


def _cut_or_doubled(content: bytes, chance: random.Random, words: tuple[str, ...]) -> bytes:
    kind = chance.randrange(5)
    if kind == 0:
        return content[: chance.randrange(len(content) + 1)]
    if kind == 1:
        return content + content
    if kind == 2:
        return content.decode("utf-8", "replace").encode(chance.choice(("utf-16", "utf-32", "utf-16-le", "utf-7")))
    if kind == 3:
        return content.replace(b"\n", b"\r")
    return b"\xef\xbb\xbf" * chance.randrange(1, 3) + content


def _bomb(content: bytes, chance: random.Random, words: tuple[str, ...]) -> bytes:
    kind = chance.randrange(6)
    if kind == 0:
        layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
        return content + ("\n".join(layers) + "\n").encode()
    if kind == 1:
        return content + b"deep: " + b"[" * chance.choice((30, 3000, 200_000))
    if kind == 2:
        return content + b"".join(b"k%d: 1\n" % n for n in range(chance.choice((100, 20_000))))
    if kind == 3:
        return content + b"base: &b {x: 1}\nmore: {<<: *b, y: 2}\n"
    if kind == 4:
        return content + b"title: again\n" * chance.choice((1, 1000))
    return content + b"long: " + b"y" * chance.choice((10_000, 3_000_000)) + b"\n"


def _cell_changed(content: bytes, chance: random.Random, words: tuple[str, ...]) -> bytes:
    rows = [line.split(",") for line in content.decode("utf-8", "replace").split("\n")]
    row = chance.choice(rows)
    row[chance.randrange(len(row))] = chance.choice(words)
    return _spoken("\n".join(",".join(each) for each in rows))


def _shape_changed(content: bytes, chance: random.Random, words: tuple[str, ...]) -> bytes:
    kind = chance.randrange(6)
    if kind == 0:
        return content.replace(b",", chance.choice((b";", b"\t", b", ")))
    if kind == 1:
        return content.split(b"\n")[0] + b"," * chance.choice((1, 20_000)) + b"\n" + content
    if kind == 2:
        lines = content.split(b"\n")
        lines[chance.randrange(len(lines))] += b",x" * chance.choice((1, 5, 20_000))
        return b"\n".join(lines)
    if kind == 3:
        return content + b'"never closed,' * chance.choice((1, 50))
    if kind == 4:
        rows, times = content.split(b"\n", 1)[-1], chance.choice((1, 200))
        return content + rows * min(times, LARGEST_TABLE // max(len(rows), 1) + 1)
    return content.replace(b"\n", b"\n\n\n")


_TEXT_HARMS: tuple[Harm, ...] = (
    *(_word_in_place_of_a_word, _word_anywhere, _line_changed, _value_changed, _value_changed, _bytes_changed),
    *(_cut_or_doubled, _bomb),
)
_TABLE_HARMS: tuple[Harm, ...] = (
    *(_cell_changed, _cell_changed, _cell_changed, _word_anywhere, _line_changed, _bytes_changed, _cut_or_doubled),
    _shape_changed,
)

_SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
    '2006/main">{dimension}<sheetData>{rows}</sheetData>{after}</worksheet>'
)


def workbook(rows: list[list[str]]) -> bytes:
    """A sound workbook with one sheet of texts and numbers."""
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(
            [float(cell) if cell.replace(".", "", 1).isdigit() and "." not in cell else cell for cell in row]
        )
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


_SOUND = [line.split(",") for line in HISTORY.strip().split("\n")]


def hostile_workbook(number: int) -> bytes:
    """A filled-in workbook, harmed in its cells, its parts, its XML or its bytes."""
    chance = random.Random(number)
    return chance.choice(_WORKBOOK_HARMS)(chance)


def _cells(chance: random.Random) -> bytes:
    rows = [list(row) for row in _SOUND]
    for _ in range(chance.choice((1, 2, 4))):
        row = chance.choice(rows)
        text = "".join(
            letter for letter in chance.choice(CELLS)[:32_000] if letter >= " " and not "\ud800" <= letter <= "\udfff"
        )
        row[chance.randrange(len(row))] = text
    if chance.random() < 0.2:
        rows.append(["x"] * chance.choice((11, 200)))
    return workbook(rows)


def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook(_SOUND))) as book:
        return {name: book.read(name) for name in book.namelist()}


def _packed(parts: Mapping[str, bytes], *, bomb: int = 0) -> bytes:
    """The parts as one archive; a bomb is a sheet of so many bytes, which take next to nothing when packed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            if not (bomb and name == "xl/worksheets/sheet1.xml"):
                book.writestr(name, content)
        if bomb:
            with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
                sheet.write(b"<x>")
                for _ in range(bomb // 1_000_000):
                    sheet.write(b" " * 1_000_000)
                sheet.write(b"</x>")
    return file.getvalue()


def _xml(chance: random.Random) -> bytes:
    parts = _parts()
    name = chance.choice(sorted(parts))
    parts[name] = chance.choice((_bytes_changed, _word_anywhere, _cut_or_doubled))(parts[name], chance, WORDS)
    return _packed(parts)


def _sheet(chance: random.Random) -> bytes:
    parts = _parts()
    sheet = next(name for name in parts if name.startswith("xl/worksheets/"))
    text = parts[sheet].decode()
    kind = chance.randrange(7)
    if kind == 0:
        text = text.replace("<dimension ", '<dimension old="" ', 1).replace('ref="A1:J3"', 'ref="A1:XFD1048576"')
    elif kind == 1:
        text = text.replace('r="A3"', f'r="{chance.choice(("XFD1048576", "ZZZ99", "A0", "A99999999999", "1A", ""))}"')
    elif kind == 2:
        text = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + text.replace("<v>", "<v>&e;", 1)
    elif kind == 3:
        layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
        text = f'<!DOCTYPE x [<!ENTITY e0 "ha">{layers}]>' + text.replace("<v>", "<v>&e8;", 1)
    elif kind == 4:
        text = text.replace('<row r="2"', f'<row r="{chance.choice((1048576, 99999999, -1, 0))}"')
    elif kind == 5:
        text = text.replace("<v>", f"<v>{'9' * chance.choice((400, 5000))}", 1)
    else:
        text = text.replace(
            "</sheetData>", "</sheetData>" + '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        )
    parts[sheet] = text.encode()
    return _packed(parts)


def _zip(chance: random.Random) -> bytes:
    parts = _parts()
    kind = chance.randrange(5)
    if kind == 0:
        return _packed(parts, bomb=chance.choice((10_000_000, 60_000_000, 200_000_000)))
    if kind == 1:
        parts["../../evil.txt"] = b"x"
    elif kind == 2:
        parts |= {f"xl/more{n}.xml": b"<x/>" for n in range(chance.choice((10, 3000)))}
    elif kind == 3:
        del parts[chance.choice(sorted(parts))]
    else:
        return _packed(parts)[: chance.randrange(3000)]
    return _packed(parts)


def _whole(chance: random.Random) -> bytes:
    content = workbook(_SOUND)
    return chance.choice((_bytes_changed, _cut_or_doubled))(content, chance, WORDS)


_WORKBOOK_HARMS: tuple[Callable[[random.Random], bytes], ...] = (
    _cells,
    _cells,
    _xml,
    _xml,
    _sheet,
    _sheet,
    _zip,
    _whole,
)
