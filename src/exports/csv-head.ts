/** The first row of a CSV file: the names of its columns (RFC 4180 §2.3), behind a byte order mark where one is wanted. */
export interface CsvHeadOptions {
  /** Without it some spreadsheets read UTF-8 as if it were something else. */
  readonly bom: boolean;
  readonly defused: boolean;
}

export function makeCsvHead(names: readonly string[], { bom, defused }: CsvHeadOptions): string {
  const cells = names.map((name) => {
    // Questions are named by people too.
    const safe = defused && /^[=+@\t\r\n＝＋－＠-]/.test(name) ? `'${name}` : name;
    return /[",\r\n]/.test(safe) || safe === '' ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${bom ? '\uFEFF' : ''}${cells.join(',')}\r\n`;
}
