@HOOKS-SEQ-15
Feature: Simultaneous conversations
  The conversationId is the key of a conversation: what happens in one does not show in another.
  Source: Webhook API for Conversation Events, "Request Body", conversationId.

  Rule: Conversations that run at the same time do not disturb each other

    @smoke
    Example: A call and a chat of the same agent take turns
      Given these conversations at the same time:
        | experience | flow                         |
        | voice      | the minimum conversation     |
        | chat       | a conversation with messages |
      When they take turns, event by event
      Then the tenant has accepted every event

    Example: More than forty conversations of the same agents are open at the same time
      Given these conversations at the same time:
        | number | experience | flow                         |
        | 2      | chat       | a conversation with messages |
        | 1      | voice      | the cold transfer flow       |
        | 1      | chat       | the warm transfer flow       |
        | 1      | voice      | the warm transfer flow       |
        | 1      | voice      | the redial flow              |
        | 1      | chat       | the redial flow              |
        | 1      | voice      | the minimum conversation     |
        | 1      | chat       | the minimum conversation     |
        | 15     | voice      | only its first event         |
        | 10     | chat       | only its first event         |
      And two voice conversations whose ids differ in case only
      And two chat conversations whose ids differ in length only
      And two voice conversations whose ids differ in punctuation only
      And two chat conversations whose ids differ in their last character only
      And two voice conversations whose ids differ in the last of many digits only
      When the next event of each is sent, 12 at a time
      And the next event of each is sent, one after the other
      And they all go on to their end, 12 at a time
      Then the tenant has accepted every event
