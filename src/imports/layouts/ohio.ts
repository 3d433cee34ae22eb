/**
 * The columns of the voter file that Ohio's Secretary of State publishes. The state writes January 1st where it knows
 * only the year of birth, so a true New Year's child loses the day here, and keeps the year.
 */
import type { Layout } from '../layout.ts';

export const ohio: Layout = {
  description: "The voter file of Ohio's Secretary of State",
  attributes: {
    '/externalId': 'SOS_VOTERID',
    '/profile/name/anglican/given': 'FIRST_NAME',
    '/profile/name/anglican/middlename': 'MIDDLE_NAME',
    '/profile/name/anglican/surname': 'LAST_NAME',
    '/profile/name/anglican/suffix': 'SUFFIX',
    '/profile/birthdate': { column: 'DATE_OF_BIRTH', yearOnly: ['01-01'] },
    '/address/streetName': 'RESIDENTIAL_ADDRESS1',
    '/household/unitNum': 'RESIDENTIAL_SECONDARY_ADDR',
    '/address/city': 'RESIDENTIAL_CITY',
    '/address/state': 'RESIDENTIAL_STATE',
    '/address/postalCode': { columns: ['RESIDENTIAL_ZIP', 'RESIDENTIAL_ZIP_PLUS4'], joiner: '-' },
    '/address/country': 'RESIDENTIAL_COUNTRY',
    '/fields/party': 'PARTY_AFFILIATION',
    '/fields/voterStatus': 'VOTER_STATUS',
    '/fields/registrationDate': { column: 'REGISTRATION_DATE', as: 'date' },
    '/fields/countyNumber': 'COUNTY_NUMBER',
    '/fields/countyVoterId': 'COUNTY_ID',
    '/fields/precinct': { column: 'PRECINCT_NAME', as: 'capitalise' },
    '/fields/precinctCode': 'PRECINCT_CODE',
    '/fields/ward': { column: 'WARD', as: 'capitalise' },
    '/fields/township': { column: 'TOWNSHIP', as: 'capitalise' },
    '/fields/municipality': { column: 'CITY', as: 'capitalise' },
    '/fields/schoolDistrict': { column: 'CITY_SCHOOL_DISTRICT', as: 'capitalise' },
    '/fields/careerCenter': { column: 'CAREER_CENTER', as: 'capitalise' },
    '/fields/congressionalDistrict': 'CONGRESSIONAL_DISTRICT',
    '/fields/stateRepresentativeDistrict': 'STATE_REPRESENTATIVE_DISTRICT',
    '/fields/stateSenateDistrict': 'STATE_SENATE_DISTRICT',
    '/fields/mailingAddress': {
      columns: ['MAILING_ADDRESS1', 'MAILING_SECONDARY_ADDRESS'],
      joiner: ', ',
      as: 'street',
    },
    '/fields/mailingCity': { column: 'MAILING_CITY', as: 'capitalise' },
    '/fields/mailingState': 'MAILING_STATE',
    '/fields/mailingPostalCode': { columns: ['MAILING_ZIP', 'MAILING_ZIP_PLUS4'], joiner: '-' },
    '/fields/mailingCountry': 'MAILING_COUNTRY',
  },
};
