-- The closed list of bottlenecks, and others that facts name.
SELECT 'Bottleneck' AS _label, d.code AS id, d.name, b.meaning
FROM mart.dim_bottleneck d
LEFT JOIN core.bottleneck b ON b.code = d.code
WHERE d.is_listed OR EXISTS (SELECT 1 FROM mart.fct_claim c WHERE c.tier = 'fact' AND c.object_id = d.code)
ORDER BY id
