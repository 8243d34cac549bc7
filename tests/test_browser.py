"""The page in a browser: it opens without errors, filters, is used by keyboard, and hinders nobody."""

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from audit import rules
from audit.pipeline import audit
from audit.report import to_html
from tests import frozen
from tests.test_report import AUDIT, EMPTY

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs Chromium and its driver (chromium, chromium-driver)"),
]
WIDTHS = pytest.mark.parametrize("window", [390, 1280], indirect=True, ids=["phone", "desktop"])
OPTIONS = """
--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --hide-scrollbars""".split()
AXE = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
IN_VIEW = "const box = arguments[0].getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report on the seeds and on two small audits."""
    loaded = rules.load()
    audits = [AUDIT, EMPTY, *(audit(article, loaded) for article in frozen.of_seeds().read())]
    path: Path = tmp_path_factory.mktemp("browser") / "report.html"
    path.write_bytes(to_html.render(audits, loaded.checks, version="9.9").encode())
    return path.as_uri()


@pytest.fixture(scope="module")
def window(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    """A browser of that width."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for option in (*OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('user')}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options, Service(DRIVER))
    size = {"width": request.param, "height": 900, "deviceScaleFactor": 1, "mobile": request.param < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    yield driver
    driver.quit()


@pytest.fixture
def browser(window: WebDriver, page: str) -> Iterator[WebDriver]:
    """The browser with the page as if never opened before; in the end its console has nothing to complain of."""
    window.get("about:blank")
    window.get(page)
    yield window
    assert window.get_log("browser") == []


def shown(browser: WebDriver, selector: str) -> list[WebElement]:
    return [element for element in browser.find_elements(By.CSS_SELECTOR, selector) if element.is_displayed()]


def press(browser: WebDriver, *keys: str) -> WebElement:
    """Type `keys` where the focus is; what has the focus then."""
    ActionChains(browser).send_keys(*keys).perform()
    return browser.switch_to.active_element


def card(browser: WebDriver, mark: WebElement) -> str:
    return browser.execute_script("return getComputedStyle(arguments[0], '::after').content", mark)


@WIDTHS
def test_nothing_is_wider_than_the_window(browser: WebDriver) -> None:
    width = browser.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    note = browser.find_element(By.ID, "a1f2")
    line = browser.find_element(By.ID, "a1g2").find_element(By.XPATH, "..")
    if width[1] < 500:
        assert note.rect["y"] >= line.rect["y"] + line.rect["height"]
    else:
        assert abs(note.rect["y"] - line.rect["y"]) < 60 and note.rect["x"] > line.rect["x"] + line.rect["width"]


@WIDTHS
def test_the_controls_stay_in_view(browser: WebDriver) -> None:
    browser.execute_script("document.querySelector('#a2').scrollIntoView()")
    assert browser.execute_script(IN_VIEW, browser.find_element(By.ID, "next"))
    assert browser.execute_script(IN_VIEW, browser.find_element(By.ID, "a2h"))


@WIDTHS
def test_filters(browser: WebDriver) -> None:
    everything = browser.find_element(By.ID, "shown").text
    notes = len(shown(browser, ".note"))
    browser.find_element(By.ID, "filter").click()
    boxes = {box.get_attribute("value"): box for box in browser.find_elements(By.CSS_SELECTOR, "#filters input[name]")}
    boxes["figure"].click()
    assert not shown(browser, "article .figure > .n") and shown(browser, "article .indirect > .n")
    assert {note.get_attribute("data-code") for note in shown(browser, ".note")} >= {"H001", "A001"}
    assert not shown(browser, ".note[data-code=F001]") and not shown(browser, ".t a.code[data-code=F001]")
    boxes["A001"].click()
    boxes["named"].click()
    assert not shown(browser, ".note[data-code=A001]") and not shown(browser, "article .named > .n")
    assert browser.find_element(By.ID, "shown").text != everything
    browser.find_element(By.CSS_SELECTOR, "button[type=reset]").click()
    assert browser.find_element(By.ID, "shown").text == everything
    assert len(shown(browser, ".note")) == notes


@WIDTHS
def test_a_claim_is_followed_by_keyboard(browser: WebDriver) -> None:
    browser.execute_script("document.querySelector('#a1c1').focus()")
    outer = browser.find_element(By.CSS_SELECTOR, "mark[data-c=a1c1]")
    inner = browser.find_element(By.CSS_SELECTOR, "mark[data-c=a1c2]")
    assert "city official · anonymous (role)" in card(browser, outer)
    assert card(browser, inner) == "none"
    assert press(browser, Keys.TAB).get_attribute("id") == "a1c2"
    assert "2 · figure" in card(browser, inner) and card(browser, outer) == "none"
    press(browser, Keys.ESCAPE)
    assert browser.execute_script("return getComputedStyle(arguments[0], '::after').display", inner) == "none"
    press(browser, Keys.ENTER)
    assert browser.current_url.endswith("#a1l2")
    back = press(browser, Keys.TAB)
    assert back.get_attribute("href").endswith("#a1c2")
    press(browser, Keys.ENTER)
    assert browser.execute_script(IN_VIEW, browser.find_element(By.ID, "a1c2"))


@WIDTHS
def test_a_claim_is_pointed_at(browser: WebDriver) -> None:
    first, second = browser.find_elements(By.CSS_SELECTOR, "mark[data-c=a1c3]")
    ActionChains(browser).move_to_element(second).perform()
    assert "Ann Lee · named (person)" in card(browser, second)
    assert "on" in first.get_attribute("class").split()


@WIDTHS
def test_keys_step_through_the_findings(browser: WebDriver) -> None:
    notes = [note.get_attribute("id") for note in browser.find_elements(By.CSS_SELECTOR, ".note")]
    assert [press(browser, "j").get_attribute("id") for _ in range(3)] == notes[:3]
    note = press(browser, "k")
    assert note.get_attribute("id") == notes[1]
    assert browser.execute_script(IN_VIEW, note)
    assert "finding 2 of " in browser.find_element(By.ID, "shown").text
    browser.find_element(By.ID, "next").click()
    assert browser.switch_to.active_element.get_attribute("id") == notes[2]
    browser.find_element(By.ID, "filter").click()
    browser.find_element(By.ID, "keys").click()
    assert press(browser, "j").get_attribute("id") == "keys"


@WIDTHS
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nobody_is_hindered(browser: WebDriver, theme: str) -> None:
    button = browser.find_element(By.ID, "theme")
    if button.text.lower() == theme:
        button.click()
    assert browser.execute_script("return getComputedStyle(document.body).colorScheme") in (theme, "light dark")
    browser.find_element(By.ID, "filter").click()
    browser.execute_script("document.querySelector('#a1c1').focus()")  # with a card open
    browser.execute_script(AXE)
    found = browser.execute_async_script("axe.run().then(arguments[0])")
    assert len(found["passes"]) > 20
    assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found["violations"]] == []


@pytest.mark.parametrize("window", [1280], indirect=True)
def test_the_focus_goes_through_the_text_then_through_the_margin(browser: WebDriver) -> None:
    browser.execute_script("document.querySelector('#a1g1').focus()")
    order = [press(browser, Keys.TAB) for _ in range(15)]
    assert [link.get_attribute("id") for link in order[:8]] == "a1c1 a1c2 a1g2 a1c3 a1c4 a1c5 a1g3 a1g4".split()
    leads = [link.get_attribute("href").partition("#")[2] for link in order[8:]]
    assert leads == ["a1g1", "check-H001", "a1c1", "a1c2", "a1g2", "check-A001", "a1c5"]


@WIDTHS
def test_without_scripts_the_page_says_the_same(browser: WebDriver, page: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(page)
    assert not shown(browser, ".controls")
    notes = browser.find_elements(By.CSS_SELECTOR, ".note")
    assert len(shown(browser, ".note")) == len(notes) > 20
    mark = browser.find_element(By.CSS_SELECTOR, "mark[data-c=a1c4]")
    ActionChains(browser).move_to_element(mark).perform()
    assert "He: unresolved" in card(browser, mark)
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
