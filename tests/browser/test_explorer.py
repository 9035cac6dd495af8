"""The explorer in a real browser: what people see and do, on a market whose sentences stand in ``market``."""

from datetime import date

import pytest
from selenium.webdriver.common.keys import Keys

from pipelines.warehouse import store

ALL = {
    "tsmc|SUPPLIES|nvidia",
    "nvidia|DEPENDS_ON|tsmc",
    "nvidia|SUPPLIES|supermicro",
    "supermicro|SUPPLIES|coreweave",
    "nvidia|FINANCES|coreweave",
    "coreweave|SUPPLIES|openai",
    "coreweave|SUPPLIES|microsoft",
    "micron|SUPPLIES|nvidia",
    "sk_hynix|SUPPLIES|nvidia",
    "samsung|SUPPLIES|nvidia",
    "amd|SUPPLIES|oracle",
}


def test_companies_stand_in_columns_and_relations_are_drawn(page, served):
    page.open(served)

    assert page.relations() == ALL
    columns = dict(page.run("return app.picture.nodes.map(n => [n.id, n.column])"))
    assert {name: columns[name] for name in ("tsmc", "micron", "supermicro", "openai", "coreweave")} == {
        "tsmc": "compute",
        "micron": "data_storage",
        "supermicro": "networking",
        "openai": "models",
        "coreweave": "compute",
    }
    assert page.text("#summary") == "11 companies, 11 relations between them"
    # The blue of supply is on the canvas, and so are names.
    assert page.run(PAINTED, "#0072b2") > 50
    assert page.run("return app.picture.labelled") == 11


# How many dots of the canvas lean towards a colour from white.
PAINTED = """
const c = $('canvas'), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
const want = [1, 3, 5].map(at => parseInt(arguments[0].slice(at, at + 2), 16));
let n = 0;
for (let i = 0; i < d.length; i += 4) {
  const away = [0, 1, 2].map(j => (255 - d[i + j]) / (255 - want[j]));
  if (away[0] > 0.25 && Math.max(...away) - Math.min(...away) < 0.15) n += 1;
}
return n;
"""


def test_search_as_you_type_finds_names_aliases_tickers_and_places(page, served):
    page.open(served)
    page.keys("/")
    page.keys("tsm")
    assert page.all("#found [role=option] bdi")[0].text == "TSMC"
    page.keys(Keys.ENTER)
    assert page.text("#panel h2") == "TSMC"

    field = page.one("#search")
    for typed, first in (
        ("nvda", "NVIDIA"),
        ("supermic", "Super Micro Computer"),
        ("h100", "NVIDIA"),
        ("taiwan", "Taiwan"),
        ("qwertz", None),
    ):
        field.clear()
        field.send_keys(typed)
        shown = page.all("#found [role=option]")
        if first:
            assert shown[0].find_element("tag name", "bdi").text == first
        else:
            assert "Nothing is called “qwertz”" in shown[0].text
    field.send_keys(Keys.ESCAPE)
    assert not page.one("#found").is_displayed()


def test_a_click_on_a_company_shows_its_relations_by_predicate_with_strength_and_quote(page, served):
    page.open(served)
    page.click_company("nvidia")
    page.until("return !$('panel').hidden")

    assert page.text("#panel h2") == "NVIDIA"
    assert set(page.group("SUPPLIES in")) == {"TSMC", "Micron", "SK hynix", "Samsung"}
    assert page.group("SUPPLIES out") == ["Super Micro Computer"]
    assert set(page.group("DEPENDS_ON out")) == {"TSMC", "Taiwan"}
    assert page.group("FINANCES out") == ["CoreWeave"]
    assert {
        tuple(row.split("|"))
        for row in page.run(
            "return [...document.querySelectorAll('[data-group=denied] .who')].map(e => [...e.querySelectorAll('.link')].map(l => l.textContent).join('|'))"
        )
    } == {("NVIDIA", "Vertiv"), ("Intel", "NVIDIA")}
    first = page.one("[data-group='FINANCES out'] .item")
    assert "1 source · " in first.text
    assert first.find_element("tag name", "q").text.strip('“”"') == "NVIDIA invested in CoreWeave."
    assert "2025-09-01" in first.text


