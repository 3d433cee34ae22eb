/**
 * The person of a row. The age is written down as of the day of the import, because canvassers are shown it; from a year
 * alone it is the age reached this year, and the birth date stays open.
 */
import type { DoorProfile, PhoneType } from './door.ts';
import { parseBirthDate } from './normalise/birth-date.ts';
import { ageAt } from './normalise/calendar-date.ts';
import { type PersonName, splitFullName, splitSurname } from './normalise/person-name.ts';
import type { RowReader } from './row-reader.ts';

const phoneTypes: readonly PhoneType[] = ['mobile', 'home', 'business'];

export interface MadeProfile {
  readonly profile: DoorProfile | null;
  readonly birthYear: number | undefined;
}

export function makeProfile(row: RowReader, today: string): MadeProfile {
  const name = readName(row);
  const { birthdate, birthYear, age: ageByBirth } = readBirth(row, today);
  const age = row.find('/profile/age') ?? ageByBirth;
  const gender = row.findText('/profile/gender');
  const languages = row.find('/profile/languages');
  const emails = row.findEach('/profile/emails').map((email, index) => ({ email, active: true, primary: index === 0 }));
  const phones = phoneTypes
    .flatMap((phoneType) => row.findEach(`/profile/phones/${phoneType}`).map((phone) => ({ phone, phoneType })))
    .map((phone, index) => ({ ...phone, active: true, primary: index === 0 }));
  if (name === null) return { profile: null, birthYear };
  const profile = {
    name: { anglican: name },
    ...(emails.length === 0 ? {} : { emails }),
    ...(phones.length === 0 ? {} : { phones }),
    ...(gender === undefined ? {} : { gender }),
    ...(Array.isArray(languages) ? { languages: languages.map(String) } : {}),
    ...(birthdate === undefined ? {} : { birthdate }),
    ...(typeof age === 'number' ? { age } : {}),
  };
  return { profile, birthYear };
}

function readName(row: RowReader): DoorProfile['name']['anglican'] | null {
  const whole = '/profile/name';
  const parts: PersonName = row.has(whole) ? splitFullName(row.raw(whole)) : readParts(row);
  const [givenPlace, surnamePlace] = row.has(whole)
    ? [whole, whole]
    : [`${whole}/anglican/given`, `${whole}/anglican/surname`];
  const { given = '', surname = '' } = parts;
  const complain = (place: string, part: string) =>
    row.complain(
      place,
      row.raw(place) === '' ? `is empty; a contact needs a ${part}` : `has no ${part}: "${row.raw(place)}"`,
    );
  if (given === '') complain(givenPlace, 'given name');
  if (surname === '' && (given !== '' || surnamePlace !== givenPlace)) complain(surnamePlace, 'surname');
  return given === '' || surname === '' ? null : { ...parts, given, surname };
}

function readParts(row: RowReader): PersonName {
  const at = '/profile/name/anglican';
  const surnameText = row.raw(`${at}/surname`);
  const asIs = row.rule(`${at}/surname`).as !== undefined;
  const surname = asIs ? { surname: row.findText(`${at}/surname`) } : splitSurname(surnameText);
  const parts = {
    title: row.findText(`${at}/title`),
    given: row.findText(`${at}/given`),
    middlename: row.findText(`${at}/middlename`),
    ...surname,
  };
  const suffix = row.findText(`${at}/suffix`);
  const all = { ...parts, ...(suffix === undefined ? {} : { suffix }) };
  return Object.fromEntries(Object.entries(all).filter(([, part]) => part !== undefined));
}

function readBirth(row: RowReader, today: string) {
  const text = row.raw('/profile/birthdate');
  const date =
    text === ''
      ? undefined
      : row.accept('/profile/birthdate', parseBirthDate(text, row.rule('/profile/birthdate'), today));
  if (date === undefined) return {};
  if ('day' in date) return { birthdate: date.day, age: ageAt(date.day, today) };
  return { birthYear: date.year, age: Number(today.slice(0, 4)) - date.year };
}
