from pathlib import Path
from typing import Any

import pytest

from tests.console.world import World, build


@pytest.fixture
def world(db: Any, settings: Any, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    return build()
