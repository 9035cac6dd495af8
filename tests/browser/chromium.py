"""A real browser without a screen: Debian's Chromium by Selenium. What belongs here: starting and ending it."""

from contextlib import contextmanager
from pathlib import Path

PROGRAMS = (Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver"))


@contextmanager
def chromium(width, height, *, javascript=True):
    """Open Chromium at that size; what its console says is kept for ``get_log('browser')``, what it asks for as well."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(PROGRAMS[0])
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        f"--window-size={width},{height}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    if not javascript:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(PROGRAMS[1])))
    try:
        resize(browser, width, height)
        browser.set_script_timeout(60)
        yield browser
    finally:
        browser.quit()


def resize(browser, width, height):
    """Make the page exactly so large."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
