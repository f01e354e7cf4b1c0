"""How amounts are read: the decimal sign is decided from the column's own values, or asked."""

import pytest

from retention.model import ReadSettings
from tests.intake.data_set import DataSet


def read(*cells: str, settings: ReadSettings | None = None) -> DataSet:
    rows = "".join(f'm{number}@example.org,2025-01-10,"{cell}"\n' for number, cell in enumerate(cells))
    return DataSet([("members.csv", "email,started_at,price\n" + rows)], settings)


def prices(data: DataSet) -> list[float | None]:
    return [row[0] for row in data.ask("select price from subscriptions order by source_row")]


@pytest.mark.parametrize(("written", "meant"), [
    (["9.90", "19.90"], [9.9, 19.9]),
    (["9,90", "19,90"], [9.9, 19.9]),
    (["39", "190"], [39.0, 190.0]),
    (["1,190.00", "19.00"], [1190.0, 19.0]),
    (["1.190,00", "19,00"], [1190.0, 19.0]),
    (["1.234", "9.90"], [1.234, 9.9]),
    (["1.234", "9,90"], [1234.0, 9.9]),
    (["1,234", "9.90"], [1234.0, 9.9]),
    (["€ 9,90", "500 EUR"], [9.9, 500.0]),
    (["1.234.567", "1"], [1234567.0, 1.0]),
    (["US$ 9.90", "US$ 1,019.90"], [9.9, 1019.9]),
    (["99 kr", "1 199 kr"], [99.0, 1199.0]),
    (["CHF 1'234.50", "CHF 12.-"[:-2]], [1234.5, 12.0]),
])
def test_an_amount_is_read_as_its_column_writes_it(written, meant):
    data = read(*written)
    assert prices(data) == meant
    assert data.codes("doubtful") == []


def test_an_open_decimal_sign_leaves_the_price_empty_and_is_asked():
    data = read("1.234", "2.500")
    assert prices(data) == [None, None]
    assert data.codes("doubtful") == ["decimals_ambiguous"]
    assert data.ask("select raw from originals order by source_row") == [("1.234",), ("2.500",)]


@pytest.mark.parametrize(("decimal", "meant"), [("comma", [1234.0, 2500.0]), ("point", [1.234, 2.5])])
def test_the_owner_can_settle_an_open_decimal_sign(decimal, meant):
    data = read("1.234", "2.500", settings=ReadSettings(decimal=decimal))
    assert prices(data) == meant
    assert data.codes("doubtful") == []


def test_what_is_no_price_is_empty_and_named_by_its_line():
    data = read("-5", "NaN", "inf", "1e400", "9.90")
    assert prices(data) == [None, None, None, None, 9.9]
    assert data.finding("number_unusable").rows == (2, 3, 4, 5)


def test_both_decimal_signs_in_one_column_are_read_one_by_one_and_doubted():
    data = read("9,90", "9.90")
    assert prices(data) == [9.9, 9.9]
    assert data.codes("doubtful") == ["decimals_mixed"]


@pytest.mark.parametrize("cell", ["-10", "(12.00)", "12.00-", "€ -3,00", "10 %"])
def test_a_negative_price_and_a_percentage_are_no_price_even_where_all_are(cell):
    data = read(cell, cell)
    assert prices(data) == [None, None]
    assert data.finding("number_unusable").rows == (2, 3)


@pytest.mark.parametrize(("cells", "told"), [
    (["€ 9,90", "9,90 EUR"], ["EUR", "EUR"]), (["£5", "7"], ["GBP", None]), (["US$ 5", "USD 7"], ["USD", "USD"]),
    (["A$5", "AU$ 7"], ["AUD", "AUD"]), (["CHF 5", "SFr. 7"], ["CHF", "CHF"]), (["9.90", "5"], [None, None]),
])
def test_the_sign_beside_an_amount_tells_its_currency(cells, told):
    data = read(*cells)
    assert [row[0] for row in data.ask("select currency from subscriptions order by source_row")] == told
    assert data.codes("doubtful") == []


def test_a_bare_dollar_is_said_to_be_read_as_us_dollars_unless_the_owner_named_another():
    data = read("$5", "$7")
    assert data.ask("select distinct currency from subscriptions") == [("USD",)]
    assert data.finding("currency_from_dollar").row_count == 2
    named = read("$5", "$7", settings=ReadSettings(currency="CAD"))
    assert named.ask("select distinct currency from subscriptions") == [("CAD",)]
    assert "currency_from_dollar" not in named.codes("note")


def test_several_currencies_in_one_column_are_doubted():
    data = read("€9.90", "$9.90")
    assert [row[0] for row in data.ask("select currency from subscriptions order by source_row")] == ["EUR", "USD"]
    assert data.codes("doubtful") == ["currencies_mixed"]
