"""Overview: is this month signal or noise, and which page tells more?"""

from retention.ui import open_page
from retention.ui.cards import number_card

CARDS = (
    ("churn", "member_churn", "churn_rate", "churn", {}),
    ("failed_payments", "member_churn", "churn_rate", "churn", {"cause": ("involuntary",)}),
    ("feedback", "survey_response", "response_rate", "reasons", {}),
    ("winback", "winback_over_time", "conversion", "winback", {}),
)

page = open_page("overview")
for row in (CARDS[:2], CARDS[2:]):
    for column, card in zip(page.columns(len(row)), row, strict=True):
        with column:
            number_card(page, *card)
