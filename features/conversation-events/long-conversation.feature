Feature: Long conversations
  What the documents allow once may happen again: no document limits the agents, transfers, redials or messages of a
  conversation.
  Source: Webhook API for Conversation Events, "Cold Transfer Flow", "Warm Transfer Flow", "Abrupt Conversation End (Redial)"
  and "Request Body".

  @HOOKS-SEQ-14 @HOOKS-SEQ-13 @HOOKS-RDL-01 @HOOKS-MSG-04
  Rule: The steps of a conversation may be repeated as often as it takes

    Example: A call of 83 events: six agents at the same time, six who come back, seven handovers, three redials
      Given a voice conversation answered by Agent 1
      When the customer and Agent 1 talk, 16 messages in all
      And Agent 2 joins as a consultant
      And Agent 3 joins as a consultant
      And the customer and Agent 3 talk, 2 messages in all
      And Agent 10 joins as a consultant
      And Agent 11 joins as a consultant
      And Agent 12 joins as a consultant
      And Agent 12 leaves while others stay
      And Agent 12 joins as a consultant
      And Agent 3 leaves while others stay
      And the customer and Agent 12 talk, 2 messages in all
      And Agent 11 leaves while others stay
      And Agent 4 joins as a consultant
      And Agent 4 leaves while others stay
      And Agent 2 leaves while others stay
      And Agent 12 leaves while others stay
      And Agent 1 leaves while others stay
      And Agent 2 joins as a consultant
      And Agent 5 joins as a consultant
      And Agent 5 leaves while others stay
      And Agent 2 leaves while others stay
      And the customer and Agent 10 talk, 2 messages in all
      And Agent 2 joins as a consultant
      And the customer and Agent 2 talk, 2 messages in all
      And Agent 2 leaves while others stay
      And Agent 10 hands the call over to Agent 11
      And the customer and Agent 11 talk, 2 messages in all
      And Agent 11 hands the call over to Agent 12
      And Agent 6 joins as a consultant
      And the customer and Agent 6 talk, 2 messages in all
      And Agent 6 leaves while others stay
      And Agent 12 hands the call over to Agent 1
      And Agent 12 joins as a consultant
      And Agent 12 leaves while others stay
      And Agent 1 hands the call over to Agent 7
      And Agent 2 joins as a consultant
      And Agent 2 leaves while others stay
      And Agent 7 hands the call over to Agent 1
      And Agent 1 hands the call over to Agent 5
      And the call drops
      And Agent 5 redials
      And Agent 2 joins as a consultant
      And Agent 2 leaves while others stay
      And the call drops
      And Agent 5 redials
      And Agent 8 joins as a consultant
      And Agent 8 leaves while others stay
      And the call drops
      And 5 seconds pass
      And a summary is requested
      And Agent 5 redials
      And Agent 5 hands the call over to Agent 9
      And the customer and Agent 9 talk, 4 messages in all
      And Agent 9 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event
