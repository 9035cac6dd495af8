-- dim_company in the role of a claim's subject: the supplier, dependent, investor or operator. Its columns
-- begin with src_, so that tools which join by name keep the two roles apart.
SELECT COLUMNS('^(.*)$') AS 'src_\1' FROM mart.dim_company ORDER BY src_company_id
