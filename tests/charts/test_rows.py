"""Rows of a figure: each name and fact whole on a phone, the marks below them."""

from retention.figures.parts.labelled_rows import LABEL, LANE, NAME, WIDER, Rows


def test_a_name_longer_than_a_phone_is_wide_takes_a_second_line_and_its_row_the_room_for_it(en):
    long = "Zu teuer für das, was ich davon im Alltag wirklich benutze"
    rows = Rows([long, "Kurz"], ["", ""])
    label = rows.stage(en, [], {}).layout.annotations[0].text
    assert label == "<b>Zu teuer für das, was ich davon im Alltag<br>wirklich benutze</b>"
    assert all(len(line) <= NAME for line in label[3:-4].split("<br>"))
    assert rows.heads.tolist() == [2 * LABEL - 4, LABEL]
    assert rows.places().tolist() == [rows.heads[0] + LANE / 2, rows.ends[0] + LABEL + LANE / 2]


def test_a_fact_that_does_not_fit_beside_its_name_stands_beneath_it(en):
    rows = Rows(["Free course"], ["+9.9 pp (3.6 to 15.8): brings members back; n = 314 and 222"])
    lines = rows.stage(en, [], {}).layout.annotations[0].text.split("<br>")
    assert lines[0] == "<b>Free course</b>"
    assert [len(line) <= WIDER for line in lines[1:]] == [True, True]
