"""Transcripts: turns in every form, who speaks with which firm; reports and interviews quoted in articles are none."""

import pytest

from pipelines.parse.read import read_document

HTML = b"""<html><head><title>Acme (ACM) Q1 2031 Earnings Call Transcript</title></head><body><h2>Call participants</h2>
<ul><li>Chief Executive Officer \xe2\x80\x94 Ann Lee</li></ul><h2>Full transcript</h2>
<p><strong>Operator:</strong> Thank you. Our first question comes from the line of Bob Ray with Dyna Securities. Please go ahead.</p>
<p><strong>Bob Ray:</strong> Thanks for taking my question. How do you see pumps?</p>
<p><strong>Ann Lee:</strong> We buy them from Bolt, and I expect that to go on for years.</p><p>We also have Volt.</p>
<p><strong>Bob Ray:</strong> Thank you.</p></body></html>"""
TEXT = b"""Acme Corp (ACM) Q1 2031 earnings call

Operator

Welcome, and thank you for joining us.

Ann Lee -- Chief Executive Officer

Good morning. We grew.

Bob Ray -- Dyna Securities -- Analyst

Thanks. Why did you?

Ann Lee -- Chief Executive Officer

Demand, as I said.

Call Participants:

Ann Lee -- Chief Executive Officer

Bob Ray -- Analyst
"""
TIMED = b"""Acme Corp (ACM) Q1 2031 earnings call transcript
Operator
0:00:00

Welcome to our call, and thank you for waiting.

Ann Lee
Chief Executive Officer
0:00:23

Good morning. We grew, and I thank our people.

Bob Ray
Analyst, Dyna Securities
0:01:05

Thanks. Why did you?
"""
CAPITALS = b"""INTERVIEW WITH ANN LEE

ANN LEE: We grew, and I am glad of it.

JOHN DOE, HOST: Why do you think you did?

ANN LEE: I think that we had the pumps.

JOHN DOE: Thank you.
"""
BOLD = b"""# Podcast: racks

**Ann Lee:** We grew, and I am glad of it.

**[00:12] Bob Ray:** Why do you think you did?

**Ann Lee:** I think that we had the pumps.
"""


def turns(document):
    return [
        (document.text_of(document.blocks[b.speaker]), document.text_of(b))
        for b in document.blocks
        if b.speaker is not None
    ]


def test_names_in_bold_and_the_firm_that_the_operator_names():
    document = read_document(HTML, "call.html")

    assert document.kind == "transcript"
    assert turns(document)[1:] == [
        ("Bob Ray", "Thanks for taking my question. How do you see pumps?"),
        ("Ann Lee", "We buy them from Bolt, and I expect that to go on for years."),
        ("Ann Lee", "We also have Volt."),
        ("Bob Ray", "Thank you."),
    ]
    links = {document.text_of(b): b.lead_in for b in document.blocks if b.kind == "speaker"}
    assert "Bob Ray with Dyna Securities" in document.text_of(document.blocks[links["Bob Ray"]])
    assert document.text_of(document.blocks[links["Ann Lee"]]) == "Chief Executive Officer — Ann Lee"
    assert links["Operator"] is None


def test_lines_of_name_and_role_and_no_turn_of_a_list_of_participants():
    assert turns(read_document(TEXT, "call.txt")) == [
        ("Operator", "Welcome, and thank you for joining us."),
        ("Ann Lee -- Chief Executive Officer", "Good morning. We grew."),
        ("Bob Ray -- Dyna Securities -- Analyst", "Thanks. Why did you?"),
        ("Ann Lee -- Chief Executive Officer", "Demand, as I said."),
        ("Ann Lee -- Chief Executive Officer", "Call Participants:"),
        ("Ann Lee -- Chief Executive Officer", "Ann Lee -- Chief Executive Officer"),
        ("Ann Lee -- Chief Executive Officer", "Bob Ray -- Analyst"),
    ]


def test_name_role_and_time_on_lines_of_their_own():
    document = read_document(TIMED, "call.txt")

    assert document.title == "Acme Corp (ACM) Q1 2031 earnings call transcript"
    assert turns(document) == [
        ("Operator", "Welcome to our call, and thank you for waiting."),
        ("Ann Lee -- Chief Executive Officer", "Good morning. We grew, and I thank our people."),
        ("Bob Ray -- Analyst, Dyna Securities", "Thanks. Why did you?"),
    ]


@pytest.mark.parametrize(("data", "name"), [(CAPITALS, "a.txt"), (BOLD, "a.md")])
def test_capital_and_bold_names(data, name):
    document = read_document(data, name)

    assert document.kind == "transcript"
    said = [text for _, text in turns(document)]
    assert said[:3] == ["We grew, and I am glad of it.", "Why do you think you did?", "I think that we had the pumps."]


@pytest.mark.parametrize(
    "report",
    [
        b"# Acme earnings call summary\n\n**Revenue Growth:** up 3%.\n\n**Margin Outlook:** flat.\n\n**Revenue Growth:** up 4%.\n\n**Bull Case:** racks.\n",
        b"# Podcast notes\n\n- Bolt: pumps\n- Volt: busbars\n- Dyna: halls\n- Bolt: pipes\n",
        b"# Acme\n\nPump Sales -- United States\n\nUp 3%.\n\nPump Sales -- Europe\n\nDown.\n\nPipe Sales -- Asia\n\nUp.\n",
    ],
)
def test_labels_of_a_report_are_no_speakers(report):
    document = read_document(report, "a.md")

    assert document.kind == "article"
    assert not [b for b in document.blocks if b.kind == "speaker"]


def test_an_article_that_quotes_an_interview_is_no_transcript():
    talk = b"\n\n## Interview\n\nAnn Lee: We grew.\n\nBob Ray: Why did you?\n\nAnn Lee: I think we had pumps.\n\n## More\n\n"

    document = read_document(
        b"# Racks\n\n" + b"The market grew again, as it has done. " * 60 + talk + b"It grew. " * 200, "a.md"
    )

    assert document.kind == "article"


def test_references_still_point_to_the_same_words():
    document = read_document(BOLD + b"\nWe like:\n\n- pumps\n- pipes\n", "a.md")

    pipes = next(b for b in document.blocks if document.text_of(b) == "pipes")
    assert document.text_of(document.blocks[pipes.lead_in]) == "We like:"
    assert [document.text_of(document.blocks[h]) for h in pipes.headings] == ["Podcast: racks"]
    assert [b.index for b in document.blocks] == list(range(len(document.blocks)))
