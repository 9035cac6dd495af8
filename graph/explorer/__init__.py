"""The explorer: the market as a picture on one page. What belongs here: what the page shows and where, the page, and its local server.

What does not: reading the warehouse (``pipelines.warehouse.explorer``).
"""
