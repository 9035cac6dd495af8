-- dim_company in the role of a claim's object: the customer, the company depended on or financed. Its columns
-- begin with dst_, so that tools which join by name keep the two roles apart.
SELECT COLUMNS('^(.*)$') AS 'dst_\1' FROM mart.dim_company ORDER BY dst_company_id
