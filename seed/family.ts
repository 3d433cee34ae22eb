/**
 * Who lives behind a door: singles, couples, parents with grown children, three generations, flatmates. Everybody is a
 * voter, so nobody is younger than eighteen on `censusYear`'s last day; birthdates are fixed, and ages follow from them.
 */
import { origins, type Origin } from './names.ts';
import type { Random } from './random.ts';

export interface FamilyMember {
  readonly given: string;
  readonly surname: string;
  readonly gender: 'd' | 'f' | 'm' | 'n';
  readonly birthdate: string;
  readonly languages: readonly string[];
}

const censusYear = 2024;
const originByWeight = origins.flatMap((origin) => Array.from({ length: origin.weight }, () => origin));

export function makeFamily(random: Random, size: number): FamilyMember[] {
  const members: FamilyMember[] = [];
  const add = (origin: Origin, surname: string, age: number, sex: 'f' | 'm'): void => {
    const given = pickGiven(random, sex === 'f' ? origin.female : origin.male, members);
    const birthdate = `${censusYear - age}-${pad(random.between(1, 12))}-${pad(random.between(1, 28))}`;
    const gender = random.chance(0.015) ? 'n' : random.chance(0.02) ? 'd' : sex;
    // The generation that grew up here speaks English first, whatever its grandparents speak.
    const languages = age < 30 && origin.languages.length > 1 ? [...origin.languages].reverse() : origin.languages;
    members.push({ given, surname, gender, birthdate, languages });
  };
  const origin = random.pick(originByWeight);
  const surname = random.pick(origin.surnames);
  const sex = random.chance(0.5) ? 'f' : 'm';

  if (size === 1) {
    add(origin, surname, random.between(22, 91), sex);
    return members;
  }
  if (size <= 3 && random.chance(0.15)) {
    for (let flatmate = 0; flatmate < size; flatmate++) {
      const from = random.pick(originByWeight);
      add(from, random.pick(from.surnames), random.between(19, 37), random.chance(0.5) ? 'f' : 'm');
    }
    return members;
  }
  const grandparents = size >= 4 && random.chance(0.4) ? 1 : 0;
  const children = size - 2 - grandparents;
  const age = children > 0 ? random.between(43, 64) : random.between(24, 84);
  add(origin, surname, age, sex);
  const mixed = random.chance(0.2) ? random.pick(originByWeight) : origin;
  const keepsName = mixed !== origin || random.chance(0.2);
  const partnerSex = random.chance(0.93) ? (sex === 'f' ? 'm' : 'f') : sex;
  const partnerAge = Math.max(children > 0 ? 40 : 21, age + random.between(-6, 6));
  add(mixed, keepsName ? random.pick(mixed.surnames) : surname, partnerAge, partnerSex);
  for (let child = 0; child < children; child++) {
    const oldest = Math.min(age, partnerAge) - 20;
    add(origin, surname, random.between(18, Math.min(34, oldest)), random.chance(0.5) ? 'f' : 'm');
  }
  if (grandparents === 1)
    add(origin, surname, Math.min(96, age + random.between(20, 31)), random.chance(0.7) ? 'f' : 'm');
  return members;
}

/** Two people in one household never share a given name: the server would take them for one person. */
function pickGiven(random: Random, names: readonly string[], members: readonly FamilyMember[]): string {
  return random.pick(names.filter((name) => members.every((member) => member.given !== name)));
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
