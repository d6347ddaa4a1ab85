@HOOKS-SEQ-15
Feature: Simultaneous conversations
  The conversationId is the key of a conversation: what happens in one does not show in another.
  Source: Webhook API for Conversation Events, "Request Body", conversationId.

  Rule: Conversations that run at the same time do not disturb each other

    Example: Four flows with the same agents take turns
      Given these conversations at the same time:
        | experience | flow                     |
        | voice      | the cold transfer flow   |
        | chat       | the warm transfer flow   |
        | voice      | the minimum conversation |
        | voice      | the redial flow          |
      When they take turns, event by event
      Then the tenant has accepted every event

    Example: One conversation ends while the same agent is in another
      Given a voice conversation answered by Agent 1
      And a chat conversation answered by Agent 1
      When the customer says "Hello"
      And Agent 1 ends the chat
      And the other conversation goes on
      And the customer says "Are you still there?"
      And Agent 1 hands the call over to Agent 2
      And Agent 2 ends the call
      Then the tenant has accepted every event

    Scenario Outline: Two conversations whose ids differ in <difference> only
      Given two voice conversations whose ids differ in <difference> only
      When they take turns, event by event
      Then the tenant has accepted every event

      Examples:
        | difference           |
        | case                 |
        | length               |
        | punctuation          |
        | their last character |

    Example: Twelve conversations at once
      Given these conversations at the same time:
        | experience | flow                     |
        | voice      | the cold transfer flow   |
        | chat       | the cold transfer flow   |
        | voice      | the cold transfer flow   |
        | voice      | the warm transfer flow   |
        | chat       | the warm transfer flow   |
        | voice      | the warm transfer flow   |
        | voice      | the redial flow          |
        | voice      | the redial flow          |
        | voice      | the redial flow          |
        | chat       | the minimum conversation |
        | voice      | the minimum conversation |
        | chat       | the minimum conversation |
      When they all go on at once
      Then the tenant has accepted every event
