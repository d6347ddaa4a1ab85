// The documented order of a conversation, as this sandbox enforces it: each must of the lifecycle model. These rules bind
// the sender; the documents do not ask a tenant to refuse what breaks them, as this sandbox does.
import { requirement } from '../protocol/catalogue.ts';
import { type LifecycleRule, lifecycleRules } from '../protocol/lifecycle/rules.ts';

export type OrderRules = Readonly<Record<string, LifecycleRule>>;

export const documentedOrder: OrderRules = Object.fromEntries(
  Object.entries<LifecycleRule>(lifecycleRules).filter(
    ([, { requirement: id, level = requirement(id).level }]) => level === 'must',
  ),
);
