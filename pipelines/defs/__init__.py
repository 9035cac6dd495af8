"""Dagster objects, and nothing else: bodies of at most 20 lines that call the stages."""
