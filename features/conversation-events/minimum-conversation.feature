Feature: First agent and minimum conversation
  A conversation begins when the first agent accepts it, and ends with the last agent's exit and the end of
  conversation.
  Source: Webhook API for Conversation Events, "No Transfer" and "Standard Conversation Flow".

  @HOOKS-SEQ-04
  Rule: The minimum conversation is accepted

    @smoke
    Scenario Outline: One agent takes a <experience> conversation and ends it
      Given a <experience> conversation
      When Agent 1 answers the conversation
      And Agent 1 leaves as the last one
      And the conversation ends
      Then the tenant has accepted every event

      Examples:
        | experience |
        | voice      |
        | chat       |

    Example: The same agent takes one conversation after the other
      Given a voice conversation answered by Agent 1
      And Agent 1 ends the call
      And a chat conversation answered by Agent 1
      When Agent 1 ends the chat
      Then the tenant has accepted every event

  @HOOKS-SUM-05
  Rule: A conversation without a summary trigger is accepted

    @smoke
    Example: Nobody asks for a summary of what was said
      Given a chat conversation answered by Agent 1
      When the customer says "Is it open today?"
      And Agent 1 ends the chat
      Then the tenant has accepted every event
