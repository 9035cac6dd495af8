"""Files of named questions: what a header says, a user's own beside the shipped ones, and one line for a wrong one."""

import pytest

from graph.errors import ModelError, UsageError
from graph.query import find, queries, run

OWN = """-- title: Documents of a kind
-- question: Which documents of one kind are there?
-- number: 40
-- predicates: SUPPLIES, OWNS
-- param: kind text note the kind
-- column: title its title
-- example: loadpath query my_documents --engine sql
SELECT title FROM mart.dim_document WHERE kind = $kind ORDER BY title
"""


def test_a_users_own_question_is_read_after_the_shipped_ones(tmp_path):
    (tmp_path / "my_documents.sql").write_text(OWN, encoding="utf-8")

    own = find("my_documents", tmp_path)

    assert list(queries(tmp_path))[-1] == "my_documents" and set(queries()) < set(queries(tmp_path))
    assert (own.number, own.predicates, own.cypher) == (40, ("SUPPLIES", "OWNS"), "")
    with pytest.raises(UsageError, match="my_documents: it has no text for --engine graph"):
        run(own, "graph", lambda _text, _values: [], {})


def test_a_folder_that_is_not_there_holds_no_question(tmp_path):
    assert queries(tmp_path / "queries") == queries()


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("list_suppliers", OWN, "there is a shipped question list_suppliers; give yours another name"),
        ("mine", OWN.replace("number: 40", "number: forty"), "mine.sql: number 'forty' is no whole number"),
        ("mine", OWN.replace("SUPPLIES,", "SUPPLYS,"), "mine.sql: predicates: SUPPLYS is none of"),
        ("mine", OWN.replace("text note", "words note"), "must read: name type default meaning"),
        ("mine", OWN.replace("-- title: Documents of a kind\n", ""), "mine.sql: the header has no title"),
    ],
)
def test_a_wrong_file_is_one_line(tmp_path, name, text, says):
    (tmp_path / f"{name}.sql").write_text(text, encoding="utf-8")

    with pytest.raises(ModelError, match=says) as error:
        queries(tmp_path)

    assert len(str(error.value).splitlines()) == 1
