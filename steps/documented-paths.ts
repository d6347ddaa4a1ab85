// Whether the requests of the run go to the paths of the documents: only then does a run decide on those.
import { Given } from '@cucumber/cucumber';
import { defaultHooksPath } from '../src/protocol/endpoints.ts';
import type { ConformanceWorld } from './world.ts';

Given('events are sent to the documented path', function (this: ConformanceWorld) {
  const { hooksPath } = this.session.settings;
  const other = hooksPath === defaultHooksPath ? [] : [`TENANT_HOOKS_PATH is ${hooksPath}`];
  return skipIf([...other, ...pathOfTheUrl(this)], this);
});

Given('transfers are requested at the documented path', function (this: ConformanceWorld) {
  return skipIf(pathOfTheUrl(this), this);
});

/** A gateway may serve the API below a path of its own. */
function pathOfTheUrl({ session }: ConformanceWorld): string[] {
  const { pathname } = new URL(session.settings.url);
  return pathname === '/' ? [] : [`TENANT_URL has the path ${pathname}`];
}

function skipIf([different]: string[], { scenario }: ConformanceWorld): 'skipped' | undefined {
  if (!different) return undefined;
  scenario.notApplicable(`${different}, so the documented path is not tested`);
  return 'skipped';
}
