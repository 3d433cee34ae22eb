/** The code with which people join an organization: ten characters that can be read out over the phone. */
import { randomInt } from 'node:crypto';

/** No 0 and O, 1, I and L. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

export function makeJoinCode(): string {
  return Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('');
}