def test_a_click_on_a_quote_shows_the_document_with_the_words_marked(page, served):
    page.open(served, "#at=coreweave")
    page.one("[data-group='SUPPLIES in'] .quote").click()
    page.until("return document.querySelector('#text mark')")

    assert page.text("#text mark") == "CoreWeave buys servers from Supermicro."
    assert "Supermicro buys GPUs from NVIDIA and builds systems around them. CoreWeave buys servers" in page.text(
        "#text"
    )
    assert page.text("#reader h2") == "Who makes the parts"
    assert "2025-03-12" in page.text("#reader .from")
    assert page.run("return document.querySelector('#reader .open').textContent") == ""
    assert "It says: Super Micro Computer supplies CoreWeave" in page.text("#reader .claim")
    page.keys(Keys.ESCAPE)
    page.until("return !$('reader').open")
    assert "quote=" not in page.state()


def test_filters_of_predicate_column_and_bottleneck(page, served):
    page.open(served)
    page.one("#hide-SUPPLIES").click()
    assert page.relations() == {"nvidia|DEPENDS_ON|tsmc", "nvidia|FINANCES|coreweave"}
    page.one("#hide-SUPPLIES").click()
    page.one("#columns-compute").click()
    assert page.relations() == set()
    assert "nvidia" not in page.companies()
    page.one("#columns-compute").click()

    page.one("#marks-power_availability").click()
    assert page.run("return [...app.picture.scene.marks].map(([id, of]) => [id, of.map(m => m.letters)])") == [
        ["coreweave", ["Pw"]]
    ]
    assert page.relations() == {name for name in ALL if "coreweave" in name}
    assert page.text("#filters-button") == "Filters (1)"
    page.one("#all-again").click()
    assert page.relations() == ALL


def test_candidates_are_drawn_only_when_asked_for(page, tables, tmp_path):
    from pipelines.warehouse import explorer

    like = next(claim for claim in tables["claim"] if claim["carries"])
    tables["claim"].append(
        {
            **like,
            "predicate": "SUPPLIES",
            "id": "c_maybe",
            "subject": "intel",
            "source": "intel",
            "object": "dell",
            "target": "dell",
            "tier": "candidate",
            "carries": False,
        }
    )
    page.open_file(tmp_path / "market.html", explorer.shown(tables))
    assert "intel|SUPPLIES|dell" not in page.relations()
    assert "dell" not in page.companies()
    page.one("#tier-all").click()
    assert page.relations() == ALL | {"intel|SUPPLIES|dell"}
    assert {"intel", "dell"} <= page.companies()
    assert "tier=all" in page.state()


def test_an_unnamed_party_shows_who_it_may_be_and_why(page, tables, tmp_path):
    from pipelines.warehouse import explorer

    like = next(claim for claim in tables["claim"] if claim["carries"])
    tables["party"].append(
        {"id": "anonymous:1", "name": "Customer A", "kind": "AnonymousParty", "meaning": "", "listed": False}
    )
    tables["claim"].append(
        {
            **like,
            "predicate": "SUPPLIES",
            "id": "c_a",
            "subject": "nvidia",
            "source": "nvidia",
            "object": "anonymous:1",
            "object_name": "Customer A",
            "target": "",
        }
    )
    tables["candidate"] = [
        {"party": "anonymous:1", "candidate": "dell", "supports": "named_elsewhere, amount", "refutes": "segment"}
    ]
    page.open_file(tmp_path / "market.html", explorer.shown(tables), "#at=nvidia")
    next(link for link in page.all("[data-group='SUPPLIES out'] .link") if link.text == "Customer A").click()
    assert page.text("#panel h2") == "Customer A"
    assert page.group("maybe") == ["Dell"]
    assert page.text("[data-group=maybe] .from") == "for: named elsewhere, amount; against: segment"


