/** A question that the campaign's survey does not ask, answered from a voter file: the custom field to filter by. */
export const precinctField = '8061bb62-431f-8a18-8c40-000000000001';
