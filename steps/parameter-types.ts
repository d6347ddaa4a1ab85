// The parameters of the sentences, and the words that each of them accepts.

import { defineParameterType } from '@cucumber/cucumber';
import { type AddressForm, addressFormNames } from '../src/protocol/callback-address.ts';
import { printedPaths } from '../src/protocol/endpoints.ts';
import type { Agent, Experience, Transfer, Transition } from '../src/protocol/events.ts';
import type { AuthHeader } from '../src/tenant/tenant.ts';
import { type TokenKind, tokenKinds } from '../src/tenant/tokens.ts';
import { type Unattainable, unattainable } from './failing-transfers.ts';
import { type LanguageKind, languageKinds } from './language-kinds.ts';
import { type BotIdPlace, botIdPlaces } from './readings.ts';
import { type Kind, kinds, type Length, lengths } from './requests.ts';
import { type Difference, differences } from './similar-ids.ts';
import {
  type Omission,
  omissions,
  type ParametersIn,
  type Target,
  type TransferFormName,
  transferForms,
} from './transfers.ts';

defineParameterType({
  name: 'agent',
  regexp: /Agent (\d+)/,
  transformer: (number: string): Agent => ({ number: Number(number) }),
});

defineParameterType({
  name: 'experience',
  regexp: /voice|chat/,
  transformer: (text: string) => text as Experience,
});

/** Why an agent joins or leaves. */
defineParameterType({
  name: 'transfer',
  regexp: /NA|cold|warm|redial/,
  transformer: (text: string) => text as Transfer,
});

defineParameterType({
  name: 'transition',
  regexp: /entry|exit/,
  transformer: (text: string) => text as Transition,
});

/** A kind of request, as in "an entry event is sent with …". */
defineParameterType({
  name: 'request',
  regexp: new RegExp(Object.keys(kinds).join('|')),
  transformer: (text: string) => text as Kind,
});

/** The name of a field in the documents, with a dot before the name of a nested field. */
defineParameterType({
  name: 'field',
  regexp: /[a-zA-Z]+(?:\.[a-zA-Z]+)*/,
  transformer: (text: string) => text,
  useForSnippets: false,
});

/** Whether a conversation has transfers and redials. */
defineParameterType({
  name: 'length',
  regexp: new RegExp(Object.keys(lengths).join('|')),
  transformer: (text: string) => text as Length,
});

defineParameterType({
  name: 'token',
  regexp: new RegExp(tokenKinds.join('|')),
  transformer: (text: string) => text as TokenKind,
});

/** Who a conversation is transferred to. */
defineParameterType({
  name: 'target',
  regexp: /agent|queue/,
  transformer: (text: string) => text as Target,
});

/** What is special about the address of an outcome. */
defineParameterType({
  name: 'address form',
  regexp: new RegExp(addressFormNames.join('|')),
  transformer: (text: string) => text as AddressForm,
});

/** The header that carries the token. */
defineParameterType({
  name: 'header',
  regexp: /token|auth/,
  transformer: (text: string) => text as AuthHeader,
});

/** The document, or the part of one, that has this path. */
defineParameterType({
  name: 'document',
  regexp: new RegExp(Object.keys(printedPaths).join('|')),
  transformer: (text: string) => text as keyof typeof printedPaths,
});

/** The place of the botId that is unknown. */
defineParameterType({
  name: 'place',
  regexp: new RegExp(botIdPlaces.join('|')),
  transformer: (text: string) => text as BotIdPlace,
});

/** Why a transfer cannot succeed. */
defineParameterType({
  name: 'unattainable',
  regexp: new RegExp(Object.keys(unattainable).join('|')),
  transformer: (text: string) => text as Unattainable,
});

/** Where the parameters of a transfer are sent. */
defineParameterType({
  name: 'carrier',
  regexp: /body|query/,
  transformer: (text: string) => text as ParametersIn,
});

defineParameterType({
  name: 'omission',
  regexp: new RegExp(omissions.join('|')),
  transformer: (text: string) => text as Omission,
});

/** A form of a transfer in which samples and tables differ. */
defineParameterType({
  name: 'transfer form',
  regexp: new RegExp(Object.keys(transferForms).join('|')),
  transformer: (text: string) => text as TransferFormName,
});

/** A kind of language, of which the profile may name one. */
defineParameterType({
  name: 'language kind',
  regexp: new RegExp(languageKinds.join('|')),
  transformer: (text: string) => text as LanguageKind,
});

/** How the ids of two conversations differ. */
defineParameterType({
  name: 'difference',
  regexp: new RegExp(differences.join('|')),
  transformer: (text: string) => text as Difference,
});
