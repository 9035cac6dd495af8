-- In which layers all claims known so far show a company: those that it entered first, nearest ones before others, in the order of days.
SELECT * FROM mart.layer_entries_at(NULL, DATE '9999-12-31', 'chips=compute|cloud_compute=compute|software=orchestration')
ORDER BY entered DESC, steps, first_known, company, layer, how, "by", claim_ids[1]
