// A real browser for the tests of pages: any that the machine has.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { atEnd, temporaryFolder } from '../run/harness.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'msedge', 'chrome'];

const usualPlaces: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((folder) => {
    const root = process.env[folder];
    if (!root) return [];
    return ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((rest) =>
      path.join(root, rest),
    );
  }),
};

/** The path of a browser that Playwright can drive; undefined when the machine has none. */
export function findBrowser(): string | undefined {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) {
    if (!existsSync(asked)) throw new Error(`CHROMIUM_PATH is ${asked}, and no file is there`);
    return asked;
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const usual = usualPlaces[process.platform] ?? [];
  const inFolders = (all: string[]) =>
    names.flatMap((name) => all.map((folder) => path.join(folder, name + suffix)));
  const candidates = [
    ...inFolders(folders),
    ...(process.platform === 'linux' ? inFolders(usual) : usual),
    chromium.executablePath(),
  ];
  return candidates.find((file) => existsSync(file));
}

/** For the option `skip` of a test. Where REQUIRE_BROWSER is set, as it is in CI, a test without a browser fails. */
export const noBrowser =
  findBrowser() || process.env.REQUIRE_BROWSER
    ? false
    : 'this machine has no browser: install chromium, or set CHROMIUM_PATH';

let launched: Promise<Browser> | undefined;

export function theBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('REQUIRE_BROWSER is set, and this machine has no browser');
  launched ??= chromium.launch({ executablePath });
  atEnd(async () => {
    await (await launched)?.close();
    launched = undefined;
  });
  return launched;
}

export interface Opened {
  page: Page;
  file: string;
  /** The messages of the console, and the errors of the script. */
  said: string[];
  /** The URLs that the page requested, except its own. */
  asked: string[];
}

export interface How extends BrowserContextOptions {
  /** With its #. */
  hash?: string;
}

/** Opens HTML as a user does: from a file, without a network. */
export async function openPage(html: string, { hash = '', ...how }: How = {}): Promise<Opened> {
  const file = path.join(temporaryFolder(), 'conformance.html');
  writeFileSync(file, html);
  const context = await (await theBrowser()).newContext({ viewport: { width: 1280, height: 900 }, ...how });
  const page = await context.newPage();
  const [said, asked]: [string[], string[]] = [[], []];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  const url = pathToFileURL(file).href;
  await context.route('**', (route) => {
    const request = route.request().url();
    if (request.split('#')[0] === url) return route.continue();
    asked.push(request);
    return route.abort();
  });
  await page.goto(url + hash);
  return { page, file, said, asked };
}
