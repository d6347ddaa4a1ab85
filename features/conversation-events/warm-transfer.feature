Feature: Warm transfer
  Further agents join while others stay; several agents take part at the same time.
  Source: Webhook API for Conversation Events and Hooks API for Internal Transfers, "Warm Transfer Flow".

  @HOOKS-SEQ-14
  Rule: Agents join and leave while others stay, and the last one leaves with NA exit

    Example: The documented flow, event by event
      Given a voice conversation
      When these events are sent:
        | event    | transfer | transition | agent   |
        | transfer | NA       | entry      | Agent 1 |
        | transfer | warm     | entry      | Agent 2 |
        | transfer | warm     | entry      | Agent 3 |
        | transfer | warm     | exit       | Agent 2 |
        | transfer | warm     | exit       | Agent 3 |
        | transfer | NA       | exit       | Agent 1 |
        | end      |          |            | Agent 1 |
      Then the tenant has accepted every event

    @smoke
    Example: Agents whose identities begin alike
      Given all values are plain
      And a voice conversation answered by Agent 1
      When Agent 10 joins as a consultant
      Then the tenant has accepted every event

    Example: A consultant leaves last
      Given a voice conversation answered by Agent 1
      When Agent 2 joins as a consultant
      And Agent 3 joins as a consultant
      And Agent 1 leaves while others stay
      And Agent 2 leaves while others stay
      And Agent 3 ends the call
      Then the tenant has accepted every event

    Example: A consultant and the inviting agent leave and join again
      Given a chat conversation answered by Agent 1
      When Agent 2 joins as a consultant
      And Agent 2 leaves while others stay
      And Agent 2 joins as a consultant
      And Agent 1 leaves while others stay
      And Agent 1 joins as a consultant
      Then the tenant has accepted every event

    Example: A warm transfer is followed by a cold one
      Given a voice conversation answered by Agent 1
      When Agent 2 joins as a consultant
      And Agent 1 leaves while others stay
      And Agent 2 hands the call over to Agent 3
      Then the tenant has accepted every event

    Example: A warm transfer follows a cold one
      Given a voice conversation answered by Agent 1
      When Agent 1 hands the call over to Agent 2
      And Agent 3 joins as a consultant
      Then the tenant has accepted every event

    Example: A consultant who has taken over invites another one
      Given a voice conversation answered by Agent 1
      When Agent 2 joins as a consultant
      And Agent 1 leaves while others stay
      And Agent 3 joins as a consultant
      Then the tenant has accepted every event

    Example: All agents and the customer talk
      Given a chat conversation answered by Agent 1
      When Agent 2 joins as a consultant
      And the customer says "Who of you can help me?"
      And Agent 2 says "I can"
      And Agent 1 says "My colleague will take over"
      And Agent 1 leaves while others stay
      Then the tenant has accepted every event
