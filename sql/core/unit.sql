-- Units as texts write them, what each is in its base unit, and by what its number is multiplied. Only exact conversions:
-- a month is no number of days. One that begins with a slash stands below a sum of money ("$/MWh").
SELECT * FROM (VALUES
    ('MW', 'MW', 1), ('megawatt', 'MW', 1), ('megawatts', 'MW', 1), ('GW', 'MW', 1e3), ('gigawatt', 'MW', 1e3),
    ('gigawatts', 'MW', 1e3), ('kW', 'MW', 1e-3), ('kilowatt', 'MW', 1e-3), ('kilowatts', 'MW', 1e-3), ('W', 'MW', 1e-6),
    ('watt', 'MW', 1e-6), ('watts', 'MW', 1e-6),
    ('kW/rack', 'kW/rack', 1), ('kW/cabinet', 'kW/rack', 1), ('MW/rack', 'kW/rack', 1e3),
    ('kWh', 'MWh', 1e-3), ('MWh', 'MWh', 1), ('GWh', 'MWh', 1e3), ('TWh', 'MWh', 1e6),
    ('%', 'percent', 1), ('percent', 'percent', 1), ('per cent', 'percent', 1), ('por ciento', 'percent', 1),
    ('x', 'multiple', 1), ('×', 'multiple', 1), ('times', 'multiple', 1), ('fold', 'multiple', 1), ('-fold', 'multiple', 1),
    ('ns', 'seconds', 1e-9), ('μs', 'seconds', 1e-6), ('µs', 'seconds', 1e-6), ('microsecond', 'seconds', 1e-6),
    ('microseconds', 'seconds', 1e-6), ('ms', 'seconds', 1e-3), ('millisecond', 'seconds', 1e-3),
    ('milliseconds', 'seconds', 1e-3), ('second', 'seconds', 1), ('seconds', 'seconds', 1), ('minute', 'seconds', 60),
    ('minutes', 'seconds', 60), ('hour', 'seconds', 3600), ('hours', 'seconds', 3600),
    ('day', 'days', 1), ('days', 'days', 1), ('week', 'days', 7), ('weeks', 'days', 7),
    ('month', 'months', 1), ('months', 'months', 1), ('year', 'months', 12), ('years', 'months', 12),
    ('tokens/s', 'tokens/second', 1), ('tokens/sec', 'tokens/second', 1), ('tokens/second', 'tokens/second', 1),
    ('tok/s', 'tokens/second', 1), ('tok/sec', 'tokens/second', 1), ('tok/second', 'tokens/second', 1), ('TPS', 'tokens/second', 1),
    ('requests/s', 'requests/second', 1), ('requests/sec', 'requests/second', 1), ('requests/second', 'requests/second', 1),
    ('TFLOPS', 'TFLOPS', 1), ('TFLOPs', 'TFLOPS', 1), ('TFLOP', 'TFLOPS', 1), ('teraflop', 'TFLOPS', 1), ('teraflops', 'TFLOPS', 1),
    ('PFLOPS', 'TFLOPS', 1e3), ('PFLOPs', 'TFLOPS', 1e3), ('PFLOP', 'TFLOPS', 1e3), ('petaflop', 'TFLOPS', 1e3),
    ('petaflops', 'TFLOPS', 1e3), ('EFLOPS', 'TFLOPS', 1e6), ('exaFLOPS', 'TFLOPS', 1e6), ('exaflop', 'TFLOPS', 1e6),
    ('exaflops', 'TFLOPS', 1e6),
    ('USD', 'USD', 1), ('dollars', 'USD', 1), ('U.S. dollars', 'USD', 1), ('euro', 'EUR', 1), ('euros', 'EUR', 1), ('yen', 'JPY', 1),
    ('yuan', 'CNY', 1), ('RMB', 'CNY', 1),
    ('/MWh', '/MWh', 1), ('/kWh', '/MWh', 1e3), ('/MW', '/MW', 1), ('/kW', '/MW', 1e3), ('/GW', '/MW', 1e-3), ('/MW-day', '/MW-day', 1),
    ('/hr', '/hour', 1), ('/hour', '/hour', 1), ('/GPU-hour', '/GPU-hour', 1), ('/GPU hour', '/GPU-hour', 1),
    ('/GPU-hr', '/GPU-hour', 1), ('/GPU-h', '/GPU-hour', 1), ('/GPU-month', '/GPU-month', 1), ('/GPU month', '/GPU-month', 1),
    ('/month', '/month', 1), ('/yr', '/year', 1), ('/year', '/year', 1), ('/rack', '/rack', 1), ('/unit', '/unit', 1), ('/GPU', '/GPU', 1),
    ('/chip', '/chip', 1), ('/system', '/system', 1), ('/wafer', '/wafer', 1), ('/seat', '/seat', 1),
    ('/million tokens', '/million tokens', 1), ('/1M tokens', '/million tokens', 1), ('/M tokens', '/million tokens', 1),
    ('/token', '/million tokens', 1e6)
) AS unit(written, unit, factor)
ORDER BY written
