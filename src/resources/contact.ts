/** A person behind a door. Nobody is made twice: see `unique`. */
import { document } from '../fields/document.ts';
import { reference } from '../fields/reference.ts';
import { arrayOf, flatValue, objectOf, words } from '../fields/schema.ts';
import { text } from '../fields/text.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { type KeyedName, nameKey } from '../name-key.ts';
import { defineResource } from '../resource.ts';

const email = objectOf({
  email: { type: 'string', maxLength: 254 },
  active: { type: 'boolean', default: true },
  primary: { type: 'boolean', default: false },
});

const phone = objectOf({
  phone: { type: 'string', maxLength: 64 },
  phoneType: words('home', 'mobile', 'business'),
  active: { type: 'boolean', default: true },
  primary: { type: 'boolean', default: false },
});

const anglican = objectOf(
  {
    title: { type: 'string', maxLength: 64 },
    given: { type: 'string', maxLength: 256 },
    middlename: { type: 'string', maxLength: 256 },
    surname: { type: 'string', maxLength: 256 },
    suffix: { type: 'string', maxLength: 64 },
  },
  ['given', 'surname'],
);

const profile = objectOf({
  name: objectOf({ anglican }, ['anglican']),
  emails: arrayOf(email),
  phones: arrayOf(phone),
  gender: words('d', 'f', 'm', 'n', 'o'),
  languages: arrayOf({ type: 'string', pattern: '^[a-z]{2}$' }),
  birthdate: { type: 'string', format: 'date' },
  age: { type: 'number', minimum: 0, maximum: 150 },
});

/** The same name, birthdate and primary household, all three known, are the same person. */
function personKey(data: JsonObject): string | null {
  const { profile, primaryHouseholdId } = data;
  if (!isJsonObject(profile) || !isJsonObject(profile['name']) || typeof primaryHouseholdId !== 'string') return null;
  const { anglican } = profile['name'];
  if (!isJsonObject(anglican) || typeof profile['birthdate'] !== 'string') return null;
  return `${nameKey(anglican as unknown as KeyedName)}|${profile['birthdate']}|${primaryHouseholdId}`;
}

export const contact = defineResource({
  name: 'contact',
  plural: 'contacts',
  route: '/v2/contacts',
  addresses: { bulk: { route: '/v2/contacts/bulk', takes: ['create', 'patch'] } },
  scope: 'group',
  personal: true,
  erasure: { along: [], keeps: [], ends: true },
  description: 'A person behind a door.',
  required: ['profile', 'fields'],
  fields: {
    profile: document(profile, 'Who the person is: name, emails, phones, gender, languages, birthdate, age.', {
      indexed: true,
    }),
    notes: text('What every visitor should know.', { maxLength: 2048 }),
    fields: document(
      { type: 'object', additionalProperties: flatValue },
      'Custom attributes, keyed by question id: a text, number, yes or no, or an array of those.',
      { default: {}, indexed: true },
    ),
    externalId: text('What another system, such as the voter file, calls the person.', { maxLength: 256 }),
    primaryHouseholdId: reference('household', 'Where the person lives.', { inverse: 'residents' }),
  },
  hidden: { personKey: { sqlType: 'text', prismaType: 'String', from: personKey } },
  unique: [
    { within: 'group', of: ['externalId'], onCreate: 'answer', message: 'Another contact has this externalId.' },
    {
      within: 'group',
      of: ['personKey'],
      onCreate: 'answer',
      message: 'Another contact has this name, birthdate and primary household.',
    },
  ],
  indexes: [['externalId']],
  sorts: ['modified'],
  example: {
    profile: {
      name: { anglican: { title: 'Ms', given: 'Inés', surname: 'Okonkwo' } },
      emails: [{ email: 'ines@example.org', active: true, primary: true }],
      phones: [{ phone: '+1 555 0100', phoneType: 'mobile', active: true, primary: true }],
      gender: 'f',
      languages: ['en', 'es'],
      birthdate: '1961-04-23',
      age: 65,
    },
    notes: 'Rings twice.',
    fields: { party: 'N' },
    externalId: 'voter-000017',
  },
});
