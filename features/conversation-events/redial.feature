Feature: Redial
  A call that drops is taken up again under the same conversationId.
  Source: Webhook API for Conversation Events, "Abrupt Conversation End (Redial)" and "Redial Scenario".

  @HOOKS-RDL-01
  Rule: After a drop the agent exits, redials, and exits for good

    @smoke
    Example: Customer and agent talk before the drop and after the redial
      Given a voice conversation answered by Agent 1
      When the customer says "I am in the train"
      And the call drops
      And Agent 1 redials
      And Agent 1 says "Where were we?"
      Then the tenant has accepted every event

    Example: The call drops after a cold transfer
      Given a voice conversation answered by Agent 1
      When Agent 1 hands the call over to Agent 2
      And the call drops
      And Agent 2 redials
      Then the tenant has accepted every event

    Example: The call drops after a warm transfer
      Given a voice conversation answered by Agent 1
      When Agent 2 joins as a consultant
      And Agent 1 leaves while others stay
      And the call drops
      And Agent 2 redials
      Then the tenant has accepted every event

    Example: The documented sequence, event by event
      Given a voice conversation
      When these events are sent:
        | event    | transfer | transition | agent   |
        | transfer | NA       | entry      | Agent 1 |
        | transfer | NA       | exit       | Agent 1 |
        | transfer | redial   | entry      | Agent 1 |
        | transfer | NA       | exit       | Agent 1 |
        | summary  |          |            |         |
        | end      |          |            | Agent 1 |
      Then the tenant has accepted every event

  @HOOKS-RDL-07
  Rule: A conversation that was taken up by redial should be accepted without a summary

    @smoke
    Example: A dropped call is taken up again, without a summary
      Given a voice conversation answered by Agent 1
      When the call drops
      And Agent 1 redials
      And Agent 1 ends the call
      Then the tenant has accepted every event

  @HOOKS-RDL-04
  Rule: A redial that opens a conversation should be accepted

    @smoke
    Example: An agent calls two customers back without a prior conversation, one after the other
      Given a voice conversation
      And Agent 1 calls the customer back
      And the customer says "Thank you for calling back"
      And Agent 1 leaves as the last one
      And a summary is requested
      And the conversation ends
      And a voice conversation
      When Agent 1 calls the customer back
      And Agent 2 joins as a consultant
      Then the tenant has accepted every event

  @HOOKS-RDL-06
  Rule: A redial straight after the first entry should be accepted: the drop was not reported

    Example: The short form of the flow list
      Given a voice conversation answered by Agent 1
      When Agent 1 redials
      And Agent 1 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event

    @smoke
    Example: The short form in a chat
      Given a chat conversation answered by Agent 1
      When Agent 1 redials
      Then the tenant has accepted every event
