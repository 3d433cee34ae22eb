/** One question to DuckDB, in a process of its own: the SQL is its argument, the row its output, as JSON of texts. */
import { DuckDBInstance } from '@duckdb/node-api';

const connection = await (await DuckDBInstance.create(':memory:')).connect();
const reader = await connection.runAndReadAll(process.argv[2]!);
const [row = {}] = reader.getRowObjects();
process.stdout.write(
  JSON.stringify(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)]))),
);
