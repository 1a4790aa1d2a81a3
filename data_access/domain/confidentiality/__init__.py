"""Statistical disclosure control: what may not be shown, and what would give it away.

``primary`` says which cells speak of a few persons; ``rows``, ``cells`` and ``relations`` make a published
table of them; ``secondary`` hides what would give them away; ``audit`` is the attacker; ``vintages``
remembers what was published before. Only the first is imported here: the others bring scipy's solver.
"""

from data_access.domain.confidentiality.primary import (
    Availability,
    SmallCellRule,
    is_group_disclosive,
    is_hidden,
)

__all__ = ["Availability", "SmallCellRule", "is_group_disclosive", "is_hidden"]
