"""Writes the sample data, the same bytes on each run: python sample_data/generate.py [FOLDER]"""

import sys
from pathlib import Path
from random import Random

import tables
from billing import Billing
from closing import Closing
from farewell import Farewell
from joining import join
from leaving import Leave
from membership import Membership
from moves import lapse, raise_prices, switch
from people import Member, Subscription
from story import MONTHS, SEED
from survey import Survey
from winback import Winback


def tell() -> tuple[Membership, Winback]:
    """The 36 months of the site."""
    site = Membership(Random(f"{SEED} membership"))
    winback = Winback(site)
    leave, lapses = Leave(site), Random(f"{SEED} lapses")
    for index in range(MONTHS):
        winback.send(index)
        leave.take_place(index)
        switch(site, index)
        raise_prices(site, index)
        if 0 < index < MONTHS - 1:
            lapse(site, lapses, index)
        site.come_back(index)
        join(site, index)
        winback.return_by_themselves(index)
    return site, winback


def numbered(members: list[Member]) -> list[Subscription]:
    rows = [row for member in members for row in member.subscriptions]
    rows.sort(key=lambda row: (row.started_on, row.member.email))
    for place, row in enumerate(rows, start=1):
        row.number = f"S{place:05}"
    return rows


def main(folder: Path) -> None:
    """Tell the story, then write it down, a file per table."""
    site, winback = tell()
    members = site.register.members
    closing = Closing(site, Random(f"{SEED} closing"))
    farewell = Farewell(site, closing.pauses, Random(f"{SEED} farewell"))
    survey = Survey(farewell, Random(f"{SEED} survey"))
    rows = numbered(members)
    billing = Billing(members, closing.pauses, Random(f"{SEED} billing"))
    tables.write_members(folder, sorted(members, key=lambda member: (member.joined_on, member.email)))
    tables.write_subscriptions(folder, rows)
    tables.write_pauses(folder, closing.pauses)
    tables.write_cancellations(folder, farewell.requests)
    tables.write_survey(folder, survey.answers)
    tables.write_outreach(folder, winback.messages)
    tables.write_payments(folder, billing.charges)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
