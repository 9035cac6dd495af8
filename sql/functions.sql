-- Macros that every layer may use.

-- A name as lower-case ASCII words joined by underscores; the same as pipelines.ids.slug for names with a Latin letter.
CREATE OR REPLACE MACRO slug(name) AS
    trim(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', '_', 'g'), '_');

-- The integer key of an id for tools that join on integers: 52 bits of its MD5, so below 2^53, which such tools hold exactly.
CREATE OR REPLACE MACRO surrogate(id) AS ('0x' || left(md5(id), 13))::BIGINT;

-- Forms of company as they stand behind a name, as alternatives of a pattern.
CREATE OR REPLACE MACRO company_forms() AS
    'Inc|Incorporated|Corp|Corporation|Ltd|Limited|LLC|LLP|LP|plc|PLC|AG|SA|S\.A|NV|N\.V|GmbH|KK|SE|AB|ASA|Oyj|SpA|BV|B\.V|Pte|Pty|Co|Company|SAS|Sdn|Bhd';

-- The part of an id that a name gives; a hash stands in where no Latin letter is left.
CREATE OR REPLACE MACRO name_key(name) AS coalesce(nullif(slug(name), ''), 'x' || left(md5(name), 20));

-- Exchanges as texts name them before a ticker, as alternatives of a pattern.
CREATE OR REPLACE MACRO exchanges() AS
    'NASDAQ|Nasdaq|NYSEAMERICAN|NYSE|OTC|LSE|TSE|TSX|HKEX|KRX|KOSDAQ|ASX|TWSE|TPE|SIX|ETR|FRA|XETRA|Euronext|EPA|AMS|TYO|SSE|SZSE|BSE|NSE';
