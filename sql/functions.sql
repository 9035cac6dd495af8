-- Macros that every layer may use.

-- A name as lower-case ASCII words joined by underscores; the same as pipelines.ids.slug for names with a Latin letter.
CREATE OR REPLACE MACRO slug(name) AS
    trim(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', '_', 'g'), '_');

-- The integer key of an id for tools that join on integers: 52 bits of its MD5, so below 2^53, which such tools hold exactly.
CREATE OR REPLACE MACRO surrogate(id) AS ('0x' || left(md5(id), 13))::BIGINT;

-- A day as the integer yyyymmdd: the key of mart.dim_date.
CREATE OR REPLACE MACRO date_key(day) AS (year(day) * 10000 + month(day) * 100 + day(day))::INTEGER;

-- Quantities as texts write them: "$6.3 billion", "~1.2 GW", "20-30%", "$900 million to $1.1 billion", "100+ kW per rack".
-- Only a text that is one quantity from end to end is read; any other gives NULL, and the text stays beside it.
CREATE OR REPLACE MACRO quantity_parts(written) AS regexp_extract(
    trim(written, ' .,;'),
    '^(?i:(between|about|approximately|around|roughly|nearly|almost|some|up to|as much as|less than|under|below|more than|over|at least|above|exceeding|[~≈<>≥≤]) ?)?'
    || '((?:US)?[$€£¥])? ?([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)'
    || '(?: ?(thousand|million|billion|trillion|[KkMBT]n?|bn|mn|tn|[x×%])? ?(?:[-–—]|to|and) ?(?:US)?[$€£¥]? ?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?))?'
    || '(\+)? ?(?:(thousand|million|billion|trillion|[KkMBT]n?|bn|mn|tn)\b)?(\+)? ?((?:-?[A-Za-z%×µμ/][^+]*)?)(\+)?$',
    ['comparator', 'currency', 'low', 'low_scale', 'high', 'plus', 'scale', 'plus_after', 'unit', 'plus_last']
);
CREATE OR REPLACE MACRO exponent(scale) AS CASE
    WHEN lower(scale) IN ('k', 'kn', 'thousand') THEN 'e3'
    WHEN lower(scale) IN ('m', 'mn', 'million') THEN 'e6'
    WHEN lower(scale) IN ('b', 'bn', 'billion') THEN 'e9'
    WHEN lower(scale) IN ('t', 'tn', 'trillion') THEN 'e12'
    ELSE 'e0'
END;
-- `low` and `high` with the scale applied; they differ in a range only. `currency` is empty where the sign does not tell.
CREATE OR REPLACE MACRO quantity_of(parts) AS CASE WHEN parts.low <> '' THEN {
    'comparator': CASE
        WHEN parts.high = '' AND (parts.plus || parts.plus_after || parts.plus_last <> ''
            OR lower(parts.comparator) IN ('more than', 'over', 'at least', 'above', 'exceeding', '>', '≥')) THEN '≥'
        WHEN lower(parts.comparator) IN ('up to', 'as much as', 'less than', 'under', 'below', '<', '≤') THEN '≤'
        WHEN lower(parts.comparator) IN ('', 'between') THEN '='
        ELSE '~'
    END,
    'currency': CASE right(parts.currency, 1) WHEN '$' THEN 'USD' WHEN '€' THEN 'EUR' WHEN '£' THEN 'GBP' ELSE '' END,
    'sign': parts.currency,
    'low': (replace(parts.low, ',', '')
        || exponent(CASE WHEN parts.low_scale IN ('', 'x', '×', '%') THEN parts.scale ELSE parts.low_scale END))::DOUBLE,
    'high': (replace(CASE WHEN parts.high = '' THEN parts.low ELSE parts.high END, ',', '') || exponent(parts.scale))::DOUBLE,
    'scaled': exponent(parts.scale) <> 'e0',
    'unit': parts.unit
} END;
-- A range that runs backwards ("$900-1.1 billion") is none: which scale its first number has is not said.
CREATE OR REPLACE MACRO quantity(written) AS list_transform(
    list_transform([quantity_parts(written)], lambda parts: quantity_of(parts)),
    lambda read: CASE WHEN read.low <= read.high THEN read END
)[1];

-- The id of an unnamed party: it belongs to one document, benchmark and period; its label joins nothing beyond.
CREATE OR REPLACE MACRO anonymous_id(document_id, benchmark, valid_from, valid_to, label) AS
    'anon:' || left(document_id, 12) || ':' || coalesce(nullif(benchmark, '') || ':', '')
    || coalesce(strftime(valid_from, '%Y%m%d') || '-' || strftime(valid_to, '%Y%m%d') || ':', '') || slug(label);

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

-- The digits of a figure's first number ("$1,346 million": 1346); empty where it has none.
CREATE OR REPLACE MACRO figure_digits(figure) AS replace(regexp_extract(figure, '\d[\d,]*(?:\.\d+)?'), ',', '');

-- The letter of an unnamed party's label ("Customer A": A); NULL where it has none.
CREATE OR REPLACE MACRO label_letter(label) AS nullif(regexp_extract(label, '\b([A-Z])$', 1), '');

-- The words of a text: lower case, without punctuation.
CREATE OR REPLACE MACRO words_of(written) AS trim(regexp_replace(lower(written), '[^a-z0-9$%]+', ' ', 'g'));

-- Figures with a measure in a text: money, shares, power, spans of time. Years, items and names of products are none.
CREATE OR REPLACE MACRO figures_in(written) AS regexp_extract_all(written,
    '(?i)(?:[$€£¥] ?[0-9][0-9,.]*[0-9]|[$€£¥] ?[0-9])(?: (?:thousand|million|billion|trillion))?'
    || '|\b[0-9][0-9,.]*[ -]?(?:%|(?:percent|(?:mega|giga)watts?|MW|GW|thousand|million|billion|trillion|basis points|days?|weeks?|months?|quarters?|years?)\b)');

-- Whether a form is that of a periodic report or its amendment: what a filer says again and again.
CREATE OR REPLACE MACRO is_periodic(form) AS regexp_matches(coalesce(form, ''), '^(10-K|10-KT|10-Q|10-QT|20-F|40-F)(/A)?$');
