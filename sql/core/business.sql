-- Nouns by which a text says what a company does, and the kind of business that each means. Grain: noun.
-- Two companies of one name in different kinds of business are not the same. `outside`: no company of this market does it, so
-- that a registered name that is described so means somebody else.
SELECT noun, business, business IN ('education', 'food', 'health', 'hospitality', 'law', 'transport') AS outside
FROM (VALUES
    ('airline', 'transport'), ('carrier', 'telecom'), ('railway', 'transport'), ('shipping company', 'transport'), ('trucking company', 'transport'),
    ('automaker', 'vehicles'), ('carmaker', 'vehicles'), ('bank', 'finance'), ('lender', 'finance'), ('insurer', 'finance'),
    ('asset manager', 'finance'), ('hedge fund', 'finance'), ('fund', 'finance'), ('private equity firm', 'finance'), ('venture firm', 'finance'),
    ('broker', 'finance'), ('chipmaker', 'chips'), ('chip maker', 'chips'), ('chip designer', 'chips'), ('chip startup', 'chips'),
    ('foundry', 'chips'), ('semiconductor company', 'chips'), ('cloud provider', 'cloud'), ('cloud company', 'cloud'), ('neocloud', 'cloud'),
    ('hyperscaler', 'cloud'), ('data center operator', 'facilities'), ('data center developer', 'facilities'), ('utility', 'power'),
    ('power producer', 'power'), ('power company', 'power'), ('gas producer', 'power'), ('solar developer', 'power'), ('oil company', 'power'),
    ('retailer', 'retail'), ('supermarket', 'retail'), ('restaurant chain', 'retail'), ('hotel operator', 'hospitality'), ('hospitality company', 'hospitality'),
    ('law firm', 'law'), ('consultancy', 'consulting'), ('consulting firm', 'consulting'), ('university', 'education'), ('school', 'education'),
    ('hospital', 'health'), ('health insurer', 'health'), ('drug maker', 'health'), ('drugmaker', 'health'), ('biotech', 'health'), ('health company', 'health'),
    ('software company', 'software'), ('software maker', 'software'), ('software firm', 'software'), ('database company', 'software'), ('model lab', 'models'),
    ('AI lab', 'models'), ('robot maker', 'robots'), ('robotics company', 'robots'), ('miner', 'mining'), ('mining company', 'mining'),
    ('brewer', 'food'), ('food company', 'food'), ('film studio', 'media'), ('publisher', 'media'), ('newspaper', 'media'), ('game studio', 'media'),
    ('contractor', 'building'), ('builder', 'building'), ('construction company', 'building'), ('landlord', 'property'),
    ('telecom operator', 'telecom'), ('network operator', 'telecom'), ('laser maker', 'optics'), ('optics company', 'optics'), ('optics maker', 'optics'),
    ('server maker', 'systems'), ('cooling company', 'cooling'), ('cooling maker', 'cooling'), ('turbine maker', 'equipment'), ('toolmaker', 'equipment')
) AS t (noun, business)
ORDER BY noun
