// Which of two documented forms the sender uses.
import { Given } from '@cucumber/cucumber';
import type { TokenKind } from '../src/tenant/tokens.ts';
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
  this.externalDirectory = true;
});

Given('transfers use no external directory', function (this: ConformanceWorld) {
  this.externalDirectory = false;
});

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
Given('the agents come without customFields', function (this: ConformanceWorld) {
  this.dialect.customFields = 'left out';
  return this.skipUnlessDeclared(
    this.session.settings.dialect.customFields === 'sent' ? ['TENANT_QUALITY_MODULE=false'] : [],
  );
});

/** a profile may give the end and the redial a path of their own. */
Given('the tenant has one path for all events', function (this: ConformanceWorld) {
  const { end, redial } = this.session.settings.ownPaths;
  return this.skipUnlessDeclared([
    ...(end ? ['TENANT_END_PATH left out'] : []),
    ...(redial ? ['TENANT_REDIAL_PATH left out'] : []),
  ]);
});

/** English is the language of every example; the profile names the others. */
Given('the bot knows the language {string}', function (this: ConformanceWorld, code: string) {
  return this.skipUnlessDeclared(undeclaredLanguage(this, code));
});

Given('the bot knows the locale {locale}', function (this: ConformanceWorld, code: string) {
  return this.skipUnlessDeclared(undeclaredLanguage(this, code));
});

function undeclaredLanguage({ session }: ConformanceWorld, code: string): string[] {
  return session.settings.languages.includes(code) ? [] : [`TENANT_LANGUAGES with ${code}`];
}

Given('requests have the content type {string}', function (this: ConformanceWorld, contentType: string) {
  this.overrides.contentType = contentType;
});

Given('requests carry {token}', function (this: ConformanceWorld, token: TokenKind) {
  this.overrides.token = token;
});
