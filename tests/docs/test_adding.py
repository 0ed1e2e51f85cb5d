"""The steps of "Add a platform", on a copy of the project: they work, and print what the page says."""

from .adding import PAGE, walked


def test_a_platform_is_added_as_the_page_says(tmp_path):
    page = PAGE.read_text("utf-8")
    assert walked(page, tmp_path) == page
    assert "id:example-shop a " in (tmp_path / "data" / "entities" / "platforms.ttl").read_text("utf-8")
