Feature: Cold transfer
  One agent replaces another; one agent at most is active at a time.
  Source: Webhook API for Conversation Events and Hooks API for Internal Transfers, "Cold Transfer Flow".

  @HOOKS-SEQ-13
  Rule: The previous agent leaves before the next one joins

    Example: The documented flow, event by event
      Given a voice conversation
      When these events are sent:
        | event    | transfer | transition | agent   |
        | transfer | NA       | entry      | Agent 1 |
        | transfer | cold     | exit       | Agent 1 |
        | transfer | cold     | entry      | Agent 2 |
        | transfer | cold     | exit       | Agent 2 |
        | transfer | cold     | entry      | Agent 3 |
        | transfer | NA       | exit       | Agent 3 |
        | end      |          |            | Agent 3 |
      Then the tenant has accepted every event

    @smoke
    Example: A chat comes back to the first agent
      Given a chat conversation answered by Agent 1
      When Agent 1 hands the chat over to Agent 2
      And Agent 2 hands the chat over to Agent 1
      Then the tenant has accepted every event

    Example: Customer and agents talk between the handovers to five agents
      Given a chat conversation answered by Agent 1
      When the customer says "I want to cancel my contract"
      And Agent 1 hands the chat over to Agent 2
      And Agent 2 says "I am the right person for that"
      And Agent 2 hands the chat over to Agent 3
      And Agent 3 hands the chat over to Agent 4
      And Agent 4 hands the chat over to Agent 5
      And Agent 5 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event
