/**
 * A browser that tests drive: Debian's Chromium, where it is installed. Nothing that it does on its own may reach for
 * the network, because what a page asks of other hosts is what the tests look for.
 */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

export const isChromiumThere = existsSync(executablePath);

/** Says why nothing is tested here, for those who wonder about the number of tests. */
export const withoutChromium = `there is no ${executablePath} (apt-get install chromium)`;

const args = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
];

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath, args, headless: true });
}

export interface WatchedPage {
  readonly page: Page;
  /** Addresses that the page asked for outside this origin. */
  readonly foreign: readonly string[];
  /** What went wrong inside: exceptions, and what the page's policy refused. */
  readonly faults: readonly string[];
}

/** A page in a profile of its own, at a place of the origin. */
export async function openPage(browser: Browser, origin: string, path: string): Promise<WatchedPage> {
  const context = await browser.newContext();
  const page = await context.newPage();
  // Long for a busy machine, and shorter than the test, so that what did not come is named.
  page.setDefaultTimeout(30_000);
  const foreign: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url)) foreign.push(url);
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  await page.goto(origin + path);
  return { page, foreign, faults };
}