def test_what_claims_say_of_one_another_is_shown_from_the_day_it_was_known(page, tables, tmp_path):
    from pipelines.warehouse import explorer

    ids = {claim["quote"]: claim["id"] for claim in tables["claim"]}
    one, other = ids["OpenAI buys cloud capacity from CoreWeave."], ids["NVIDIA invested in CoreWeave."]
    link = {
        "from": other,
        "to": one,
        "meaning": "two who cannot both be right",
        "detail": "",
        "known_from": 20251001,
        "known_to": 0,
    }
    tables["link"] = [{**link, "type": "CONTRADICTS"}, {**link, "type": "SUPERSEDES"}]
    shown = explorer.shown(tables)
    for day, tags in (("2025-09-30", set()), ("2025-10-01", {"contradicted", "superseded"})):
        page.open_file(tmp_path / "market.html", shown, f"#at=openai&known-on={day}")
        assert {tag.text for tag in page.all("[data-group='SUPPLIES in'] .tag")} & {
            "contradicted",
            "superseded",
        } == tags
        page.one("[data-group='SUPPLIES in'] .quote").click()
        said = [line.text for line in page.all("#reader .linked")]
        assert len(said) == len(tags)
    assert said[0].startswith("contradicted by: NVIDIA invested in CoreWeave. (")
    assert said[1].startswith("superseded by: ")


@pytest.mark.parametrize(
    ("as_of", "known_on"),
    [
        (None, None),
        (date(2024, 6, 1), None),
        (date(2025, 6, 1), None),
        (None, date(2025, 3, 11)),
        (None, date(2025, 3, 12)),
        (date(2024, 12, 31), date(2025, 10, 20)),
    ],
)
def test_a_day_shows_what_the_warehouse_says_of_it(page, served, built, as_of, known_on):
    days = "&".join(f"{word}={day}" for word, day in (("as-of", as_of), ("known-on", known_on)) if day)
    page.open(served, f"#{days}")

    with store.connection(built.warehouse) as con:
        rows = store.rows(
            con,
            "SELECT relationship_id FROM mart.relationships_at($as_of, $known_on)",
            {"as_of": as_of, "known_on": known_on or date(9999, 12, 31)},
        )
    assert set(page.run("return app.relations.map(r => r.key)")) == {row["relationship_id"] for row in rows}


def test_the_sliders_move_the_days(page, served):
    page.open(served)
    page.run("const r = $('known-range'); r.value = r.min; r.dispatchEvent(new Event('input'))")
    assert page.state() == "#known-on=2025-03-12"
    assert page.relations() == {
        "tsmc|SUPPLIES|nvidia",
        "nvidia|DEPENDS_ON|tsmc",
        "nvidia|SUPPLIES|supermicro",
        "supermicro|SUPPLIES|coreweave",
    }
    assert "as known on 2025-03-12" in page.text("#summary")
    page.one("#known-any").click()
    assert page.relations() == ALL


def test_a_path_between_two_companies(page, served):
    page.open(served, "#at=openai")
    page.one("#path-button").click()
    page.one("#path-to").send_keys("tsmc", Keys.ENTER)
    page.until("return $('path')")

    steps = [each.text.replace("\n", " ") for each in page.all("#path .step")]
    assert steps == ["CoreWeave supplies OpenAI", "NVIDIA finances CoreWeave", "TSMC supplies NVIDIA"]
    assert set(page.run("return [...app.picture.scene.lit.nodes]")) == {"openai", "coreweave", "nvidia", "tsmc"}
    assert "path-to=tsmc" in page.state()
    page.open(served, "#at=openai&path-to=oracle")
    assert "Nothing read joins OpenAI and Oracle" in page.text("#path")


