"""One value with its interval as a small image, on a scale that its neighbours share."""

from __future__ import annotations

from components.figures.theme import ACCENT, HAIRLINE, INK, QUIET
from data_access.services.breakdown import Group

WIDTH, HEIGHT, MARGIN = 140, 18, 8


def interval_dot_svg(group: Group, whole: float | None, scale: tuple[float, float], *, hollow: bool) -> str:
    """A dot (a diamond when the gap is significant) on its interval; the whole as a vertical tick.

    Args:
        group: without a value nothing but the ground line is drawn.
        whole: value of the total of the facet; None draws no tick.
        scale: lowest and highest value of all images.
        hollow: provisional, or of a cohort that is not closed.
    """
    low, high = scale

    def x(value: float) -> float:
        span = (high - low) or 1.0
        return round(MARGIN + (WIDTH - 2 * MARGIN) * (value - low) / span, 1)

    middle = HEIGHT / 2
    body = [f'<path d="M{MARGIN} {middle}H{WIDTH - MARGIN}" stroke="{HAIRLINE}"/>']
    if whole is not None:
        body.append(f'<path d="M{x(whole)} 2V{HEIGHT - 2}" stroke="{INK}"/>')
    if group.cell.value is not None:
        strong = group.gap is not None and group.gap.significant
        colour = ACCENT if strong else QUIET
        paint = f'fill="{"#fff" if hollow else colour}" stroke="{colour}" stroke-width="1.5"'
        if group.interval is not None:
            start, end = (x(limit) for limit in group.interval)
            body.append(f'<path d="M{start} {middle}H{end}" stroke="{QUIET}" stroke-width="1.5"/>')
        at = x(group.cell.value)
        diamond = f"M{at} {middle - 5}L{at + 5} {middle}L{at} {middle + 5}L{at - 5} {middle}Z"
        circle = f'<circle cx="{at}" cy="{middle}" r="3.8" {paint}/>'
        body.append(f'<path d="{diamond}" {paint}/>' if strong else circle)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" fill="none">{"".join(body)}</svg>'
    )
