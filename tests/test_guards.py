"""What protects the machine from its tests does protect it."""

from __future__ import annotations

import os
import socket

import pytest

from data_access.domain.errors import SettingError
from data_access.settings import Settings


def test_no_test_reaches_another_machine() -> None:
    # 192.0.2.0/24 is kept for documentation (RFC 5737): nobody answers there.
    with socket.socket() as door, pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        door.settimeout(1)
        door.connect(("192.0.2.1", 80))


def test_a_test_that_names_no_folder_gets_none() -> None:
    with pytest.raises(SettingError) as caught:
        Settings.from_env(os.environ)
    assert caught.value.facts["name"] == "DATA_DIR"
