Feature: User and agent messages
  What customer and agents say is passed on, a message a request.
  Source: Webhook API for Conversation Events, "Request Body".

  @HOOKS-MSG-01
  Rule: The query is the text of the message

    Scenario Outline: The customer says "<text>"
      Given a chat conversation answered by Agent 1
      When the customer says "<text>"
      Then the tenant has accepted every event

      Examples:
        | text                                      |
        | Price is too expensive                    |
        | ?                                         |
        | Où est ma commande n° 7? 请帮忙 🙏            |
        | <b>5 > 3</b> & 'quotes' {and} \\backslash |

  @HOOKS-MSG-02
  Rule: The agentId names the agent of the message

    Example: Two agents speak, and the customer with each of them
      Given a chat conversation answered by Agent 1
      When Agent 1 says "How can I help you?"
      And the customer says "I have two questions"
      And Agent 1 hands the chat over to Agent 2
      And Agent 2 says "What is the second one?"
      And the customer says "It is about my bill"
      Then the tenant has accepted every event

  @HOOKS-MSG-03
  Rule: The experience is chat or voice

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

    Example: A dialogue
      Given a voice conversation answered by Agent 1
      When the customer says "I lost my card"
      And Agent 1 says "I have blocked it"
      And the customer says "Thank you"
      Then the tenant has accepted every event

  @HOOKS-MSG-05
  Rule: The source names the platform of the message

    Scenario Outline: A message over <platform>
      Given a chat conversation answered by Agent 1
      When the customer says "Hello" over "<platform>"
      Then the tenant has accepted every event

      Examples:
        | platform      |
        | genesys       |
        | nice          |
        | amazonconnect |

  @HOOKS-MSG-06
  Rule: A flag says whether the message goes out as the user's

    Example: It is true for the customer's message and false for the agent's
      Given a chat conversation answered by Agent 1
      When the customer says "Is my order on its way?"
      And Agent 1 says "It will arrive tomorrow"
      Then the tenant has accepted every event

  @HOOKS-MSG-07
  Rule: A flag says whether the message goes out as the agent's

    Example: It is true for the agent's message and false for the customer's
      Given a chat conversation answered by Agent 1
      When Agent 1 says "Is there anything else?"
      And the customer says "No, that was all"
      Then the tenant has accepted every event

  @HOOKS-MSG-08
  Rule: The language of the message is named

    Scenario Outline: A message in <language>
      Given a chat conversation answered by Agent 1
      When the customer says "Pizza" in "<language>"
      Then the tenant has accepted every event

      Examples:
        | language |
        | en       |
        | it       |
        | pt-BR    |

  @HOOKS-MSG-10
  Rule: A message and events may share one body

    Example: The first agent's entry comes with the customer's first message
      Given a chat conversation
      When Agent 1 answers in the request in which the customer says "Is anybody there?"
      Then the tenant has accepted every event
