"""A stock Vizro page with the rows of a scorecard, to compare with; runs in its own virtual environment.

``python bench/vizro_app.py ROWS.csv`` exposes ``app`` for gunicorn through the environment variable ROWS.
"""

from __future__ import annotations

import os

import pandas as pd
import vizro.models as vm
from vizro import Vizro
from vizro.tables import dash_ag_grid

rows = pd.read_csv(os.environ["ROWS"])
page = vm.Page(
    title="OS2",
    components=[vm.Table(title="Scorecard", figure=dash_ag_grid(data_frame=rows))],
    controls=[vm.Filter(column="state"), vm.Filter(column="attribution")],
)
app = Vizro().build(vm.Dashboard(title="Contrat de gestion 2023-2027", pages=[page])).dash.server
app.test_client().get("/")
