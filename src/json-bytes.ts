/** JSON text that stays bytes: what PostgreSQL wrote in UTF-8 goes out as it came, and is a string for nobody. */

/** The bytes between two texts, which are ASCII. */
export function surround(before: string, bytes: Buffer, after: string): Buffer {
  const whole = Buffer.allocUnsafe(before.length + bytes.length + after.length);
  whole.write(before, 0, 'latin1');
  bytes.copy(whole, before.length);
  whole.write(after, before.length + bytes.length, 'latin1');
  return whole;
}
