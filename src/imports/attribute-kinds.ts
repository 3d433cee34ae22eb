/**
 * What a layout may fill, and how each is read unless the layout says otherwise with "as". The pointers are those of a
 * contact's and an address's data; `/fields/<name>` takes anything a campaign wants to keep beside them.
 */
export const kinds = [
  'text',
  'name',
  'surname',
  'fullName',
  'suffix',
  'title',
  'capitalise',
  'street',
  'unit',
  'state',
  'postalCode',
  'country',
  'date',
  'birthDate',
  'gender',
  'phone',
  'email',
  'languages',
  'number',
  'integer',
  'boolean',
  'list',
] as const;
export type Kind = (typeof kinds)[number];

/** The kinds a custom field may be read as; the others make the parts of a person or an address. */
export const fieldKinds: readonly Kind[] = [
  'text',
  'name',
  'capitalise',
  'street',
  'date',
  'phone',
  'number',
  'integer',
  'boolean',
  'list',
];

const person = '/profile/name/anglican';

export const attributeKinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['/externalId', 'text'],
  ['/notes', 'text'],
  ['/profile/name', 'fullName'],
  [`${person}/title`, 'title'],
  [`${person}/given`, 'name'],
  [`${person}/middlename`, 'name'],
  [`${person}/surname`, 'surname'],
  [`${person}/suffix`, 'suffix'],
  ['/profile/birthdate', 'birthDate'],
  ['/profile/age', 'integer'],
  ['/profile/gender', 'gender'],
  ['/profile/languages', 'languages'],
  ['/profile/emails', 'email'],
  ['/profile/phones/home', 'phone'],
  ['/profile/phones/mobile', 'phone'],
  ['/profile/phones/business', 'phone'],
  ['/household/externalId', 'text'],
  ['/household/unitNum', 'unit'],
  ['/address/number', 'text'],
  ['/address/streetName', 'street'],
  ['/address/city', 'capitalise'],
  ['/address/county', 'capitalise'],
  ['/address/neighborhood', 'capitalise'],
  ['/address/state', 'state'],
  ['/address/postalCode', 'postalCode'],
  ['/address/country', 'country'],
  ['/address/coords/lat', 'number'],
  ['/address/coords/lng', 'number'],
]);

export const fieldPointer = /^\/fields\/([A-Za-z0-9][A-Za-z0-9_-]{0,63})$/;

export function kindOf(pointer: string): Kind {
  return attributeKinds.get(pointer) ?? 'text';
}

/** What "as" may say for an attribute: words may be given other capitals or left alone, the rest is what it is. */
export function allowedKinds(pointer: string): readonly Kind[] {
  const kind = kindOf(pointer);
  const words: readonly Kind[] = ['text', 'name', 'capitalise', 'street'];
  return [...words, 'surname', 'suffix', 'title', 'unit'].includes(kind) ? [...new Set([kind, ...words])] : [kind];
}
