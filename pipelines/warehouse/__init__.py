"""DuckDB: one file, schemas by stage, tables from SQL files. One writer; readers get the published snapshot."""
