"""What a first view may cost a reader: bytes over the air, and time on a slow machine."""

import pytest
from benchmarks.first_view import BYTES, SECONDS, SLOWED, VISITS, first_view
from tests.support.visits import KINDS, Visit, Way

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("kind", ["page", "page-with-feature", "page-corrected"])
@pytest.mark.parametrize("dots", [2, 3])
def test_a_page_on_a_phone_is_small(visit: Visit, kind: str, dots: int) -> None:
    """Without compression: the test's server has none, so that a real one sends less."""
    with visit(Way(phone=True, dots=dots)) as reader:
        view = first_view(reader.page, reader.root + KINDS[kind])
        assert any(name.endswith(".webp") for name in view.sizes), "the page's picture is among what came"
        assert view.bytes <= BYTES, view


@pytest.mark.alone
@pytest.mark.parametrize("kind", ["page", "page-with-feature", "story-with-pictures", "year"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_first_view_is_quick_on_a_slow_machine(visit: Visit, kind: str, phone: bool) -> None:
    spent: list[float] = []
    while len(spent) < VISITS and not any(seconds <= SECONDS for seconds in spent):
        with visit(Way(phone=phone, slowed=SLOWED)) as reader:
            view = first_view(reader.page, reader.root + KINDS[kind])
            assert 0 < view.first <= view.largest
            spent.append(view.seconds)
    assert min(spent) <= SECONDS, spent
