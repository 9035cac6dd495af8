-- What each organization gets from whom by role, and how concentrated that is: what is known now and not closed.
SELECT * FROM mart.inputs_at(NULL::DATE, DATE '9999-12-31')
