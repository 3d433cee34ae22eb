/** A name is written once, in camelCase, in its declaration; the other spellings follow from it here. */

/** contactHousehold → contact_household */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** contact-household → contactHousehold */
export function camelCase(name: string): string {
  return name.replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** contactHousehold → ContactHousehold */
export function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** contactHousehold → contact-household */
export function kebabCase(name: string): string {
  return snakeCase(name).replaceAll('_', '-');
}

/** interaction → an interaction */
export function withArticle(name: string): string {
  return `${/^[aeio]/i.test(name) ? 'an' : 'a'} ${name}`;
}
