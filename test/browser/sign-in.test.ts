/** Signing in as a person does it: in a narrow window, by keyboard, and on to another site at the end. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { makeClients } from '../../src/sign-in/clients.ts';
import { type Office, openOffice, password } from '../api/oauth/sign-in.ts';
import { isChromiumThere, launchChromium, openPage, withoutChromium } from './chromium.ts';

describe.skipIf(!isChromiumThere)(
  isChromiumThere ? 'in Chromium' : `not tested: ${withoutChromium}`,
  { timeout: 90_000 },
  () => {
    let office: Office;
    let browser: Browser;
    let origin: string;
    beforeAll(async () => {
      office = await openOffice();
      origin = await office.app.listen({ port: 0, host: '127.0.0.1' });
      browser = await launchChromium();
    });
    afterAll(async () => {
      await browser?.close();
      await office?.close();
    });

    it('the pages fit into 320 pixels, work by keyboard, say what is wrong, and lead back to the app', async () => {
      // The same server under another name is another site.
      const callback = `${origin.replace('127.0.0.1', 'localhost')}/back`;
      const clients = makeClients({ database: office.database, clock: systemClock });
      const uris = { redirectUris: [callback], actsAs: null, id: null };
      const client = await clients.add({ ...uris, name: 'Partner', needsPkce: false, hasSecret: true });
      const { page, faults } = await openPage(
        browser,
        origin,
        office.authorizeUrl(client, { redirect_uri: callback, state: 'one two' }),
      );
      await page.setViewportSize({ width: 320, height: 568 });
      const isFitting = async (): Promise<boolean> =>
        page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth');

      // The first field has the focus, and each field its label.
      await page.getByLabel('E-mail').waitFor();
      expect(await isFitting()).toBe(true);
      await page.keyboard.type('alice@doorstep.example');
      await page.keyboard.press('Tab');
      await page.keyboard.type('wrong');
      await page.keyboard.press('Enter');
      expect(await page.getByRole('alert').innerText()).toBe('The e-mail or the password is not right.');
      expect(await page.getByLabel('E-mail').inputValue()).toBe('alice@doorstep.example');
      await page.getByLabel('Password').fill(password);
      await page.keyboard.press('Enter');

      await page.getByRole('heading', { name: 'Let Partner in?' }).waitFor();
      expect(await isFitting()).toBe(true);
      await page.getByRole('button', { name: 'Let Partner in' }).click();
      await page.waitForURL((url) => url.pathname === '/back');
      const at = new URL(page.url());
      expect([at.hostname, at.searchParams.get('state')]).toEqual(['localhost', 'one two']);
      expect(at.searchParams.get('organizationId')).toBe(office.ids.organization);
      const redeemed = await office.redeem(client, at, { redirect_uri: callback });
      expect(redeemed.status).toBe(200);
      expect(faults).toEqual([]);
    });
  },
);
