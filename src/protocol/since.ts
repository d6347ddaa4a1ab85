// Which requirements a version of the suite had. Whoever keeps to one gets no verdict from an update that nobody has looked at.
import type { Requirement } from './catalogue.ts';

type Version = readonly [number, number, number];

/** 1.2.3, or 1.2, which is 1.2.0. undefined: it is not a version. */
export function versionIn(text: string): Version | undefined {
  const [, major, minor, patch = '0'] = /^(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?$/.exec(text) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

/** Negative when the first one is the earlier one. */
export function compareVersions(one: Version, other: Version): number {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at < 0 ? 0 : one[at]! - other[at]!;
}

/** Whether a version had a requirement. A team's own are not of a version. @param version undefined: the version of now */
export function isOfVersion({ since }: Pick<Requirement, 'since'>, version: string | undefined): boolean {
  const [first, asked] = [since, version].map((text) => (text === undefined ? undefined : versionIn(text)));
  return !first || !asked || compareVersions(first, asked) <= 0;
}
