/** What a person meets who opens the server in a browser, with no other host within reach. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../world.ts';
import { isChromiumThere, launchChromium, openPage, withoutChromium } from './chromium.ts';

describe.skipIf(!isChromiumThere)(
  isChromiumThere ? 'in Chromium' : `not tested: ${withoutChromium}`,
  { timeout: 90_000 },
  () => {
    let world: World;
    let browser: Browser;
    let origin: string;
    beforeAll(async () => {
      world = await makeWorld();
      origin = await world.app.listen({ port: 0, host: '127.0.0.1' });
      browser = await launchChromium();
    });
    afterAll(async () => {
      await browser?.close();
      await world?.close();
    });

    it('the reference takes a token and tries a request, and asks no other host', async () => {
      const { page, foreign, faults } = await openPage(browser, origin, '/docs');
      await page.getByRole('button', { name: 'Authorize' }).first().click();
      const dialog = page.locator('.dialog-ux');
      await dialog.locator('input').fill(world.people.alice.token);
      await dialog.getByRole('button', { name: 'Apply credentials' }).click();
      await dialog.getByRole('button', { name: 'Close' }).click();

      await page.locator('#operations-tag-campaigns').click();
      const operation = page.locator('#operations-campaigns-listCampaigns');
      await operation.locator('.opblock-summary').click();
      await operation.getByRole('button', { name: 'Execute' }).click();
      const answer = operation.locator('.live-responses-table tbody tr.response').first();

      expect(await answer.locator('.response-col_status').innerText()).toMatch(/^200/);
      expect(await answer.locator('.response-col_description').innerText()).toContain(world.ids.campaign);
      expect({ foreign, faults }).toEqual({ foreign: [], faults: [] });
    });

    it('GraphiQL takes a token, shows the schema and runs an operation, and asks no other host', async () => {
      const { page, foreign, faults } = await openPage(browser, origin, '/graphql');
      const headers = page.locator('.graphiql-editor-tool .CodeMirror').filter({ visible: true });
      await headers.click();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(JSON.stringify(world.as('alice')));
      await page.locator('.graphiql-query-editor .CodeMirror').click();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText('{ campaigns { nodes { id } } }');
      await page.getByRole('button', { name: 'Execute query' }).click();

      await page.locator('.result-window').getByText(world.ids.campaign).waitFor();

      await page.getByRole('button', { name: 'Re-fetch GraphQL schema' }).click();
      await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
      await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).waitFor();
      expect({ foreign, faults }).toEqual({ foreign: [], faults: [] });
    });
  },
);