def test_a_shock_shows_whom_it_hits_and_how_far_away(page, served):
    page.open(served, "#at=tsmc")
    page.one("#shock-button").click()

    assert dict(page.run("return [...app.picture.scene.shock.reached].map(([id, how]) => [id, how.hop])")) == {
        "nvidia": 1,
        "supermicro": 2,
        "coreweave": 3,
    }
    assert "1 company hit at once" in page.text("#shock")
    page.open(served, f"#at={place(page, served)}")
    page.one("#shock-button").click()
    assert dict(page.run("return [...app.picture.scene.shock.reached].map(([id, how]) => [id, how.hop])")) == {
        "nvidia": 1,
        "supermicro": 2,
        "coreweave": 3,
    }
    page.open(served, "#at=oracle&cut-off=oracle")
    assert "That is no proof that none does." in page.text("#shock")


def place(page, served):
    """The id of Taiwan."""
    page.open(served)
    return page.run("return [...app.market.parties.values()].find(p => p.name === 'Taiwan').id")


def test_the_address_holds_the_state_and_back_goes_back(page, served):
    page.open(served)
    page.run("app.select('nvidia')")
    page.one("#hide-FINANCES").click()
    page.run("app.select('coreweave')")
    address = page.browser.current_url
    assert address.endswith("#at=coreweave&hide=FINANCES")

    page.browser.back()
    page.until("return document.querySelector('#panel h2').textContent === 'NVIDIA'")
    page.open(address)
    assert page.text("#panel h2") == "CoreWeave"
    assert "nvidia|FINANCES|coreweave" not in page.relations()


def test_a_drag_moves_and_opens_nothing_and_the_wheel_zooms_where_it_is(page, served):
    from selenium.webdriver.common.action_chains import ActionChains

    page.open(served)
    canvas = page.one("#canvas")
    x, y, k = page.run("const v = app.picture.view; return [v.x, v.y, v.k]")
    ActionChains(page.browser).move_to_element(canvas).click_and_hold().move_by_offset(80, 30).release().perform()
    assert page.run("const v = app.picture.view; return [v.x, v.y, v.k]") == pytest.approx([x + 80, y + 30, k])
    assert page.run("return app.state.at") == ""
    under = "const v = app.picture.view, p = app.picture; return (p.width / 2 - v.x) / v.k"
    before = page.run(under)
    page.run(
        "const b = $('canvas').getBoundingClientRect(); $('canvas').dispatchEvent(new WheelEvent('wheel', {deltaY: -300, clientX: b.left + b.width / 2, clientY: b.top + b.height / 2, cancelable: true}))"
    )
    assert page.run("return app.picture.view.k") > k * 1.2
    assert page.run(under) == pytest.approx(before)


def test_more_of_a_long_document_is_read_from_the_server(page, served):
    page.open(served, "#at=coreweave")
    page.one("[data-group='EXPOSED_TO out'] .quote").click()
    page.until("return document.querySelector('#text mark')")
    assert "The end of the note." not in page.text("#text")
    page.one("#text .more").click()
    page.until("return document.querySelector('#text').textContent.includes('The end of the note.')")
    assert page.text("#text mark") == "CoreWeave is constrained by a shortage of electric power at its sites."


def test_the_part_that_is_shown_is_in_the_address_once_the_hand_rests(page, served):
    page.open(served)
    page.one("#zoom-in").click()
    page.one("#zoom-in").click()
    page.until("return location.hash.includes(encodeURIComponent(app.picture.place))")
    place, address = page.run("return app.picture.place"), page.browser.current_url
    page.open(address)
    assert page.run("return app.picture.place") == place
    page.one("#zoom-all").click()
    assert page.state() == ""


def test_an_address_with_what_is_not_there_says_so(page, served):
    page.open(served, "#at=no_such_company&known-on=2025-02-31&colour=blue&hide=SUPPLIES,NO_SUCH")
    assert (
        page.text("#notice")
        == "The address names what this market does not have: at=no_such_company, known-on=2025-02-31, colour=blue, hide=SUPPLIES,NO_SUCH"
    )
    assert "tsmc|SUPPLIES|nvidia" not in page.relations()


