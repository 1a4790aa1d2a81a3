"""Small images stand side by side as one, in rows, under captions that wrap."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

from components.figures.tiles import legend_marks, tiles_svg

SVG = "{http://www.w3.org/2000/svg}"
SMALL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50" width="100" height="50"></svg>'


def test_images_stand_in_rows_and_none_overlaps_another() -> None:
    made = tiles_svg([(f"n{i}", SMALL) for i in range(5)], 2)
    root = ElementTree.fromstring(made.svg)
    places = [(float(each.attrib["x"]), float(each.attrib["y"])) for each in root.findall(f"{SVG}svg")]
    assert len(places) == 5
    assert len({x for x, _ in places}) == 2
    rows = sorted({y for _, y in places})
    assert len(rows) == 3
    assert all(below - above >= 50 for above, below in pairwise(rows))
    assert max(x for x, _ in places) + 100 == made.width == int(root.attrib["width"])
    assert rows[-1] + 50 <= made.height == int(root.attrib["height"])


def test_a_caption_is_whole_on_as_many_lines_as_it_needs() -> None:
    said = "Taux de sortie vers l’emploi & la formation des publics prioritaires"
    root = ElementTree.fromstring(tiles_svg([(said, SMALL)], 3).svg)
    lines = root.findall(f"{SVG}text")
    assert len(lines) > 2
    assert " ".join(str(line.text) for line in lines) == said
    (image,) = root.findall(f"{SVG}svg")
    assert max(float(line.attrib["y"]) for line in lines) <= float(image.attrib["y"])


def test_a_legend_stands_under_the_images() -> None:
    marks = legend_marks([("#123456", "premier"), ("url(#h)", "second")])
    made = tiles_svg([("n", SMALL)], 1, legend=marks)
    assert made.height > tiles_svg([("n", SMALL)], 1).height
    assert [made.svg.index(word) for word in ("#123456", "premier", "url(#h)", "second")] == sorted(
        made.svg.index(word) for word in ("#123456", "premier", "url(#h)", "second")
    )
