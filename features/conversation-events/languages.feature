Feature: Languages
  A conversation is held in a language that the bot knows, and each of its events names that language.
  Source: Webhook API for Conversation Events, "Request Body", "Internal Transfer Event", "Trigger Summary Event" and "End of
  Conversation Event".

  @HOOKS-XFER-06 @HOOKS-MSG-08 @HOOKS-SUM-01 @HOOKS-SUM-02 @HOOKS-EOC-03
  Rule: Agents, messages and the end name a language by its code, a summary by its name and its locale

    Scenario Outline: A conversation in <language>
      Given the bot knows the language "<code>"
      And a chat conversation
      When Agent 1 answers the chat in "<code>"
      And the customer says "Pizza" in "<code>"
      And Agent 1 leaves as the last one
      And a summary is requested in "<language>", locale <code>
      And the conversation ends in "<code>"
      Then the tenant has accepted every event

      Examples:
        | language   | code  |
        | French     | fr    |
        | Portuguese | pt-BR |
        | Japanese   | ja    |
        | Arabic     | ar    |
