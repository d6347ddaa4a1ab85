@observe
Feature: How this tenant reads the documents: the order of a conversation
  The order binds who sends the events. What the tenant answers when it is broken is not documented.
  Source: Webhook API for Conversation Events, "Transfer Flow Scenarios", "Standard Conversation Flow" and
  "End of Conversation Event"; End of Conversation.

  @X-09
  Rule: In a cold transfer the previous agent leaves first in the flows, the next one joins first in the examples

    Example: The next agent joins before the previous one has left
      Given a voice conversation answered by Agent 1
      When Agent 2 takes the call over before Agent 1 has left
      Then the tenant's answer is recorded

  @X-31
  Rule: The end is sent only once

    Example: The end is sent twice
      Given a voice conversation answered by Agent 1
      When Agent 1 ends the call
      And the conversation ends a second time
      Then the tenant's answer is recorded

  @X-32
  Rule: The end is always the last event

    Example: A message, a summary trigger and an entry after the end
      Given a voice conversation answered by Agent 1
      When Agent 1 ends the call
      And a user message is sent after the end
      And a summary trigger is sent after the end
      And an entry event is sent after the end
      Then the tenant's answer is recorded

  @X-33
  Rule: A redial is only ever shown as an entry

    Example: The agent who redialled leaves with a redial exit
      Given a voice conversation answered by Agent 1
      When the call drops
      And Agent 1 redials
      And Agent 1 leaves with a redial exit
      Then the tenant's answer is recorded
