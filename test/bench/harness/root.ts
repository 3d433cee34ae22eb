/** The folder of the checkout. run.js goes there first: compiled files lie too deep to count folders from. */
export const root = process.cwd();
