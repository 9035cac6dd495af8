-- What a unit of work, a watt or a whole system costs, as claims say, at any time and as known now. Grain: claim_id.
SELECT * FROM mart.unit_costs_at(NULL::DATE, DATE '9999-12-31')
