/** The forms that an export can have. */
import type { CopyFormat } from '../read/copy-question.ts';

export interface Format {
  readonly name: CopyFormat;
  /** RFC 7111 for CSV; the name that newline-delimited JSON goes by; IANA's for Apache Parquet. */
  readonly mediaType: string;
  readonly extension: string;
  readonly description: string;
}

export const formats: readonly Format[] = [
  {
    name: 'csv',
    mediaType: 'text/csv; charset=utf-8; header=present',
    extension: 'csv',
    description: 'RFC 4180 in UTF-8, with a first row of names. What is not set is an empty cell; an empty text is "".',
  },
  {
    name: 'ndjson',
    mediaType: 'application/x-ndjson; charset=utf-8',
    extension: 'ndjson',
    description: 'One JSON object a line, with every column in each; null is what is not set.',
  },
  {
    name: 'parquet',
    mediaType: 'application/vnd.apache.parquet',
    extension: 'parquet',
    description: 'Apache Parquet: typed columns in compressed row groups.',
  },
];
