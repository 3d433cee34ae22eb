/**
 * Every setting of the server, declared once, and the only reader of process.env. `serve --help` prints this list.
 *
 * A newcomer's mistake would be to stop at the first fault: somebody who starts a server wants to hear all of them.
 * Values of secrets never appear in a fault, because faults end up in logs.
 */
import { choice, integer, isRefusal, type Refusal, type Setting, setting, text } from './setting.ts';

const mebibyte = 1_048_576;

export const settings = {
  port: integer('PORT', 'The port to listen on; 0 takes any free one.', 4000, { from: 0, to: 65_535 }),
  host: text('HOST', 'The address to listen on. Use 0.0.0.0 to be reachable from other machines.', '127.0.0.1'),
  databaseUrl: setting<string | null>({
    name: 'DATABASE_URL',
    description: 'A PostgreSQL server of your own: postgres://user:password@host:port/database.',
    shown: 'none: an embedded PostgreSQL in DATA_DIR',
    fallback: null,
    parse: parseDatabaseUrl,
  }),
  dataDir: text('DATA_DIR', 'Where the embedded database and the secret live.', '.doorstep'),
  jwtSecret: setting<string | null>({
    name: 'JWT_SECRET',
    description: 'Signs the bearer tokens; 32 bytes or more.',
    shown: 'none: made on the first start and kept in DATA_DIR/secret',
    fallback: null,
    // RFC 7518 §3.2: a key for HS256 is at least as long as the hash.
    parse: (value) => (Buffer.byteLength(value) >= 32 ? value : { expected: 'at least 32 bytes', hidden: true }),
  }),
  smtpUrl: setting<string | null>({
    name: 'SMTP_URL',
    description: 'The server that letters are sent through: smtp://user:password@host:587, or smtps://.',
    shown: 'none: letters go to the log, with LOG_LEVEL=debug their text too',
    fallback: null,
    parse: (value) => (isSmtpUrl(value) ? value : { expected: 'a URL such as smtp://host:587', hidden: true }),
  }),
  mailFrom: text('MAIL_FROM', 'Whom letters come from.', 'Doorstep <doorstep@localhost>'),
  passwordResetPage: setting<string | null>({
    name: 'PASSWORD_RESET_PAGE',
    description: 'Where an app asks for a new password, with {token} where the token of the letter goes.',
    shown: 'none: letters hold a code',
    fallback: null,
    parse: (value) => {
      const isPage = URL.canParse(value) && value.includes('{token}');
      return isPage ? value : { expected: 'an address such as https://app.example/new-password#{token}' };
    },
  }),
  publicUrl: setting<string | null>({
    name: 'PUBLIC_URL',
    description: 'Where browsers and apps reach this server: an origin such as https://data.example.',
    shown: 'none: http://127.0.0.1 with PORT',
    fallback: null,
    parse: parsePublicUrl,
  }),
  accessTokenMinutes: integer(
    'ACCESS_TOKEN_MINUTES',
    'How long an access token is good for before its app has to refresh it.',
    60,
    { from: 1, to: 1_440 },
  ),
  oidcIssuer: setting<string | null>({
    name: 'OIDC_ISSUER',
    description: 'An outside issuer whose tokens are accepted too, exactly as it calls itself in "iss".',
    shown: 'none',
    fallback: null,
    parse: (value) =>
      isHttpUrl(value) && !/[?#]/.test(value) ? value : { expected: 'a URL such as https://login.example' },
  }),
  oidcAudience: text('OIDC_AUDIENCE', 'What the "aud" of tokens of the outside issuer has to name.', 'doorstep'),
  logLevel: choice('LOG_LEVEL', 'The least severe lines that are logged.', 'info', [
    'fatal',
    'error',
    'warn',
    'info',
    'debug',
    'trace',
    'silent',
  ]),
  logFormat: choice('LOG_FORMAT', 'JSON lines, text for people, or auto: text on a terminal.', 'auto', [
    'auto',
    'json',
    'text',
  ]),
  shortWay: choice('SHORT_WAY', 'Whether operations that were validated before pass by Apollo.', 'on', ['on', 'off']),
  introspection: choice('INTROSPECTION', 'Whether GraphQL tells its schema to people with a token.', 'on', [
    'on',
    'off',
  ]),
  trustedDocuments: choice(
    'TRUSTED_DOCUMENTS',
    'Which GraphQL operations are answered: any, or only those in graphql/operations.',
    'any',
    ['any', 'only'],
  ),
  costLimit: integer(
    'COST_LIMIT',
    'The largest cost of one GraphQL operation, in rows that it could touch.',
    1_000_000,
    {
      from: 1,
      to: 1_000_000_000,
    },
  ),
  poolSize: integer(
    'POOL_SIZE',
    'Connections for writes and planned reads, and as many for reads whose plan is kept.',
    10,
    { from: 1, to: 1_000 },
  ),
  streams: integer('STREAMS', 'How many streamed answers may run at once.', 4, { from: 1, to: 1_000 }),
  drainTimeoutMs: integer(
    'DRAIN_TIMEOUT_MS',
    'The longest that a client may take to read each 64 KiB of a streamed answer.',
    30_000,
    { from: 100, to: 3_600_000 },
  ),
  statementTimeoutMs: integer('STATEMENT_TIMEOUT_MS', 'The longest that one statement may take.', 15_000, {
    from: 1,
    to: 3_600_000,
  }),
  requestTimeoutMs: integer('REQUEST_TIMEOUT_MS', 'The longest that a client may take to send a request.', 120_000, {
    from: 100,
    to: 3_600_000,
  }),
  bodyLimit: integer('BODY_LIMIT', 'The largest body, in bytes.', mebibyte, { from: 1, to: 1_024 * mebibyte }),
  bulkBodyLimit: integer('BULK_BODY_LIMIT', 'The largest body of a bulk route, in bytes.', 16 * mebibyte, {
    from: 1,
    to: 1_024 * mebibyte,
  }),
  trustProxy: setting<boolean | readonly string[]>({
    name: 'TRUST_PROXY',
    description: 'Whose X-Forwarded-* headers to believe: true, false, or addresses and networks with commas between.',
    shown: 'false',
    fallback: false,
    parse: parseTrustProxy,
  }),
  rateLimit: integer(
    'RATE_LIMIT',
    'Requests a minute of each caller, and of each address that shows no known token; 0 is no limit.',
    1_200,
    { from: 0, to: 1_000_000 },
  ),
  bulkReadRows: integer(
    'BULK_READ_ROWS',
    'From how many rows of personal data on an answer is recorded in the read log.',
    500,
    { from: 1, to: 1_000_000_000 },
  ),
  corsOrigins: setting<'*' | readonly string[]>({
    name: 'CORS_ORIGINS',
    description: "Whose pages may call from a browser: * for anybody's, or origins with commas between.",
    shown: "none: no other site's",
    fallback: [],
    parse: parseOrigins,
  }),
  compression: choice('COMPRESSION', 'Whether answers are compressed for clients that accept it.', 'on', ['on', 'off']),
  exportDir: setting<string | null>({
    name: 'EXPORT_DIR',
    description: 'Where the files of exports are kept; several processes need to share it.',
    shown: 'none: DATA_DIR/exports',
    fallback: null,
    parse: (value) => value,
  }),
  exportPartRows: integer('EXPORT_PART_ROWS', 'How many rows one file of an export holds at most.', 1_000_000, {
    from: 1,
    to: 1_000_000_000,
  }),
  exportHours: integer('EXPORT_HOURS', 'How many hours the files and the manifest of an export are kept.', 72, {
    from: 1,
    to: 8_760,
  }),
  shutdownGraceMs: integer('SHUTDOWN_GRACE_MS', 'How long requests in flight may take to finish.', 10_000, {
    from: 0,
    to: 3_600_000,
  }),
} as const;

export type Config = { readonly [K in keyof typeof settings]: (typeof settings)[K]['fallback'] };

/** A start with bad settings: one line for each fault. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/** Settings that are not there, or empty (`PORT= npm start`), take their defaults. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const values = Object.entries<Setting<unknown>>(settings).map(([key, { name, fallback, parse }]) => {
    const given = env[name]?.trim() ?? '';
    if (given === '') return [key, fallback];
    const value = parse(given);
    if (!isRefusal(value)) return [key, value];
    faults.push(`${name}: expected ${value.expected}${value.hidden ? '' : `, got ${JSON.stringify(given)}`}`);
    return [key, fallback];
  });
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.fromEntries(values) as Config;
}

export function readConfig(): Config {
  return parseConfig(process.env);
}

function isSmtpUrl(value: string): boolean {
  return URL.canParse(value) && ['smtp:', 'smtps:'].includes(new URL(value).protocol);
}

function parseDatabaseUrl(value: string): string | Refusal {
  const expected = 'a URL such as postgres://user:password@host:5432/database';
  if (!URL.canParse(value)) return { expected, hidden: true };
  const url = new URL(value);
  const named = ['postgres:', 'postgresql:'].includes(url.protocol) && url.pathname.length > 1;
  return named ? value : { expected, hidden: true };
}

function parseTrustProxy(value: string): boolean | readonly string[] | Refusal {
  if (value === 'true' || value === 'false') return value === 'true';
  const addresses = value.split(',').map((one) => one.trim());
  const valid = addresses.every((one) => /^[0-9a-f.:]+(\/\d{1,3})?$/i.test(one));
  return valid ? addresses : { expected: 'true, false, or IP addresses and networks with commas between' };
}

/** Origins as browsers send them, which are compared letter by letter; apps in a shell have schemes of their own. */
function parseOrigins(value: string): '*' | readonly string[] | Refusal {
  if (value === '*') return '*';
  const origins = value.split(',').map((one) => one.trim());
  const isOrigin = (one: string): boolean =>
    /^https?:/.test(one)
      ? URL.canParse(one) && new URL(one).origin === one
      : /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@]+$/.test(one);
  const expected = 'origins such as https://app.example with commas between and no slash at the end, or *';
  return origins.every(isOrigin) ? origins : { expected };
}

function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol);
}

/** The origin alone; a slash at its end is forgiven. */
function parsePublicUrl(value: string): string | Refusal {
  const origin = isHttpUrl(value) ? new URL(value).origin : null;
  return origin !== null && [origin, `${origin}/`].includes(value)
    ? origin
    : { expected: 'an origin such as https://data.example' };
}
