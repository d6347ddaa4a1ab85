@HOOKS-ERR-02
Feature: Refused requests
  A request that breaks a documented requirement should be refused with a reason, so that the sender of it notices.
  Source: the field tables of all documents; that the tenant refuses is good practice, stated nowhere.

  Every request that is refused here is sent a second time with its one fault put right: only when that one is
  accepted does the refusal say something about the fault.

  Rule: The envelope is complete

    Scenario Outline: An entry event with <field> <defect>
      Given a voice conversation
      When an entry event is sent with <field> <defect>
      Then the tenant refuses it, and accepts it once put right

      Examples:
        | field          | defect            |
        | conversationId | left out          |
        | conversationId | empty             |
        | conversationId | of the wrong type |
        | botId          | left out          |
        | botId          | empty             |
        | botId          | of the wrong type |
        | events         | left out          |
        | events         | empty             |
        | events         | of the wrong type |
        | name           | left out          |
        | name           | empty             |
        | name           | of the wrong type |
        | name           | set to "INTERNAL_TRANSFER" |
        | name           | set to "CONVERSATION_STARTED" |

  Rule: A transfer event is complete

    Scenario Outline: An entry event with <field> <defect>
      Given a voice conversation
      When an entry event is sent with <field> <defect>
      Then the tenant refuses it, and accepts it once put right

      Examples:
        | field                | defect             |
        | transfertype         | left out           |
        | transfertype         | empty              |
        | transfertype         | of the wrong type  |
        | transfertype         | set to "LUKEWARM"  |
        | transition           | left out           |
        | transition           | empty              |
        | transition           | of the wrong type  |
        | transition           | set to "pause"     |
        | isExtAD              | left out           |
        | isExtAD              | empty              |
        | isExtAD              | of the wrong type  |
        | isExtAD              | set to "perhaps"   |
        | experience           | left out           |
        | experience           | empty              |
        | experience           | of the wrong type  |
        | experience           | set to "email"     |
        | participant          | left out           |
        | participant          | empty              |
        | participant          | of the wrong type  |
        | participant.identity | left out           |
        | participant.identity | empty              |
        | participant.identity | of the wrong type  |
        | participant.name     | left out           |
        | participant.name     | empty              |
        | participant.name     | of the wrong type  |
        | participant.type     | left out           |
        | participant.type     | empty              |
        | participant.type     | of the wrong type  |

    Scenario Outline: An exit event with <field> <defect>
      Given a voice conversation that is ready for an exit event
      When an exit event is sent with <field> <defect>
      Then the tenant refuses it, and accepts it once put right

      Examples:
        | field                | defect            |
        | transfertype         | set to "LUKEWARM" |
        | transition           | left out          |
        | participant.identity | left out          |

  Rule: A summary trigger is complete

    Scenario Outline: A summary trigger with <field> <defect>
      Given a voice conversation that is ready for a summary trigger
      When a summary trigger is sent with <field> <defect>
      Then the tenant refuses it, and accepts it once put right

      Examples:
        | field         | defect            |
        | data          | left out          |
        | data          | empty             |
        | data          | of the wrong type |
        | data.language | left out          |
        | data.language | empty             |
        | data.language | of the wrong type |
        | data.locale   | left out          |
        | data.locale   | empty             |
        | data.locale   | of the wrong type |
        | data.type     | left out          |
        | data.type     | empty             |
        | data.type     | of the wrong type |

  Rule: An end of conversation is complete

    Scenario Outline: An end-of-conversation event with <field> <defect>
      Given a voice conversation that is ready for an end-of-conversation event
      When an end-of-conversation event is sent with <field> <defect>
      Then the tenant refuses it, and accepts it once put right

      Examples:
        | field                | defect            |
        | reason               | left out          |
        | reason               | empty             |
        | reason               | of the wrong type |
        | language             | left out          |
        | language             | empty             |
        | language             | of the wrong type |
        | experience           | left out          |
        | experience           | empty             |
        | experience           | of the wrong type |
        | experience           | set to "email"    |
        | participant          | left out          |
        | participant          | empty             |
        | participant          | of the wrong type |
        | participant.identity | left out          |
        | participant.identity | empty             |
        | participant.identity | of the wrong type |
        | participant.name     | left out          |
        | participant.name     | empty             |
        | participant.name     | of the wrong type |
        | participant.type     | left out          |
        | participant.type     | empty             |
        | participant.type     | of the wrong type |

  Rule: A message is complete

    Scenario Outline: A user message with <field> <defect>
      Given a chat conversation that is ready for a user message
      When a user message is sent with <field> <defect>
      Then the tenant refuses it, and accepts it once put right

      Examples:
        | field            | defect            |
        | query            | left out          |
        | query            | empty             |
        | query            | of the wrong type |
        | agentId          | left out          |
        | agentId          | empty             |
        | agentId          | of the wrong type |
        | experience       | left out          |
        | experience       | empty             |
        | experience       | of the wrong type |
        | experience       | set to "email"    |
        | author           | left out          |
        | author           | empty             |
        | author           | of the wrong type |
        | author.type      | left out          |
        | author.type      | empty             |
        | author.type      | of the wrong type |
        | author.type      | set to "BOT"      |
        | source           | left out          |
        | source           | empty             |
        | source           | of the wrong type |
        | sendUserMessage  | left out          |
        | sendUserMessage  | empty             |
        | sendUserMessage  | of the wrong type |
        | sendAgentMessage | left out          |
        | sendAgentMessage | empty             |
        | sendAgentMessage | of the wrong type |
        | language         | left out          |
        | language         | empty             |
        | language         | of the wrong type |

  Rule: The request is a POST of JSON

    Scenario Outline: An entry event with <malformation>
      Given a voice conversation
      When an entry event is sent with <malformation>
      Then the tenant refuses it, and accepts it once put right

      Examples:
        | malformation                                   |
        | its body cut off in the middle                 |
        | an empty body                                  |
        | a text as its body                             |
        | a JSON list as its body                        |
        | content type text/plain                        |
        | content type application/x-www-form-urlencoded |
        | content type application/xml                   |
        | an empty content type                          |
        | method GET                                     |
        | method PUT                                     |
        | method PATCH                                   |
        | method DELETE                                  |

    Scenario Outline: A summary trigger with <malformation>
      Given a voice conversation that is ready for a summary trigger
      When a summary trigger is sent with <malformation>
      Then the tenant refuses it, and accepts it once put right

      Examples:
        | malformation                   |
        | its body cut off in the middle |
        | content type text/plain        |
        | method PUT                     |
