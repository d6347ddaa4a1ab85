Feature: Summary
  A trigger asks for the disposition summary, after the last agent's exit and before the end.
  Source: Webhook API for Conversation Events, "Trigger Summary Event".

  @HOOKS-SUM-01
  Rule: The language of the summary is named as it is displayed

    Scenario Outline: A summary in <language>
      Given the bot knows the locale <locale>
      And a voice conversation answered by Agent 1
      When Agent 1 leaves as the last one
      And a summary is requested in "<language>", locale <locale>
      And the conversation ends
      Then the tenant has accepted every event

      Examples:
        | language | locale |
        | English  | en     |
        | French   | fr     |
        | German   | de     |
        | Spanish  | es     |
        | Japanese | ja     |

  @HOOKS-SUM-02
  Rule: The locale of the summary is named by its code

    Scenario Outline: A summary for locale <locale>
      Given the bot knows the locale <locale>
      And a chat conversation answered by Agent 1
      When Agent 1 leaves as the last one
      And a summary is requested in "<language>", locale <locale>
      And the conversation ends
      Then the tenant has accepted every event

      Examples:
        | language   | locale |
        | English    | en     |
        | English    | en-GB  |
        | Portuguese | pt-BR  |
        | Arabic     | ar     |

  @HOOKS-SUM-03
  Rule: The type of the summary is named

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
