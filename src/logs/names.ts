// The names under which logs keep the parts of a call. A name is compared without case and punctuation, and with the members
// that it lies in: `res.statusCode`, `response.status_code` and `http.response.status_code` all end in one of these.
import { hooksPaths } from '../protocol/endpoints.ts';
import { hooksEndpoint, isAssignment } from '../protocol/sent-request.ts';
import { loggedStatus, statusCode } from './status-code.ts';
import { epochMs } from './time.ts';

export type Role = 'time' | 'method' | 'url' | 'headers' | 'status';

interface Names {
  /** The best first. */
  names: readonly string[];
  /** Whether a value can be meant, beside its name. */
  fits(value: unknown): boolean;
}

const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2100, 0, 1);

/** A duration has such names too: only a date of this century is a time. */
function isTime(value: unknown): boolean {
  const ms = epochMs(value);
  return ms !== undefined && ms > earliest && ms < latest;
}

const methods = ['POST', 'GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT'];

/** Of foreign names only a URL of the API counts: the same record may have that of another request. */
export function isOfTheApi(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (value.includes('assign-conversation')) return isAssignment(value);
  const path = value.includes('/hooks') ? hooksEndpoint(value)?.path : undefined;
  return path !== undefined && (Object.values(hooksPaths) as string[]).includes(path);
}

/** Also what stands for an answer that did not come. */
function isStatus(value: unknown): boolean {
  return loggedStatus(value) !== undefined;
}

/** When a request was sent: delivered_at, timestamp_sent. Better than when it was made, or put into a queue. */
const sending = 'sent delivered dispatched emitted published';
const namesOfSending = [...timesOf(sending), ...sending.split(' ')];

/** What else is done to a request around that time: enqueuedTime, acceptDate. */
const namesOfDoing = timesOf(
  'start started send deliver dispatch emit publish enqueue enqueued queued receive received accept record recorded',
  'capture captured log logged create created invoke invoked submitted trigger triggered',
);

function timesOf(...lines: string[]): string[] {
  return lines
    .flatMap((line) => line.split(' '))
    .flatMap((word) => [
      ...['at', 'on', 'time', 'date', 'datetime', 'timestamp', 'ts'].map((ending) => `${word}${ending}`),
      ...['time', 'timestamp', 'date'].map((beginning) => `${beginning}${word}`),
    ]);
}

export const roles: Readonly<Record<Role, Names>> = {
  time: {
    names: [
      'startedat starteddatetime starttime starttimestamp startdatetime requesttimeepoch timeepoch requesttimestamp',
      'requeststarttime clientreceivedstarttimestamp requestreceivedtime sentat senttime sendtime timesent loggeddate',
      'time timestamp ts datetime date instant timemillis timeunixnano timeiso8601 isotime timelocal localtime msec',
      ...namesOfSending,
      'epoch epochms epochmillis epochseconds unixtime asctime eventtime eventtimestamp requesttime requestdate logtime',
      'logtimestamp loggedat createdat created receivedat receivedtime occurredat timegenerated when at',
      'sourcerealtimetimestamp realtimetimestamp observedtimeunixnano observedtimestamp ingestiontime indextime',
      'requestdatetime reqtime requeststart starttimeunixnano startts timestart start started begin begintime startdate',
      'sendat executedat processedat publishtime eventenqueuedtime',
      't timeunix unix servertime syslogtimestamp logdate eventdate creationtime createdon datecreated occurred',
      'issuedat queuedat inserttime ingesttime zeit zeitstempel',
      ...namesOfDoing,
    ].flatMap((line) => line.split(' ')),
    fits: isTime,
  },
  method: {
    names: ['requestmethod', 'reqmethod', 'httpmethod', 'httprequestmethod', 'method', 'verb', 'requestverb'],
    fits: (value) => typeof value === 'string' && methods.includes(value.toUpperCase()),
  },
  url: {
    names: [
      'url requesturl requrl fullurl urlfull urlraw urloriginal absoluteurl originalurl uri requesturi httpurl href endpoint',
      'path requestpath rawpath urlpath httppath httptarget target requesttarget upstreamuri',
    ].flatMap((line) => line.split(' ')),
    fits: isOfTheApi,
  },
  headers: {
    names: ['requestheaders', 'reqheaders', 'httprequestheaders', 'headers', 'requestheader', 'header'],
    fits: (value) => typeof value === 'object' && value !== null && Object.keys(value).length > 0,
  },
  status: {
    names: [
      'responsestatus responsestatuscode responsecode resstatus resstatuscode respstatus respstatuscode answerstatus',
      'answerstatuscode httpresponsestatuscode httpstatuscode httpstatus statuscode status responsehttpstatus scstatus',
      // What the sender got of a proxy, before what the proxy got.
      'edgeresponsestatus downstreamstatus elbstatuscode httpresponsecode httpcode statusint resultcode statusline',
      'statusvalue httpstatusvalue',
    ].flatMap((line) => line.split(' ')),
    fits: isStatus,
  },
};

