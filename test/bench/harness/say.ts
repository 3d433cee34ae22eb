/** Lines for the person who waits go to standard error, so that the table on standard output can be kept. */
export function remark(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
