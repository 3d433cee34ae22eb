/**
 * Letters to people: over SMTP when the installation has a server for that, otherwise into the log, where a developer
 * finds them. The text of a letter may let somebody in, so the log shows it at the level debug only, and only while no
 * SMTP server is set.
 */
import { createTransport } from 'nodemailer';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';

export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  /** Resolves when the letter is in the hands of the other server. */
  send(letter: Letter): Promise<void>;
  close(): void;
}

/** A server that does not answer is given up after this; nobody waits for it meanwhile. */
const patienceMs = 20_000;

export function makeMailer({
  config: { smtpUrl, mailFrom },
  log,
}: {
  readonly config: Pick<Config, 'smtpUrl' | 'mailFrom'>;
  readonly log: Log;
}): Mailer {
  if (smtpUrl === null) return makeLoggingMailer(log);
  const timeouts = { connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs };
  const transport = createTransport({ url: smtpUrl, ...timeouts });
  return {
    async send(letter) {
      // An address that somebody chose is one address, whatever it looks like in a header.
      const to = { name: '', address: letter.to };
      await transport.sendMail({ ...letter, to, from: mailFrom, disableFileAccess: true, disableUrlAccess: true });
    },
    close: () => transport.close(),
  };
}

function makeLoggingMailer(log: Log): Mailer {
  return {
    send({ subject, text }) {
      log.info({ subject }, 'a letter was written and not sent: SMTP_URL is not set');
      log.debug({ text }, 'the letter');
      return Promise.resolve();
    },
    close: () => undefined,
  };
}
