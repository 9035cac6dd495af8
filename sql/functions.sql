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

-- How many ones a figure's word stands for.
CREATE OR REPLACE MACRO figure_scale(figure) AS
    CASE regexp_extract(lower(figure), '[0-9][ +]*(trillion|billion|million|thousand|tn|bn|mn|t|b|m|k|gw|gigawatts?)\b', 1)
        WHEN 'trillion' THEN 1e12 WHEN 'tn' THEN 1e12 WHEN 't' THEN 1e12
        WHEN 'billion' THEN 1e9 WHEN 'bn' THEN 1e9 WHEN 'b' THEN 1e9
        WHEN 'million' THEN 1e6 WHEN 'mn' THEN 1e6 WHEN 'm' THEN 1e6
        WHEN 'thousand' THEN 1e3 WHEN 'k' THEN 1e3
        WHEN 'gw' THEN 1e3 WHEN 'gigawatt' THEN 1e3 WHEN 'gigawatts' THEN 1e3
        ELSE 1
    END;

-- A figure as written ("$1,346 million", "14%", "~$10B+", "3.8 GW"): its number in ones of its measure; NULL without a digit.
CREATE OR REPLACE MACRO figure_value(figure) AS
    try_cast(regexp_extract(replace(figure, ',', ''), '([0-9]+(?:\.[0-9]+)?)', 1) AS DOUBLE) * figure_scale(figure);

-- The end of a range ("$125-145 B"); NULL for a single figure.
CREATE OR REPLACE MACRO figure_range_end(figure) AS
    try_cast(regexp_extract(replace(figure, ',', ''), '[0-9] *(?:-|–|—|to) *\$?([0-9]+(?:\.[0-9]+)?)', 1) AS DOUBLE) * figure_scale(figure);

-- What a figure measures: figures of different measures are never compared.
CREATE OR REPLACE MACRO figure_of(figure) AS CASE
    WHEN contains(figure, '%') OR contains(lower(figure), 'percent') THEN 'percent'
    WHEN regexp_matches(figure, '[€£¥]|EUR|GBP|JPY|NT\$|CNY|RMB|KRW') THEN 'money ' || regexp_extract(figure, '[€£¥]|EUR|GBP|JPY|NT\$|CNY|RMB|KRW')
    WHEN contains(figure, '$') OR contains(figure, 'USD') THEN 'money $'
    WHEN regexp_matches(lower(figure), '\b[mg]w\b|[0-9][mg]w\b|watt') THEN 'power'
    ELSE trim(regexp_replace(lower(figure), '[0-9.,~≥≤<>+]', '', 'g'))
END;

-- Half a step of the last digit written: what rounding can have taken away.
CREATE OR REPLACE MACRO figure_half_step(figure) AS
    0.5 * figure_scale(figure) / pow(10, length(regexp_extract(replace(figure, ',', ''), '[0-9]+\.([0-9]+)', 1)));

CREATE OR REPLACE MACRO figure_low(figure, comparator) AS CASE
    WHEN comparator = '≤' OR starts_with(figure, '≤') THEN 0
    WHEN comparator = '~' OR starts_with(figure, '~') THEN 0.9 * figure_value(figure) - figure_half_step(figure)
    ELSE figure_value(figure) - figure_half_step(figure)
END;

CREATE OR REPLACE MACRO figure_high(figure, comparator) AS CASE
    WHEN comparator = '≥' OR starts_with(figure, '≥') OR regexp_matches(figure, '[0-9A-Za-z]\+') THEN 'infinity'::DOUBLE
    WHEN comparator = '~' OR starts_with(figure, '~') THEN 1.1 * figure_value(figure) + figure_half_step(figure)
    ELSE greatest(figure_value(figure), coalesce(figure_range_end(figure), 0)) + figure_half_step(figure)
END;
