Feature: Answers
  Whatever a conversation consists of, each of its requests is answered alike.
  Source: Webhook API for Conversation Events, "Responses".

  @HOOKS-EP-03 @HOOKS-RESP-01 @HOOKS-RESP-02
  Rule: Every kind of event should be accepted at the same endpoint, and answered alike

    @smoke
    Example: A call with all that the documents know
      Given the tenant has one path for all events
      And a voice conversation answered by Agent 1
      When the customer says "I want to cancel my contract"
      And Agent 1 says "Let me ask a colleague"
      And Agent 2 joins as a consultant
      And Agent 2 leaves while others stay
      And Agent 1 hands the call over to Agent 2
      And the call drops
      And Agent 2 redials
      And Agent 2 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event

  @HOOKS-RESP-01 @HOOKS-RESP-02
  Rule: Every kind of request is answered with HTTP 200 and one of the documented bodies

    Example: A chat
      Given a chat conversation answered by Agent 1
      When the customer says "I want to cancel my contract"
      And Agent 1 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event
