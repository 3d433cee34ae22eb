/**
 * The 2,000 households of the town and the 5,000 people in them, as the rows' attributes. Each is listed in the order
 * in which one would walk: by neighborhood and street, up the odd side and back down the even one.
 */
import { ageOn } from './calendar.ts';
import { demoIds, makeId } from './demo-ids.ts';
import { makeFamily, type FamilyMember } from './family.ts';
import { makeRandom, type Random } from './random.ts';
import { questionIds } from './survey.ts';
import { makeBuildings, neighborhoods, town, type Building } from './town.ts';
import type { JsonObject } from '../src/json.ts';

export type KnockType = 'normal' | 'high-priority' | 'do-not-knock';

export interface Resident {
  readonly contactId: string;
  readonly contactHouseholdId: string;
  readonly type: KnockType;
  readonly data: JsonObject;
}

export interface Household {
  readonly id: string;
  readonly addressId: string;
  readonly unitNum: string | undefined;
  readonly building: Building;
  /** The security group of the door and of everything that happens at it. */
  readonly group: string;
  readonly residents: readonly Resident[];
}

const contactCount = 5000;
const sizesInHouses = [1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5];
const sizesInFlats = [1, 1, 1, 1, 2, 2, 2, 2, 3];

export function makeHouseholds(today: string): Household[] {
  const random = makeRandom(11);
  const doors = sortForWalking(makeBuildings()).flatMap((building) =>
    (building.units.length === 0 ? [undefined] : building.units).map((unit) => ({ building, unit })),
  );
  const sizes = makeSizes(random, doors);
  let serial = 0;
  return doors.map(({ building, unit }, door) => {
    const address = `${building.number} ${building.street.name}`;
    const label = `millrace/household/${address}${unit === undefined ? '' : ` ${unit}`}`;
    const id = makeId(label);
    const noKnocking = random.chance(0.012);
    const residents = makeFamily(random, sizes[door]!).map((member): Resident => {
      serial += 1;
      const supporter = random.chance(0.11);
      return {
        contactId: makeId(`${label}/${member.given} ${member.surname}`),
        contactHouseholdId: makeId(`${label}/${member.given} ${member.surname}/link`),
        type: noKnocking ? 'do-not-knock' : supporter ? 'high-priority' : 'normal',
        data: { ...makeContactData(random, member, serial, supporter, today), primaryHouseholdId: id },
      };
    });
    return {
      id,
      addressId: makeId(`millrace/address/${address}`),
      unitNum: unit,
      building,
      group: building.neighborhood.eastBank ? demoIds.chapterGroup : demoIds.organizationGroup,
      residents,
    };
  });
}

export function makeAddressData({ number, street, neighborhood, coords }: Building): JsonObject {
  return {
    number: String(number),
    streetName: street.name,
    city: town.name,
    county: town.county,
    neighborhood: neighborhood.name,
    state: town.state,
    postalCode: neighborhood.postalCode,
    country: town.country,
    coords: { ...coords, confidence: 1 },
  };
}

function sortForWalking(buildings: readonly Building[]): Building[] {
  return neighborhoods.flatMap((neighborhood) => {
    const here = buildings.filter((building) => building.neighborhood === neighborhood);
    return [...new Set(here.map(({ street }) => street))].flatMap((street) => {
      const along = here.filter((building) => building.street === street).sort((a, b) => a.number - b.number);
      const odd = along.filter(({ number }) => number % 2 === 1);
      const even = along.filter(({ number }) => number % 2 === 0);
      return [...odd, ...even.reverse()];
    });
  });
}

/** Household sizes that look like a town's and add up to the contacts exactly. */
function makeSizes(random: Random, doors: readonly { readonly unit: string | undefined }[]): number[] {
  const sizes = doors.map(({ unit }) => random.pick(unit === undefined ? sizesInHouses : sizesInFlats));
  let missing = contactCount - sizes.reduce((sum, size) => sum + size, 0);
  while (missing !== 0) {
    const door = random.between(0, doors.length - 1);
    const changed = sizes[door]! + Math.sign(missing);
    if (doors[door]!.unit !== undefined || changed < 1 || changed > 5) continue;
    sizes[door] = changed;
    missing -= Math.sign(missing);
  }
  return sizes;
}

function makeContactData(
  random: Random,
  member: FamilyMember,
  serial: number,
  supporter: boolean,
  today: string,
): JsonObject {
  const { given, surname, gender, birthdate, languages } = member;
  const knowsBirthdate = random.chance(0.97);
  const mailbox = toAscii(`${given}.${surname}${random.chance(0.4) ? random.between(2, 99) : ''}`);
  return {
    profile: {
      name: { anglican: { ...(random.chance(0.01) ? { title: 'Dr.' } : {}), given, surname } },
      emails: random.chance(0.45)
        ? [{ email: `${mailbox}@${random.pick(['example.com', 'example.org', 'example.net'])}`, primary: true }]
        : [],
      phones: random.chance(0.6) ? [makePhone(random)] : [],
      gender,
      languages,
      ...(knowsBirthdate ? { birthdate, age: ageOn(today, birthdate) } : {}),
    },
    // What an earlier canvass left behind; nothing derives these.
    fields: supporter
      ? { [questionIds.support]: random.between(4, 5), [questionIds.help]: [random.pick(['Yard sign', 'Volunteer'])] }
      : random.chance(0.08)
        ? { [questionIds.support]: random.between(1, 3) }
        : {},
    ...(random.chance(0.03) ? { notes: random.pick(remarks) } : {}),
    ...(random.chance(0.92) ? { externalId: `AZ-${String(7_300_000 + serial * 37)}` } : {}),
  };
}

const remarks = [
  'Works nights. Try after four.',
  'Use the side gate; the bell is broken.',
  'Hard of hearing, knock twice.',
  'Prefers to talk in Spanish.',
  'Friendly dog, keep the gate shut.',
  'Asked for large print.',
];

/** 555-0100 to 555-0199 are reserved for fiction in every area code. */
function makePhone(random: Random): JsonObject {
  const area = random.pick(['928', '928', '928', '602', '480']);
  const phoneType = random.pick(['mobile', 'mobile', 'mobile', 'home', 'business']);
  return { phone: `${area}-555-01${String(random.between(0, 99)).padStart(2, '0')}`, phoneType, primary: true };
}

function toAscii(text: string): string {
  const plain = text
    .normalize('NFD')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L');
  return plain.replace(/[^A-Za-z0-9.-]/g, '').toLowerCase();
}
