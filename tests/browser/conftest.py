from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Playwright keeps a loop running in this thread, which Django takes for asynchronous code."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        opened = play.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def troubles() -> list[str]:
    """What the browser complained about."""
    return []


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def window(request: Any, browser: Browser, troubles: list[str]) -> Iterator[BrowserContext]:
    opened = browser.new_context(java_script_enabled=request.param == "with JavaScript")
    opened.set_default_timeout(15_000)
    opened.on("console", lambda said: said.type == "error" and troubles.append(said.text))
    opened.on("weberror", lambda error: troubles.append(str(error.error)))
    yield opened
    opened.close()
