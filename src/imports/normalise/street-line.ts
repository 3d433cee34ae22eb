/**
 * One line of an address taken apart: "421 1/2 6TH ST SE APT 3" is the number, the street and the unit. The number may
 * be a range or carry letters (12B, 123-125, the W123N456 of Wisconsin); "7TH STREET ROAD" has none.
 */
import { normaliseStreet } from './street.ts';
import { normaliseUnit } from './unit.ts';

export interface StreetLine {
  readonly number?: string;
  readonly streetName: string;
  readonly unitNum?: string;
}

const houseNumber = /^(\d+[A-Z]?(?:-(?:\d+[A-Z]?|[A-Z]))?(?: \d\/\d)?|[NSEW]\d+[NSEW]\d+)\s+(?=\S)/i;
const trailingUnit =
  /[\s,]+((?:(?:APT|APARTMENT|UNIT|STE|SUITE|LOT|TRLR|BLDG|FL|RM)\.? ?#? ?|# ?)(?:[A-Z]?-?\d+(?:-?[A-Z\d]+)?|[A-Z]))$/i;

export function splitStreetLine(text: string): StreetLine {
  const unit = trailingUnit.exec(text);
  const line = unit === null ? text : text.slice(0, unit.index);
  const number = houseNumber.exec(line);
  return {
    ...(number === null ? {} : { number: number[1]!.toUpperCase() }),
    streetName: normaliseStreet(number === null ? line : line.slice(number[0].length)),
    ...(unit === null ? {} : { unitNum: normaliseUnit(unit[1]!) }),
  };
}
