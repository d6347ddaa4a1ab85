Feature: Summary
  A trigger asks for the disposition summary, after the last agent's exit and before the end. More of other languages than English:
  languages.feature.
  Source: Webhook API for Conversation Events, "Trigger Summary Event".

  @HOOKS-SUM-01 @HOOKS-SUM-02 @HOOKS-SUM-03
  Rule: The summary has a language as it is displayed, the locale as its code, and its type

    @smoke
    Scenario Outline: The documented type in a <experience> conversation
      Given a <experience> conversation answered by Agent 1
      When Agent 1 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event

      Examples:
        | experience |
        | chat       |
        | voice      |

    Example: A call in English, summarised in another language
      Given the bot knows another language than English
      And a voice conversation answered by Agent 1
      When Agent 1 leaves as the last one
      And a summary is requested in that language
      And the conversation ends
      Then the tenant has accepted every event