/** What loggers write behind the name of a time: its zone, or its unit. */
const ofTime = ['', 'utc', 'ms', 'millis', 'us', 'ns'];

/** By name: its role, and how good it is, from 0. */
const byName = new Map<string, { role: Role; rank: number }>(
  (Object.keys(roles) as Role[])
    .flatMap((role) =>
      roles[role].names.flatMap((name, rank) =>
        (role === 'time' ? ofTime : ['']).map((ending) => [`${name}${ending}`, { role, rank }] as const),
      ),
    )
    // Of a name that is there twice, the better place counts.
    .reverse(),
);

/** The most members of a path that make a name: http.response.status_code. */
const maxParts = 3;

/** @param path keys from the outside, in canonical form */
export function roleOf(path: readonly string[]): { role: Role; rank: number } | undefined {
  let name = '';
  let best: { role: Role; rank: number } | undefined;
  for (let at = path.length - 1; at >= 0 && at >= path.length - maxParts; at -= 1) {
    name = path[at]! + name;
    const found = byName.get(name);
    // A longer name says more: response.status is not just a status.
    if (found && (!best || found.role === best.role)) best = found;
  }
  return best ?? (isNamedStatus.test(path.at(-1) ?? '') ? ofAnother : undefined);
}

/** As in upstream_status_code, webhookHttpStatus: that of the receiver. */
const isNamedStatus =
  /^(?:upstream|target|backend|origin|server|remote|webhook|hooks?|api|agentai|agentassist|kore(?:ai)?|request|req|http)(?:http)?(?:statuscode|status|httpcode|responsecode|responsestatus|code)$/;
const ofAnother = { role: 'status', rank: 500 } as const;

/** The rank from which on a time, or a status, counts only where no other one is known. */
export const perhaps = 1500;

/** Such names: those of other things as well, as of a telephone, whose statuses have the numbers of HTTP. */
const isLikeStatus = /^(?:code|returncode|rc|result|outcome)$|(?:status|statuscode|httpcode|responsecode)$/;

/** Under a name that may mean another thing, only a status with which an answer ends is one. */
export function isFinalStatus(value: unknown): boolean {
  return (statusCode(value) ?? 0) >= 200;
}

const known = new Map<string, string>();

/** A key without case and punctuation. Remembered, since a log has the same ones in each line. */
export function canonical(key: string): string {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = key.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (known.size < 10_000 && key.length < 100) known.set(key, made);
  return made;
}

/** Members that hold the answer: what looks like a body there is an echo. */
export const isAnswerKey = namesOf(
  'response res resp reply answer unheard responsebody responsepayload responsedata responsemessage httpresponse responsedefinition',
);

/** Members in which the body of a request is kept. */
export const isBodyKey = namesOf(
  'body requestbody reqbody rawbody payload requestpayload requestdata postdata bodyasbase64 bodybase64 bodyraw requestbodyraw requestcontent json',
);

/** Members that say why no answer came. */
export const isErrorKey = namesOf('error err failure exception');

/** Members that are about the request: a time in them is that of the request. */
const isAboutRequest = namesOf('request req httprequest requestcontext http times timings timing');

/** Members that hold the first line of a request: `POST /agentassist/api/v1/hooks/st-1 HTTP/1.1`. */
const isRequestLineKey = namesOf('request requestline httprequest reqline firstline requestfirstline');

