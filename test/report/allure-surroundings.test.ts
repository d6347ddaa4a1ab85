// The executor that Allure shows: each CI names itself in its own variables.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { environmentInfo, executor } from '../../src/report/allure-surroundings.ts';

suite('The executor', () => {
  const github = {
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_REPOSITORY: 'us/harness',
    GITHUB_RUN_ID: '77',
    GITHUB_RUN_NUMBER: '5',
    GITHUB_WORKFLOW: 'nightly',
  };
  const gitlab = { GITLAB_CI: 'true', CI_JOB_NAME: 'nightly', CI_PIPELINE_IID: '5' };
  const cases: [name: string, env: Record<string, string>, expected: Record<string, string>][] = [
    [
      'GitHub',
      { CI: 'true', ...github },
      {
        name: 'GitHub Actions',
        type: 'github',
        buildName: 'nightly #5',
        buildUrl: 'https://github.example/us/harness/actions/runs/77',
      },
    ],
    [
      'GitLab',
      { CI: 'true', ...gitlab, CI_JOB_URL: 'https://gitlab.example/1' },
      { name: 'GitLab CI', type: 'gitlab', buildName: 'nightly #5', buildUrl: 'https://gitlab.example/1' },
    ],
    ['GitLab without a link', gitlab, { name: 'GitLab CI', type: 'gitlab', buildName: 'nightly #5' }],
    [
      'Jenkins',
      {
        JENKINS_URL: 'https://jenkins.example',
        BUILD_TAG: 'nightly-5',
        BUILD_URL: 'https://jenkins.example/5',
      },
      { name: 'Jenkins', type: 'jenkins', buildName: 'nightly-5', buildUrl: 'https://jenkins.example/5' },
    ],
    ['Jenkins without a build', { JENKINS_URL: 'x' }, { name: 'Jenkins', type: 'jenkins', buildName: '' }],
    ['another CI', { CI: '1', CONFORMANCE_RUN: 'a1b2' }, { name: 'CI', type: 'local', buildName: 'a1b2' }],
    ['a person', {}, { name: 'local run', type: 'local', buildName: '' }],
  ];
  for (const [name, env, expected] of cases) {
    test(name, () => assert.deepEqual(executor(env), expected));
  }
});

suite('The environment', () => {
  const here = { Node: process.version, Platform: `${process.platform} ${process.arch}` };

  test('names the tenant, and the profile when there is one', () => {
    const env = { TENANT_URL: 'https://tenant.example', TENANT_BOT_ID: 'st-1', CONFORMANCE_RUN: 'a1b2' };
    const expected = { Tenant: 'https://tenant.example', Bot: 'st-1', Run: 'a1b2', ...here };
    assert.deepEqual(environmentInfo(env), expected);
    assert.deepEqual(environmentInfo({ ...env, TENANT_PROFILE: 'staging' }), {
      ...expected,
      Profile: 'staging',
    });
  });

  test('names the embedded sandbox, whatever its port', () => {
    const env = { CONFORMANCE_EMBEDDED: 'true', TENANT_URL: 'http://127.0.0.1:4711' };
    assert.deepEqual(environmentInfo(env), { Tenant: 'embedded sandbox', Bot: '', Run: '', ...here });
    assert.deepEqual(environmentInfo({}), { Tenant: '', Bot: '', Run: '', ...here });
  });
});
