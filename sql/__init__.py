"""SQL files by layer, shipped as data; nothing is executed here."""
