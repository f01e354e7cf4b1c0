"""What is not needed is never stored, and no address ever reaches a log or a message."""

import logging

import duckdb
import pytest

from retention.__main__ import main
from retention.intake.worker.parent import bring
from retention.model import FileRequest, ReadSettings

SECRETS = {  # what the exports hold and no page needs
    "memberpress_subscriptions.csv": ["7852", "cus_dEJXvFMUrEp66M"],
    "memberpress_members.csv": ["cus_QBlcN42Fs3Ioa1", "Leeds"],
    "gravityforms_cancel_survey.csv": ["203.0.113.", "Mozilla"],
    "pmpro_orders.csv": ["XXXX-XXXX", "4242"],
    "typeform_cancel_survey.csv": ["+49301234567"],
    "woocommerce_subscriptions.csv": ["Credit card (Stripe)"],
    "mailchimp_unsubscribed.csv": ["6d07605f36"],
}


def stored(folder) -> str:
    """Every cell of every table that the reader wrote."""
    with duckdb.connect() as connection:
        return "\n".join(str(connection.execute(f"select * from read_parquet('{path}')").fetchall())
                         for path in folder.glob("*.parquet"))


@pytest.mark.parametrize("file", SECRETS)
def test_addresses_of_streets_and_computers_and_digits_of_cards_are_not_stored(tmp_path, shared, file):
    path = shared / "exports" / file
    text = path.read_text(encoding="utf-8-sig")
    assert all(secret in text for secret in SECRETS[file])
    bring([FileRequest(file, str(path))], ReadSettings(), tmp_path)
    kept = stored(tmp_path)
    assert "@example.com" in kept
    assert [secret for secret in SECRETS[file] if secret in kept] == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_address_reaches_messages_or_logs(tmp_path, capfd, caplog, language):
    caplog.set_level(logging.DEBUG)
    path = tmp_path / "members.csv"
    path.write_text(
        "email,plan,start,end,reason\n"
        "first secret@hidden.org,basic,2025-01-10,,\nsecond@@hidden.org,basic,2025-01-10,,\n"
        "third@hidden.org,basic,31/31/2025,,\nfourth@hidden.org,basic,2025-05-10,2025-01-10,hm\n"
        "test@hidden.org,basic,2099-01-10,,\nfifth@hidden.org,basic,2025-01-10,cancelled,\n"
        "fifth@hidden.org,basic,2025-01-10,cancelled,\n\u200bsixth@hidden.org,basic,2025-01-10,,\n", encoding="utf-8")
    main(["check", "--lang", language, str(path)])
    main(["check", "--json", "--lang", language, str(path)])
    out, err = capfd.readouterr()
    assert "8" in out
    assert "hidden.org" not in out + err + caplog.text


def test_a_reader_that_fails_tells_the_place_and_nothing_of_the_file(tmp_path, capfd, monkeypatch):
    path = tmp_path / "members.csv"
    path.write_text("email,start\nsecret@hidden.org,2025-01-10\n")
    [report] = bring([FileRequest("members.csv", str(path))], ReadSettings(time_zone="Mars/Olympus"), tmp_path / "out")
    assert "hidden" not in repr(report.findings) + "".join(capfd.readouterr())
