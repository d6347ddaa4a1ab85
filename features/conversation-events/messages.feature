Feature: User and agent messages
  What customer and agents say is passed on, a message a request.
  Source: Webhook API for Conversation Events, "Request Body".

  @HOOKS-MSG-01
  Rule: The query is the text of the message

    @smoke
    Example: The customer says all kinds of things, one of them twice
      Given a chat conversation answered by Agent 1
      When the customer says "Price is too expensive"
      And the customer says "?"
      And the customer says " a space before, and two behind  "
      And the customer says "Où est ma commande n° 7? 请帮忙 🙏"
      And the customer says "<b>5 > 3</b> & 'quotes' {and} \\backslash"
      And the customer says "I have been with you for eleven years now and in all that time I never had to call twice, but since you moved me to the new plan in March every bill has been wrong, I was told three times that it would be put right, I have the names of everybody I talked to, and I would like to know from you today who is going to pay back what was taken too much."
      And the customer says "Hello?"
      And the customer says "Hello?"
      Then the tenant has accepted every event

  @HOOKS-MSG-02
  Rule: The agentId names the agent of the message

    @smoke
    Example: Agents who are there at the same time speak in turns, and so does one who comes later
      Given a chat conversation answered by Agent 1
      When Agent 1 says "How can I help you?"
      And Agent 2 joins as a consultant
      And Agent 2 says "I know this contract"
      And Agent 1 says "Can it be cancelled?"
      And the customer says "By the end of the month, please"
      And Agent 1 leaves while others stay
      And Agent 2 hands the chat over to Agent 3
      And Agent 3 says "I have your bill before me"
      Then the tenant has accepted every event

  @HOOKS-MSG-12 @HOOKS-MSG-05 @HOOKS-MSG-06 @HOOKS-MSG-07 @HOOKS-MSG-08
  Rule: A message names its experience, platform and language, and says by sendUserMessage and sendAgentMessage whose it is

    @smoke
    Example: One of the customer and one of the agent, in a chat over genesys
      Given a chat conversation answered by Agent 1
      When the customer says "Is my order on its way?"
      And Agent 1 says "It will arrive tomorrow"
      Then the tenant has accepted every event

  @HOOKS-MSG-03
  Rule: The experience should be accepted as chat and as voice

    @smoke
    Scenario Outline: Messages in a <experience> conversation
      Given a <experience> conversation answered by Agent 1
      When the customer says "Hello"
      And Agent 1 says "Good morning"
      Then the tenant has accepted every event

      Examples:
        | experience |
        | chat       |
        | voice      |

  @HOOKS-MSG-04
  Rule: The author of a message is the user or the agent

    @smoke
    Example: A dialogue in which nobody waits for the other
      Given a voice conversation answered by Agent 1
      When Agent 1 says "Good morning"
      And the customer says "I lost my card"
      And the customer says "It was yesterday"
      And Agent 1 says "I have blocked it"
      And Agent 1 says "A new one is on its way"
      Then the tenant has accepted every event

  @HOOKS-MSG-11
  Rule: A platform other than the one of the examples should be accepted

    @smoke
    Example: Messages over two other platforms
      Given a chat conversation answered by Agent 1
      When the customer says "Hello" over "nice"
      And the customer says "Hello again" over "amazonconnect"
      Then the tenant has accepted every event

  @HOOKS-MSG-08
  Rule: Each message names its own language

    Example: The customer changes the language
      Given the bot knows another language than English
      And a chat conversation answered by Agent 1
      When the customer says "OK" in "en"
      And the customer says "OK" in that language
      Then the tenant has accepted every event

  @HOOKS-MSG-10
  Rule: A message and events may share one body

    @smoke
    Example: The first agent's entry comes with the customer's first message
      Given a chat conversation
      When Agent 1 answers in the request in which the customer says "Is anybody there?"
      Then the tenant has accepted every event
