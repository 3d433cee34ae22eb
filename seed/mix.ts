/** Chance for one row without those before it: 32 well-stirred bits of an index, another set for each purpose. */
export function mix(index: number, purpose: number): number {
  let bits = (Math.imul(index, 0x9e3779b1) ^ Math.imul(purpose, 0x85ebca6b)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}
