// Reads {schema, queries: [{name, text}]} from stdin, writes what Neo4j's own grammar says against each query: {name: [message]}.
const { lintCypherQuery, testData } = require('@neo4j-cypher/language-support');

const { schema, queries } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
// Neo4j's own functions and procedures; libraries that a server may lack are not among them.
const plain = (byDialect) =>
  Object.fromEntries(
    Object.entries(byDialect).map(([dialect, named]) => [
      dialect,
      Object.fromEntries(Object.entries(named).filter(([name]) => !/^(apoc|gds|genai)\./.test(name))),
    ]),
  );
const functions = plain(testData.mockSchema.functions);
const procedures = plain(testData.mockSchema.procedures);
const found = {};
for (const { name, text, parameters } of queries) {
  const known = Object.fromEntries(parameters.map((parameter) => [parameter, 1]));
  // Neo4j 5 speaks this dialect, and later servers take it as their default.
  const { diagnostics } = lintCypherQuery(text, { ...schema, functions, procedures, parameters: known, defaultLanguage: 'CYPHER 5' });
  found[name] = diagnostics.map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
}
process.stdout.write(JSON.stringify(found));
