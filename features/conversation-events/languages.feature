Feature: Languages
  A conversation is held in a language that the bot knows, and each of its events names that language.
  Source: Webhook API for Conversation Events, "Request Body", "Internal Transfer Event", "Trigger Summary Event" and "End of
  Conversation Event".

  @HOOKS-XFER-06 @HOOKS-MSG-08 @HOOKS-SUM-01 @HOOKS-SUM-02 @HOOKS-EOC-03
  Rule: Agents, messages and the end name a language by its code, a summary by its name and its locale

    Scenario Outline: A conversation in <language>
      Given the bot knows <language>
      And a chat conversation
      When Agent 1 answers the chat in that language
      And the customer says "Pizza" in that language
      And Agent 1 leaves as the last one
      And a summary is requested in that language
      And the conversation ends in that language
      Then the tenant has accepted every event

      Examples: Each in the first language of its kind that the profile names
        | language                              |
        | a language of Latin letters           |
        | a language with its region            |
        | a language of other letters           |
        | a language written from right to left |

    Example: A chat that begins in English and ends in another language, during a call in English
      Given the bot knows another language than English
      And a voice conversation answered by Agent 2
      And a chat conversation answered by Agent 1
      When Agent 1 says "Pizza" in that language
      And Agent 1 leaves as the last one
      And a summary is requested in that language
      And the conversation ends in that language
      Then the tenant has accepted every event
