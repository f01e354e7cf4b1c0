"""Overview: is this month signal or noise, why, and what is there to do?"""

from retention.ui import open_page
from retention.ui.cards import number_card
from retention.ui.overview import show_lessons, show_letter
from retention.ui.restated import show_restated
from retention.ui.welcome import show_welcome

CARDS = (
    ("churn", "member_churn", "churn_rate", "churn", {}),
    ("failed_payments", "member_churn", "churn_rate", "churn", {"cause": ("involuntary",)}),
    ("feedback", "survey_response", "response_rate", "reasons", {}),
    ("winback", "winback_over_time", "conversion", "winback", {}),
)

page = open_page("overview")
show_welcome(page)
show_letter(page)
show_restated(page)
for column, card in zip(page.columns(len(CARDS)), CARDS, strict=True):
    with column:
        number_card(page, *card)
show_lessons(page)