/** Members that an application's log has, and a body has not. */
export const isLogKey = namesOf(
  'level severity msg message logger loggername timestamp hostname pid thread threadname',
);

function namesOf(words: string): (key: string) => boolean {
  const names = new Set(words.split(' '));
  return (key) => names.has(canonical(key));
}

/** The rank from which on a time is that of something beside the body. */
export const asideRank = 1000;

/** Of another thing, such as the process or the call of a customer, it is when that began. */
const isBeginning = namesOf(
  'startedat starteddatetime starttime starttimestamp timestampstart startdatetime created createdat',
);

/** The time of something beside the body is worse than that of the record itself. */
function asideTime(name: string, rank: number): { role: Role; rank: number } {
  return { role: 'time', rank: rank + (isBeginning(name) ? perhaps : asideRank) };
}

/** As flat records have it: frame.time_epoch is the time of something beside the body, as in { frame: { time_epoch } }. */
function timeInFlat(key: string): { role: Role; rank: number } | undefined {
  const names = key.split('.').map(canonical);
  const found = names.length > 1 ? roleOf(names) : undefined;
  return found?.role === 'time' ? asideTime(names.at(-1)!, found.rank) : undefined;
}

/** A member of a record, by the keys that lead to it, with what its name says. A log has the same ones in each line. */
export class NamedMember {
  /** As `.res.statusCode`. */
  readonly path: string;
  readonly role: { role: Role; rank: number } | undefined;
  /** Its name may be that of a status, at the top of a record. */
  readonly isPerhapsStatus: boolean;
  readonly isAnswer: boolean;
  readonly isError: boolean;
  readonly isRequestLine: boolean;
  readonly isRequest: boolean;
  /** It may hold the URL of a request. */
  readonly isOfCall: boolean;
  /** It lies in an answer, of which nothing but the status is about the request. */
  readonly isInAnswer: boolean;
  readonly depth: number;
  readonly #names: readonly string[];
  readonly #members = new Map<string, NamedMember>();

  /** @param parent what it lies in; left out for a record itself */
  private constructor(names: readonly string[], path: string, key: string, parent?: NamedMember) {
    this.#names = names;
    this.path = path;
    this.depth = names.length;
    this.isRequest = isAboutRequest(key) || (parent?.isRequest ?? false);
    this.isOfCall = this.isRequest || canonical(key) === 'url';
    this.isInAnswer = !isAboutRequest(key) && (isAnswerKey(key) || (parent?.isInAnswer ?? false));
    const isAside = parent !== undefined && parent.path !== '' && !parent.isRequest;
    const role = roleOf(names);
    this.role = role?.role === 'time' && isAside ? asideTime(names.at(-1)!, role.rank) : role;
    this.role ??= timeInFlat(key);
    this.isPerhapsStatus = parent?.path === '' && !role && isLikeStatus.test(names.at(-1)!);
    this.isAnswer = isAnswerKey(key);
    this.isError = isErrorKey(key);
    this.isRequestLine = isRequestLineKey(key);
  }

  /** A record itself. @param name the key of the record in what it lies in; empty when it lies in nothing */
  static record(name: string): NamedMember {
    const known = records.get(name);
    if (known) return known;
    const made = new NamedMember(name === '' ? [] : [canonical(name)], '', name);
    if (records.size < maxMembers) records.set(name, made);
    return made;
  }

  member(key: string): NamedMember {
    const known = this.#members.get(key);
    if (known) return known;
    const [names, path] = [[...this.#names, canonical(key)], `${this.path}.${shownKey(key)}`];
    const made = new NamedMember(names, path, key, this);
    // A log may have ids for keys.
    if (this.#members.size < maxMembers) this.#members.set(key, made);
    return made;
  }
}

/** A key as it is shown: one that is not the name of a field may be an id, or the name of a person. */
export function shownKey(key: string): string {
  return /^@?[a-z_](?!.*\d{3})[\w.@-]{0,40}$/i.test(key) ? key : '*';
}

const maxMembers = 200;
const records = new Map<string, NamedMember>();
