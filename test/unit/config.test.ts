import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig, settings } from '../../src/config.ts';

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

describe('config', () => {
  it('needs no setting at all', () => {
    expect(parseConfig({})).toMatchObject({ port: 4000, host: '127.0.0.1', databaseUrl: null, dataDir: '.doorstep' });
  });

  it('takes an empty setting as one that is not there', () => {
    expect(parseConfig({ PORT: '', HOST: '  ' })).toEqual(parseConfig({}));
  });

  it('reads every kind of setting', () => {
    const config = parseConfig({
      PORT: '0',
      DATABASE_URL: 'postgres://me:secret@db:5432/doorstep',
      LOG_LEVEL: 'debug',
      TRUST_PROXY: '10.0.0.0/8, ::1',
      JWT_SECRET: 'x'.repeat(32),
    });
    expect(config).toMatchObject({
      port: 0,
      databaseUrl: 'postgres://me:secret@db:5432/doorstep',
      logLevel: 'debug',
      trustProxy: ['10.0.0.0/8', '::1'],
      jwtSecret: 'x'.repeat(32),
    });
  });

  it('takes origins as browsers send them, and apps in a shell', () => {
    expect(parseConfig({ CORS_ORIGINS: '*' }).corsOrigins).toBe('*');
    const origins = ['https://field.example', 'http://localhost:5173', 'capacitor://localhost'];
    expect(parseConfig({ CORS_ORIGINS: origins.join(', ') }).corsOrigins).toEqual(origins);
  });

  it.each(['https://field.example/', 'https://Field.example', 'https://field.example:443', 'field.example', 'null'])(
    'refuses %s as an origin',
    (origin) => {
      expect(faultsOf({ CORS_ORIGINS: `https://other.example,${origin}` })).toHaveLength(1);
    },
  );

  it('names every fault of a bad start, not the first', () => {
    expect(faultsOf({ PORT: '65536', LOG_LEVEL: 'loud', STREAMS: '1.5', TRUST_PROXY: 'my-proxy' })).toEqual([
      'PORT: expected a whole number from 0 to 65535, got "65536"',
      'LOG_LEVEL: expected one of fatal, error, warn, info, debug, trace, silent, got "loud"',
      'STREAMS: expected a whole number from 1 to 1000, got "1.5"',
      'TRUST_PROXY: expected true, false, or IP addresses and networks with commas between, got "my-proxy"',
    ]);
  });

  it.each([
    ['DATABASE_URL', 'mysql://root:hunter2@db/doorstep'],
    ['DATABASE_URL', 'hunter2'],
    ['DATABASE_URL', 'postgres://me:hunter2@db'],
    ['JWT_SECRET', 'hunter2'],
  ])('does not repeat a secret in a fault of %s', (name, value) => {
    const faults = faultsOf({ [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name}: expected `));
    expect(faults[0]).not.toContain('hunter2');
  });

  it('describes every setting for the help, under a name of its own', () => {
    const declared = Object.values(settings);
    expect(new Set(declared.map(({ name }) => name)).size).toBe(declared.length);
    for (const { name, description, shown } of declared) {
      expect(name).toMatch(/^[A-Z][A-Z_]+$/);
      expect(description).toMatch(/\.$/);
      expect(shown).not.toBe('');
    }
  });
});
