// The documented order of a conversation, as this sandbox asks for it: each must of the lifecycle model. All of them bind
// the sender: that a tenant *refuses* what breaks them is this sandbox's own strictness.
import { requirement } from '../protocol/catalogue.ts';
import { type LifecycleRule, lifecycleRules } from '../protocol/lifecycle/rules.ts';

export type OrderRules = Readonly<Record<string, LifecycleRule>>;

export const documentedOrder: OrderRules = Object.fromEntries(
  Object.entries<LifecycleRule>(lifecycleRules).filter(
    ([, { requirement: id, level = requirement(id).level }]) => level === 'must',
  ),
);
