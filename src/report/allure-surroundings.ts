// What Allure shows beside the results: environment, executor and categories.

import { Status } from 'allure-js-commons';
import type { Env } from '../system/env.ts';

/** Defects are grouped by what they are about: the tenant, the way to it, or the harness. */
export const categories = [
  {
    name: 'The tenant breaks a requirement',
    matchedStatuses: [Status.FAILED],
    messageRegex: '(?s)(?!unexpected pass:).*',
  },
  {
    name: 'Unexpected pass: listed as a known deviation, but it holds',
    matchedStatuses: [Status.FAILED],
    messageRegex: '(?s)unexpected pass:.*',
  },
  {
    name: 'Inconclusive: the way to the tenant, a prerequisite or a twin failed',
    matchedStatuses: [Status.BROKEN],
    messageRegex: '(?s)inconclusive:.*',
  },
  { name: 'Harness error', matchedStatuses: [Status.BROKEN], messageRegex: '(?s)(?!inconclusive:).*' },
  { name: 'Not applicable, or not run', matchedStatuses: [Status.SKIPPED] },
  { name: 'Warning: a should is broken', matchedStatuses: [Status.PASSED], messageRegex: '(?s)warning:.*' },
  {
    name: 'Known deviation: broken, as is listed',
    matchedStatuses: [Status.PASSED],
    messageRegex: '(?s)known deviation:.*',
  },
];

export function environmentInfo(env: Env): Record<string, string> {
  const embedded = env.CONFORMANCE_EMBEDDED === 'true';
  return {
    Tenant: embedded ? 'embedded sandbox' : (env.TENANT_URL ?? ''),
    Bot: env.TENANT_BOT_ID ?? '',
    ...(env.TENANT_PROFILE ? { Profile: env.TENANT_PROFILE } : {}),
    Run: env.CONFORMANCE_RUN ?? '',
    Node: process.version,
    Platform: `${process.platform} ${process.arch}`,
  };
}

/** The CI job that ran this, as far as the environment says; a person's own machine otherwise. */
export function executor(env: Env): Record<string, string> {
  if (env.GITHUB_ACTIONS) {
    const url = `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`;
    return build('GitHub Actions', 'github', `${env.GITHUB_WORKFLOW} #${env.GITHUB_RUN_NUMBER}`, url);
  }
  if (env.GITLAB_CI) {
    return build('GitLab CI', 'gitlab', `${env.CI_JOB_NAME} #${env.CI_PIPELINE_IID}`, env.CI_JOB_URL ?? '');
  }
  if (env.JENKINS_URL) return build('Jenkins', 'jenkins', env.BUILD_TAG ?? '', env.BUILD_URL ?? '');
  return build(env.CI ? 'CI' : 'local run', 'local', env.CONFORMANCE_RUN ?? '', '');
}

function build(name: string, type: string, buildName: string, buildUrl: string): Record<string, string> {
  return { name, type, buildName, ...(buildUrl ? { buildUrl } : {}) };
}
