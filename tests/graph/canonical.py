"""A graph as text, the same for the same graph whatever engine holds it and however it came to be."""

import json


def dump(store):
    """Return one line for each node and relationship, of whomever, with all properties; sorted."""
    lines = []
    for row in store.rows("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties"):
        lines.append(["node", sorted(row["labels"]), row["properties"]])
    query = (
        "MATCH (a)-[r]->(b) RETURN type(r) AS type, labels(a) AS from_labels, a.id AS from_id, labels(b) AS to_labels, "
        "b.id AS to_id, properties(r) AS properties"
    )
    lines += [["relationship", row] for row in store.rows(query)]
    return sorted(json.dumps(line, sort_keys=True, default=str, ensure_ascii=False) for line in lines)


class Counted:
    """What the server says it changed, over all statements of a store from now on."""

    def __init__(self, store):
        self.changes = {}
        self.transactions = 0
        asked, opened = store._driver.execute_query, store._driver.session

        def execute_query(*given, **named):
            result = asked(*given, **named)
            self._add(result.summary)
            return result

        def session(**named):
            self.transactions += 1
            return opened(**named)

        store._driver.execute_query, store._driver.session = execute_query, session

    def _add(self, summary):
        self.transactions += 1
        for name, count in vars(summary.counters).items():
            if isinstance(count, int) and count and not name.startswith("_"):
                self.changes[name] = self.changes.get(name, 0) + int(count)
