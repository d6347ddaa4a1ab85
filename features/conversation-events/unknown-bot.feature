Feature: Unknown bot
  A botId that the tenant does not know is an error of its own.
  Source: Webhook API for Conversation Events, "Responses", Error (Invalid botId).

  @HOOKS-ERR-01 @HOOKS-ERR-03
  Rule: An unknown botId is refused with the code 400 and says that the bot could not be found; the HTTP status should be 400

    Example: A call, each request of it first for an unknown bot
      Given a voice conversation
      When every request of a conversation is first sent with an unknown botId in the path and the body
      Then the tenant refuses each, and accepts each once put right

    @smoke
    Example: A short chat, each request of it first for an unknown bot
      Given a chat conversation
      When every request of a short conversation is first sent with an unknown botId in the path and the body
      Then the tenant refuses each, and accepts each once put right

  @HOOKS-ERR-04
  Rule: A botId that is unknown in the body alone should be refused

    @smoke
    Example: A short chat, each request of it first with an unknown botId in the body
      Given a chat conversation
      When every request of a short conversation is first sent with an unknown botId in the body only
      Then the tenant refuses each, and accepts each once put right
