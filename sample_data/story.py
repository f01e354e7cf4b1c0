"""The story that the sample data tells: its months, prices, rates and quotas, in one place to read and to change."""

from datetime import date

SEED = 20261031
OPENING = date(2023, 11, 1)
AS_OF = date(2026, 10, 31)
MONTHS = 36

MONTHLY, ANNUAL, LITE, LIFETIME = "Monthly", "Annual", "Lite", "Lifetime"
PLANS = (MONTHLY, ANNUAL, LITE)
UNITS = {MONTHLY: "month", ANNUAL: "year", LITE: "month", LIFETIME: "lifetime"}
PRICES = {MONTHLY: 19.0, ANNUAL: 190.0, LITE: 9.0, LIFETIME: 490.0}
LITE_OPENS = date(2024, 10, 1)

# Members of a plan at the start of these months; between them the number grows in a straight line.
TARGETS = {
    MONTHLY: {"2023-12": 560, "2024-10": 720, "2025-03": 800, "2025-05": 735, "2025-10": 770, "2025-11": 735,
              "2025-12": 740, "2026-03": 745, "2026-07": 760, "2026-11": 770},
    ANNUAL: {"2023-12": 40, "2024-10": 235, "2025-03": 325, "2025-12": 470, "2026-07": 480, "2026-11": 480},
    LITE: {"2024-10": 0, "2025-03": 70, "2025-12": 170, "2026-04": 230, "2026-07": 850, "2026-11": 930},
}  # fmt: skip

# Share of a plan's members who leave in a month, from that month on.
RATES = {
    MONTHLY: {"2023-12": 0.0485, "2025-12": 0.0485, "2026-04": 0.0465, "2026-07": 0.0430},
    ANNUAL: {"2023-12": 0.0100, "2024-11": 0.0140, "2025-12": 0.0150, "2026-04": 0.0145, "2026-07": 0.0115},
    LITE: {"2023-12": 0.0800, "2025-12": 0.0850, "2026-04": 0.0720, "2026-07": 0.0700},
}
INVOLUNTARY_SHARE = {MONTHLY: 0.16, ANNUAL: 0.10, LITE: 0.13}
UNKNOWN_SHARE = 0.02

PRICE_RISE_ON = date(2025, 3, 1)
PRICE_ANNOUNCED_ON = date(2025, 2, 14)
NEW_PRICE = 24.0
PRICE_RISE_EXTRA = {"2025-03": 0.060, "2025-04": 0.055}  # of Monthly members, all of them voluntary

FAILED_CARDS_MONTH = "2025-10"
FAILED_CARDS_EXTRA = 0.055  # of Monthly and Lite members, all of them involuntary
FAILED_CARDS_DAYS = (date(2025, 9, 29), date(2025, 10, 16))

# How far chance takes a month from its quota, in standard errors of a count: a year's worth, shuffled for each year ...
CHANCES = (-1.7, -1.25, -0.9, -0.6, -0.35, -0.1, 0.1, 0.35, 0.6, 0.9, 1.25, 1.7)
# ... and fixed where the story depends on it: at the price rise, the failed cards, before and after the mix shift.
FIXED_CHANCES = {
    "2025-03": 0.4, "2025-04": 0.1, "2025-05": -0.3, "2025-06": 0.6, "2025-10": 0.2, "2025-12": 0.8,
    "2026-01": -1.0, "2026-02": 0.3, "2026-04": -0.5, "2026-05": 0.7, "2026-06": -0.6, "2026-07": 0.6, "2026-08": -0.9,
    "2026-09": 0.3, "2026-10": -0.2,
}  # fmt: skip
INVOLUNTARY_CHANCE = (0.5, 1.5)
LITE_PROMOTION = (date(2026, 4, 1), date(2026, 6, 30))

SLOW_SPRING = (date(2026, 3, 1), date(2026, 5, 31))
REPLY_HOURS = {"email": 7.0, "form": 9.0, "chat": 0.3}
SLOW_REPLY_HOURS = {"email": 62.0, "form": 74.0, "chat": 5.0}

WAVES_FROM = 10  # month counted from the opening
WAVE_DAY = 12
WINBACK_DAYS = 90
SHORTEST_ABSENCE = 15  # a day more than the grace time
# campaign: (arm, incentive, share of a wave, share of the arm that returns within the win-back days)
CAMPAIGNS = (
    ("Free course: Painting skies", "treated", "course", 0.240, 0.206),
    ("Free course: Painting skies", "holdout", "course", 0.170, 0.110),
    ("Half price for three months", "treated", "discount", 0.220, 0.148),
    ("Half price for three months", "holdout", "discount", 0.150, 0.130),
    ("We miss you", "treated", "none", 0.080, 0.115),
    ("Open studio week", "treated", "free_content", 0.080, 0.135),
    ("Tell us why", "treated", "feedback_request", 0.060, 0.125),
)
FOLLOW_UP = ("Tell us why", "treated", "feedback_request", 0.35, 0.08)
NATURAL_RETURN = 0.14  # of those who leave before the first campaigns
QUICK_RETURN = 0.045  # of all, before a message could reach them
LATE_RETURN = 0.03  # of those who were written to or held out, after the win-back days

TRIAL_DAYS = 14
TRIALS_FROM = 3
TRIAL_SHARE = {MONTHLY: 0.40, ANNUAL: 0.0, LITE: 0.30}
NEVER_PAID_PER_TRIAL = 0.32
DUNNING_DAYS = 10
DUNNING_ATTEMPTS = (0, 3, 7)
FULL_PAYMENTS_FROM = date(2025, 11, 1)
REWORDED_ON = date(2025, 5, 1)
