"""What a refresh tells people: progress every few seconds, and refusals that do not bury the rest."""

from graph.errors import InputRefusedError
from pipelines.cli.refreshing import Ticker, _list
from pipelines.fetch.report import Collected


def test_progress_is_a_line_every_few_seconds_with_counts_rate_and_time_left(capsys):
    times = iter([0.0, 0.0, 2.0, 5.0, 9.0, 10.0])
    ticker = Ticker(clock=lambda: next(times))
    for asked, left in ((0, 100), (20, 80), (50, 50), (90, 10), (95, 5)):
        ticker(Collected("news", asked=asked, new=asked), left)

    assert capsys.readouterr().err.splitlines() == [
        "news: 50 asked, 50 to go, 10.0 a second, about 5 s left (50 new, 0 changed, 0 unchanged, 0 refused)",
        "news: 95 asked, 5 to go, 9.5 a second, about 1 s left (95 new, 0 changed, 0 unchanged, 0 refused)",
    ]


def test_many_refusals_of_one_reason_are_one_line_with_their_number(capsys):
    many = [InputRefusedError(f"https://example.com/{number}", "answers 404") for number in range(100)]
    _list([*many, InputRefusedError("https://example.com/x", "answers 403")])

    assert capsys.readouterr().err.splitlines() == [
        "refused: https://example.com/x: answers 403",
        'refused: 100 addresses: answers 404 (all: loadpath sql "SELECT * FROM raw.refusal")',
    ]
