Feature: Unknown bot
  A botId that the tenant does not know is an error of its own.
  Source: Webhook API for Conversation Events, "Responses", Error (Invalid botId).

  @HOOKS-ERR-01
  Rule: An unknown botId is answered with 400 and says that the bot could not be found

    Scenario Outline: A <experience> conversation, each request of it first for an unknown bot
      Given a <experience> conversation
      When every request of a conversation is first sent with an unknown botId in the path and the body
      Then the tenant refuses each, and accepts each once put right

      Examples:
        | experience |
        | voice      |
        | chat       |
