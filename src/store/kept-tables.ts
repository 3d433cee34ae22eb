/**
 * Which tables a backup keeps. Everything that belongs to a customer is kept, so a new table that is named nowhere here
 * would silently be lost: a test compares this with the tables that there are.
 */
import type { Model } from '../model.ts';

/** With a customer_id each. The tables of resources are added. */
const ofCustomers = [
  'id_aliases',
  'integration_credentials',
  'access_positions',
  'walklist_assignments',
  'walklist_leases',
  'held_doors',
  'change_log',
  'read_log',
  'retention_horizons',
  'oauth_clients',
];

/** Of the whole installation. */
const ofHouse = ['signing_keys'];

/** By name, with the reason. */
export const leftOutTables: Readonly<Record<string, string>> = {
  _prisma_migrations: 'the manifest says which there were',
  group_sets: 'stored anew when somebody asks with them',
  group_set_members: 'stored anew when somebody asks with them',
  password_resets: 'letters under way are good for an hour',
  oauth_records: 'sessions and codes end with the server; people sign in anew',
  sign_in_attempts: 'kept for minutes',
  export_jobs: 'their files are on the disk of the server that made them',
};

export interface KeptTable {
  readonly table: string;
  /** Whether its rows belong to customers; the others are in backups of everything only. */
  readonly hasCustomer: boolean;
}

export function keptTables({ resources }: Model): readonly KeptTable[] {
  const declared = resources.flatMap(({ table, rows }) => [table, ...rows.map((each) => each.table)]);
  return [
    ...[...declared, ...ofCustomers].map((table) => ({ table, hasCustomer: true })),
    ...ofHouse.map((table) => ({ table, hasCustomer: false })),
  ];
}
