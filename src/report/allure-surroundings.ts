// The environment and the executor, which Allure shows beside the results.

import type { Env } from '../system/env.ts';

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

/** The CI job, if the environment names one; otherwise a local run. */
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
