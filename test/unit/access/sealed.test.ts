import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSeal } from '../../../src/access/sealed.ts';

const secret = 'a secret of the installation, which is long enough';
const box = makeSeal({ secret, purpose: 'tests' });

test('what was sealed opens for what it belongs to, and no two of one text are alike', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, owner) => {
      const [one, other] = [box.seal(text, owner), box.seal(text, owner)];
      expect(one.equals(other)).toBe(false);
      expect(box.open(one, owner)).toBe(Buffer.from(text, 'utf8').toString('utf8'));
    }),
  );
});

test('it opens for nothing else, under no other secret or purpose, and not after a change of any byte', () => {
  const sealed = box.seal('sesame', 'row 1');
  expect(() => box.open(sealed, 'row 2')).toThrow();
  expect(() => makeSeal({ secret: `${secret}!`, purpose: 'tests' }).open(sealed, 'row 1')).toThrow();
  expect(() => makeSeal({ secret, purpose: 'others' }).open(sealed, 'row 1')).toThrow();
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Buffer.from(sealed);
    changed[index]! ^= 1;
    expect(() => box.open(changed, 'row 1')).toThrow();
  }
  expect(() => box.open(sealed.subarray(0, 12), 'row 1')).toThrow();
});
