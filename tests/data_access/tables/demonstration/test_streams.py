"""Streams that neither a machine nor another indicator can change."""

from __future__ import annotations

import numpy as np

from data_access.tables.demonstration.streams import added, bell, stream


def test_a_stream_depends_on_the_seed_and_on_every_name() -> None:
    first = stream(1, "OS1.01", "_T").random(4).tolist()
    assert stream(1, "OS1.01", "_T").random(4).tolist() == first
    others = [
        stream(2, "OS1.01", "_T"),
        stream(1, "OS1.02", "_T"),
        stream(1, "OS1.01", "BF"),
        stream(1, "OS1.01"),
    ]
    assert first not in [other.random(4).tolist() for other in others]


def test_a_bell_has_mean_zero_and_variance_one_and_stays_within_six() -> None:
    draws = bell(stream(1, "bell"), 200_000)
    # Twelve uniforms have mean 6 and variance 1; four standard errors: 4 / sqrt(n) and 4 * sqrt(2 / n).
    assert abs(draws.mean()) < 4 / np.sqrt(200_000)
    assert abs(draws.var() - 1) < 4 * np.sqrt(2 / 200_000)
    assert np.abs(draws).max() <= 6


def test_sums_are_taken_in_order_without_compensation() -> None:
    # Ten times 0.1 in plain IEEE 754 doubles; a compensated sum gives exactly 1.
    assert added([0.1] * 10) == 0.9999999999999999
