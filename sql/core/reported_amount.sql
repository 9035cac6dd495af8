-- What companies report of themselves by tags: revenue, cost of revenue, capital expenditure, for the whole company.
-- Grain: (organization_id, measure, period_from, period_to). Of several filings the first that said so counts, of several tags
-- of one filing the first of this list.
WITH measures AS (
    SELECT * FROM (VALUES
        ('revenue', 1, 'us-gaap:Revenues'),
        ('revenue', 2, 'us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax'),
        ('revenue', 3, 'us-gaap:RevenueFromContractWithCustomerIncludingAssessedTax'),
        ('revenue', 4, 'us-gaap:SalesRevenueNet'),
        ('cost_of_revenue', 1, 'us-gaap:CostOfRevenue'),
        ('cost_of_revenue', 2, 'us-gaap:CostOfGoodsAndServicesSold'),
        ('capital_expenditure', 1, 'us-gaap:PaymentsToAcquirePropertyPlantAndEquipment'),
        ('capital_expenditure', 2, 'us-gaap:PaymentsToAcquireProductiveAssets')
    ) AS m(measure, preference, concept)
),
stated AS (
    SELECT d.filer_id AS organization_id, m.measure, f.period_from, f.period_to, try_cast(f.value AS DOUBLE) AS value,
        f.unit AS currency, f.concept, f.document_id, d.known_from, m.preference, f.start
    FROM doc.fact f
    JOIN measures m ON m.concept = f.concept
    JOIN core.document d ON d.document_id = f.document_id
    WHERE d.filer_id <> '' AND len(f.dimensions) = 0 AND f.period_from IS NOT NULL AND try_cast(f.value AS DOUBLE) IS NOT NULL
)
SELECT * EXCLUDE (preference, start)
FROM stated
QUALIFY row_number() OVER (
    PARTITION BY organization_id, measure, period_from, period_to ORDER BY known_from, document_id, preference, start, value
) = 1
ORDER BY organization_id, measure, period_from, period_to
