"""What a first view may cost a reader, in bytes and requests over the air; what it costs in time, `make bench` tells."""

import pytest

from benchmarks.first_view import BYTES, first_view
from tests.support.visits import KINDS, Visit, Way

REQUESTS = 8
"""The page, its style, two scripts, what is beside it, its picture and the icon: each a way there and back on a slow line."""

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("kind", ["page", "page-with-feature", "page-corrected"])
@pytest.mark.parametrize("dots", [2, 3])
def test_a_page_on_a_phone_is_small(visit: Visit, kind: str, dots: int) -> None:
    """Without compression: the test's server has none, so that a real one sends less."""
    with visit(Way(phone=True, dots=dots)) as reader:
        view = first_view(reader.page, reader.root + KINDS[kind])
        assert any(name.endswith(".webp") for name in view.sizes), "the page's picture is among what came"
        assert view.bytes <= BYTES, view
        assert len(view.sizes) <= REQUESTS, sorted(view.sizes)
