// `--requirements 1.2`: what a run leaves out that keeps to the requirements of an earlier version of the suite.
import manifest from '../../package.json' with { type: 'json' };
import { CodedError } from '../errors/coded-error.ts';
import { catalogue, type Requirement } from '../protocol/catalogue.ts';
import { compareVersions, isOfVersion, versionIn } from '../protocol/since.ts';
import { oneLine } from '../text/one-line.ts';

const option = '--requirements';

/** @throws CodedError for what is not a version, or one whose requirements are not known */
export function checkVersion(text: string, current: string = manifest.version): void {
  const asked = versionIn(text);
  const known = catalogue.flatMap(({ since }) => since ?? []);
  const [first = current] = known.sort((a, b) => compareVersions(versionIn(a)!, versionIn(b)!));
  const wrong = (why: string) =>
    new CodedError(
      'OPTION_INVALID',
      `${option} ${oneLine(text, 60)}: ${why}. Give a version from ${first} to ${current}, like ${option} ${current}`,
    );
  if (!asked) throw wrong('that is not a version of the suite');
  // What follows a hyphen comes before the release.
  const own = versionIn(current.replace(/[-+].*$/, ''))!;
  if (compareVersions(asked, own) > 0)
    throw wrong(`this is ${current}, which does not know what later versions ask for`);
  if (compareVersions(asked, versionIn(first)!) < 0) throw wrong('no version that early had requirements');
}

/** Those that came after a version. @param version undefined: the version of now, which has all */
export function laterRequirements(version: string | undefined): Requirement[] {
  return catalogue.filter((entry) => !isOfVersion(entry, version));
}

/**
 * The scenarios that are about something that the version had, whatever else they are about. Those that are tagged with later
 * requirements only are left out; observations stay.
 * @param tags an expression, or an empty text for all
 */
export function withoutLater(tags: string, version: string): string {
  const later = laterRequirements(version);
  if (later.length === 0) return tags;
  const had = catalogue.filter((entry) => !later.includes(entry));
  const oneOf = (entries: readonly Requirement[]) => entries.map(({ id }) => `@${id}`).join(' or ');
  const selected = `(not (${oneOf(later)}) or ${oneOf(had)})`;
  return tags === '' ? selected : `(${tags}) and ${selected}`;
}
