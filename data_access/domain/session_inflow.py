"""Who applies for a training after an information session, read in two ways (domain report §3.4)."""

from __future__ import annotations

from data_access.domain.cohort_funnel import Count, is_known


def strict_entries(entered: Count, attended: Count, beside: Count) -> tuple[int, int] | None:
    """The fewest and the most of those who entered a training that can have attended the session.

    The tables tell how many of the applications follow an attendance, not which of them led to an entry. At
    least the entries that the other applications cannot explain did, and no more than there are of either
    (Fréchet's bounds).

    Args:
        entered: entries after any application.
        attended: applications after an attendance.
        beside: applications without one.

    Returns:
        None where a count is not known: the bounds would tell it.
    """
    if not is_known(entered) or not is_known(attended) or not is_known(beside):
        return None
    return max(0, entered - beside), min(entered, attended)
