// Which of two documented forms the sender uses.
import { Given } from '@cucumber/cucumber';
import type { Settings } from '../src/tenant/settings.ts';
import type { TokenKind } from '../src/tenant/tokens.ts';
import { needs } from './needs.ts';
import type { ConformanceWorld } from './world.ts';

Given('transfer types are written in upper case', function (this: ConformanceWorld) {
  this.dialect.transferTypeCase = 'upper';
});

Given('transfer types are written in lower case', function (this: ConformanceWorld) {
  this.dialect.transferTypeCase = 'lower';
});

Given('isExtAD is written as a boolean', function (this: ConformanceWorld) {
  this.dialect.isExtAdAs = 'boolean';
});

Given('isExtAD is written as a string', function (this: ConformanceWorld) {
  this.dialect.isExtAdAs = 'string';
});

Given('transfers use an external directory', function (this: ConformanceWorld) {
  useDirectory(this, true);
});

Given('transfers use no external directory', function (this: ConformanceWorld) {
  useDirectory(this, false);
});

/** In conversations to come, and from here on in those that have begun. */
function useDirectory(world: ConformanceWorld, isExternal: boolean): void {
  world.externalDirectory = isExternal;
  for (const conversation of world.conversations) conversation.externalDirectory = isExternal;
}

Given('transfer events are sent with a language', function (this: ConformanceWorld) {
  this.dialect.transferLanguage = 'sent';
});

Given('transfer events are sent without language', function (this: ConformanceWorld) {
  this.dialect.transferLanguage = 'left out';
});

Given('the agents come with customFields', function (this: ConformanceWorld) {
  this.dialect.customFields = 'sent';
});

/** A tenant that uses the Quality Module may require them. */
Given('the agents come without customFields', needs(missingQualityModule), function (this: ConformanceWorld) {
  const missing = missingQualityModule(this.session.settings);
  // What has begun before is then ended in the form that the tenant takes.
  if (missing.length === 0) this.dialect.customFields = 'left out';
  return this.skipUnlessDeclared(missing);
});

function missingQualityModule({ dialect }: Settings): string[] {
  return dialect.customFields === 'sent' ? ['TENANT_QUALITY_MODULE=false'] : [];
}

/** a profile may give the end and the redial a path of their own. */
Given('the tenant has one path for all events', needs(ownPaths), function (this: ConformanceWorld) {
  return this.skipUnlessDeclared(ownPaths(this.session.settings));
});

function ownPaths({ ownPaths: { end, redial } }: Settings): string[] {
  return [...(end ? ['TENANT_END_PATH left out'] : []), ...(redial ? ['TENANT_REDIAL_PATH left out'] : [])];
}

Given('requests have the content type {string}', function (this: ConformanceWorld, contentType: string) {
  this.overrides.contentType = contentType;
});

/** As the documents print them. */
Given('transfers are written over several lines', function (this: ConformanceWorld) {
  this.overrides.isOverLines = true;
});

Given('requests carry {token}', function (this: ConformanceWorld, token: TokenKind) {
  this.overrides.token = token;
});
