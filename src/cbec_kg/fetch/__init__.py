"""Pages of strangers' servers, asked for politely and taken with care; knows nothing of articles."""

from cbec_kg.fetch.fetcher import Fetched, Fetcher
from cbec_kg.fetch.limits import Limits
from cbec_kg.fetch.refusal import Refusal
from cbec_kg.fetch.urls import clean_url, is_web, without_credentials
from cbec_kg.fetch.visits import Visit, Visits, forget_all_visits, forget_visit

__all__ = [
    "Fetched", "Fetcher", "Limits", "Refusal", "Visit", "Visits", "clean_url", "forget_all_visits", "forget_visit",
    "is_web", "without_credentials",
]  # fmt: skip
