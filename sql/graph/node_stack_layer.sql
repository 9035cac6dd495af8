-- The five layers.
SELECT 'StackLayer' AS _label, code AS id, name, rank FROM mart.dim_layer ORDER BY id
