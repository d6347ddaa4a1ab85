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

    Example: The customer says a lot at once
      Given a voice conversation answered by Agent 1
      When the customer says "I have been with you for eleven years now and in all that time I never had to call twice, but since you moved me to the new plan in March every bill has been wrong, I was told three times that it would be put right, I have the names of everybody I talked to, and I would like to know from you today who is going to pay back what was taken too much."
      Then the tenant has accepted every event

    Example: The customer says the same thing twice
      Given a chat conversation answered by Agent 1
      When the customer says "Hello?"
      And the customer says "Hello?"
      Then the tenant has accepted every event

  @HOOKS-MSG-02
  Rule: The agentId names the agent of the message

    Example: Agents speak one after the other, and the customer with each of them
      Given a chat conversation answered by Agent 1
      When Agent 1 says "How can I help you?"
      And the customer says "I have two questions"
      And Agent 1 hands the chat over to Agent 2
      And Agent 2 says "What is the second one?"
      And the customer says "It is about my bill"
      And Agent 2 hands the chat over to Agent 3
      And Agent 3 says "I have your bill before me"
      Then the tenant has accepted every event

    Example: Agents who are there at the same time speak in turns
      Given a chat conversation answered by Agent 1
      When Agent 2 joins as a consultant
      And Agent 2 says "I know this contract"
      And Agent 1 says "Can it be cancelled?"
      And Agent 2 says "By the end of the month"
      Then the tenant has accepted every event

  @HOOKS-MSG-12
  Rule: A message names its experience

    Example: The customer and the agent, each with the experience of the conversation
      Given a chat conversation answered by Agent 1
      When the customer says "Good morning"
      And Agent 1 says "What can I do for you?"
      Then the tenant has accepted every event

  @HOOKS-MSG-03
  Rule: The experience should be accepted as chat and as voice

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

    Example: A dialogue in which nobody waits for the other
      Given a voice conversation answered by Agent 1
      When Agent 1 says "Good morning"
      And the customer says "I lost my card"
      And the customer says "It was yesterday"
      And Agent 1 says "I have blocked it"
      And Agent 1 says "A new one is on its way"
      And the customer says "Thank you"
      Then the tenant has accepted every event

  @HOOKS-MSG-05
  Rule: The source names the platform of the message

    Scenario Outline: A message over <platform>
      Given a chat conversation answered by Agent 1
      When the customer says "Hello" over "<platform>"
      Then the tenant has accepted every event

      Examples:
        | platform |
        | genesys  |

  @HOOKS-MSG-11
  Rule: A platform other than the one of the examples should be accepted

    Scenario Outline: A message over <platform>
      Given a chat conversation answered by Agent 1
      When the customer says "Hello" over "<platform>"
      Then the tenant has accepted every event

      Examples:
        | platform      |
        | nice          |
        | amazonconnect |

  @HOOKS-MSG-06
  Rule: sendUserMessage says that a message of the user is sent

    Example: It is true for the customer's message and false for the agent's
      Given a chat conversation answered by Agent 1
      When the customer says "Is my order on its way?"
      And Agent 1 says "It will arrive tomorrow"
      Then the tenant has accepted every event

  @HOOKS-MSG-07
  Rule: sendAgentMessage says that a message of the agent is sent

    Example: It is true for the agent's message and false for the customer's
      Given a chat conversation answered by Agent 1
      When Agent 1 says "Is there anything else?"
      And the customer says "No, that was all"
      Then the tenant has accepted every event

  @HOOKS-MSG-08
  Rule: The language of the message is named

    Scenario Outline: A message in <language>
      Given the bot knows the language "<language>"
      And a chat conversation answered by Agent 1
      When the customer says "Pizza" in "<language>"
      Then the tenant has accepted every event

      Examples:
        | language |
        | en       |
        | it       |
        | pt-BR    |

    Example: The customer changes the language
      Given the bot knows the language "de"
      And a chat conversation answered by Agent 1
      When the customer says "Good morning" in "en"
      And the customer says "Grüezi mitenand" in "de"
      Then the tenant has accepted every event

  @HOOKS-MSG-10
  Rule: A message and events may share one body

    Example: The first agent's entry comes with the customer's first message
      Given a chat conversation
      When Agent 1 answers in the request in which the customer says "Is anybody there?"
      Then the tenant has accepted every event
