"""The thesis court: which statements count for and against each test of a company. What belongs here: the rules, as data, and reading them."""
