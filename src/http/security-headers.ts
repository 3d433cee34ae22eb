/**
 * What every answer tells browsers: to take it for what its type says, and, once this server is reached over https, never
 * to try without (RFC 6797). What a page may load and who may frame it is said by who makes the page.
 */
import type { Config } from '../config.ts';

const yearSeconds = 31_536_000;

export function makeSecurityHeaders({ publicUrl }: Pick<Config, 'publicUrl'>): Readonly<Record<string, string>> {
  const isSecure = publicUrl?.startsWith('https:') === true;
  return {
    'x-content-type-options': 'nosniff',
    ...(isSecure ? { 'strict-transport-security': `max-age=${yearSeconds}` } : {}),
  };
}