def test_keys_alone_reach_everything(page, served):
    page.open(served)
    page.run("$('canvas').focus()")
    page.keys(Keys.ARROW_DOWN)
    first = page.run("return app.picture.hover")
    page.keys(Keys.ARROW_RIGHT)
    second = page.run("return app.picture.hover")
    assert first != second
    assert page.run("return $('live').textContent").startswith(
        page.run("return app.market.nameOf(arguments[0])", second)
    )
    page.keys(Keys.ENTER)
    assert page.run("return app.state.at") == second
    assert page.run("return document.activeElement.textContent") == page.text("#panel h2")
    page.keys(Keys.ESCAPE)
    assert page.run("return [app.state.at, document.activeElement.id]") == ["", "canvas"]
    before = page.run("return app.picture.view.k")
    page.keys("+")
    assert page.run("return app.picture.view.k") > before
    reached = set()
    for _ in range(60):
        page.keys(Keys.TAB)
        reached.add(page.run("return document.activeElement.id"))
    assert {
        "search",
        "filters-button",
        "list-button",
        "theme-button",
        "tier-fact",
        "marks-power_availability",
        "hide-SUPPLIES",
        "known-range",
        "known-date",
        "canvas",
        "zoom-in",
    } <= reached


def test_a_screen_reader_finds_a_name_on_every_control_and_the_picture_as_text(page, served):
    page.open(served, "#at=nvidia")
    tree = page.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    controls = [
        node
        for node in tree
        if not node.get("ignored")
        and node.get("role", {}).get("value")
        in ("button", "checkbox", "radio", "combobox", "slider", "link", "textbox", "Date")
    ]
    assert len(controls) > 30
    assert [node["role"]["value"] for node in controls if not node.get("name", {}).get("value")] == []

    page.one("#list-button").click()
    assert page.run("return document.activeElement.id") == "list"
    assert [head.text for head in page.all("#list h2")] == ["Compute", "Data and storage", "Networking", "Models"]
    page.one("#list .link").click()
    assert page.text("#panel h2") == page.text("#list [aria-current=true]")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_and_lines_stand_out_from_the_ground(page, served, theme):
    page.open(served, f"#theme={theme}")
    colours = page.run("return app.picture.colours")
    assert colours["dark"] == (theme == "dark")
    for on, ground, least in (
        ("text", "ground", 7),
        ("text", "band", 7),
        ("accent", "ground", 4.5),
        ("onMark", "mark", 4.5),
        ("mark", "ground", 4.5),
        ("alarm", "ground", 4.5),
    ):
        assert contrast(colours[on], colours[ground]) >= least, (on, ground)
    for predicate, colour in colours["predicate"].items():
        assert contrast(colour, colours["ground"]) >= 3, predicate
    for hit in colours["hit"]:
        assert contrast(hit, colours["onHit"]) >= 3.5


def contrast(one, other):
    """Contrast of two colours as WCAG counts it."""

    def light(colour):
        colour = colour.lstrip("#")
        colour = colour if len(colour) == 6 else "".join(2 * letter for letter in colour)
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    first, second = sorted((light(one), light(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


@pytest.mark.parametrize("width", [400, 800])
def test_narrow_screens_have_all_in_reach(page, served, width):
    page.resize(width, 800)
    page.open(served, "#at=nvidia")
    page.until("return !$('panel').hidden")
    assert page.run("return document.documentElement.scrollWidth") <= width
    boxes = page.run(
        "return ['search', 'filters-button', 'list-button', 'zoom-in', 'canvas', 'panel'].map(id => { const b = $(id).getBoundingClientRect(); return [id, b.left >= 0 && b.right <= innerWidth && b.bottom <= innerHeight && b.width > 20 && b.height > 20] })"
    )
    assert [name for name, fits in boxes if not fits] == []
    node = page.run(
        "const {picture} = app, n = picture.byId.get('nvidia'), v = picture.view; return [n.x * v.k + v.x, n.y * v.k + v.y, picture.width, picture.height]"
    )
    assert 0 < node[0] < node[2]
    assert 0 < node[1] < node[3]
    page.one("#filters-button").click()
    assert page.one("#tier-all").is_displayed()
    page.one("#tier-all").click()
    assert "tier=all" in page.state()
