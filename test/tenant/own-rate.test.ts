// Shards share what a tenant takes in a minute.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownRate, ownRateInWords } from '../../src/tenant/own-rate.ts';
import { readSettings, reportsDirOf } from '../../src/tenant/settings.ts';

const limited = { MAX_REQUESTS_PER_MINUTE: '60' };
const quarter = { ...limited, CONFORMANCE_SHARDS: '4' };

test('one of four shards sends a quarter of the limit, and says so', () => {
  assert.equal(ownRate(quarter), 15);
  assert.match(
    ownRateInWords(quarter) ?? '',
    /^MAX_REQUESTS_PER_MINUTE=60 is for all 4 shards together: this one sends 15 a minute\. /,
  );
  assert.match(ownRateInWords({ ...quarter, CONFORMANCE_SHARDS: '7' }) ?? '', /sends 8\.6 a minute/);
});

test('a run that is not cut, and one whose shards do not run together, sends all of it, and says nothing', () => {
  const each = { ...quarter, MAX_REQUESTS_PER_MINUTE_FOR: 'each-shard' };
  for (const values of [limited, each]) {
    assert.equal(ownRate(values), 60);
    assert.equal(ownRateInWords(values), undefined);
  }
  assert.equal(ownRate({ CONFORMANCE_SHARDS: '4' }), undefined);
  assert.equal(ownRateInWords({ CONFORMANCE_SHARDS: '4' }), undefined);
});

test('the settings of a run have its own part, and its share', () => {
  const complete = {
    TENANT_URL: 'https://tenant.example',
    TENANT_BOT_ID: 'st-1',
    TENANT_CLIENT_ID: 'cs-1',
    TENANT_CLIENT_SECRET: '0123456789abcdef0123456789abcdef',
  };
  const settings = readSettings({ ...complete, ...quarter });
  assert.equal(settings.maxRequestsPerMinute, 15);
  assert.equal(settings.rateShares, 4);
});

test('a named tenant has a folder of its own for its reports, unless one is set', () => {
  assert.equal(reportsDirOf({}), 'reports');
  assert.equal(reportsDirOf({ TENANT_PROFILE: 'staging' }), 'reports/staging');
  assert.equal(reportsDirOf({ TENANT_PROFILE: 'staging', REPORTS_DIR: 'out' }), 'out');
});
