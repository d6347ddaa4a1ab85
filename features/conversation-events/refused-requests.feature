@HOOKS-ERR-02
Feature: Refused requests
  A request that breaks a documented requirement should be refused with a reason, so that the sender of it notices.
  Source: the field tables of all documents; that the tenant refuses is good practice, stated nowhere.

  The wrong requests come one after the other, at the same place of a conversation; then the same request comes as it should be.
  Only when that one is accepted do the refusals before it say something. Which defects a field can have follows from what is
  documented of it: docs/defects.md lists them.

  Rule: Every field of the envelope, of an event and of a message is there, and is what is documented

    Scenario Outline: A wrong field in the <part> of <request>
      Given a voice conversation that is ready for <request>
      When <request> is sent with each field of the <part> wrong in turn
      Then the tenant refuses each, and accepts it once put right

      Examples: Transfer events
        | request        | part        |
        | an entry event | envelope    |
        | an entry event | event       |
        | an entry event | participant |
        | an exit event  | event       |
        | an exit event  | participant |
        | a redial       | event       |

      Examples: Summary and end
        | request                      | part        |
        | a summary trigger            | event       |
        | a summary trigger            | data        |
        | an end-of-conversation event | envelope    |
        | an end-of-conversation event | event       |
        | an end-of-conversation event | participant |

    Scenario Outline: A wrong field in the <part> of <request>, in a chat
      Given a chat conversation that is ready for <request>
      When <request> is sent with each field of the <part> wrong in turn
      Then the tenant refuses each, and accepts it once put right

      Examples: Messages
        | request          | part     |
        | a user message   | envelope |
        | a user message   | message  |
        | a user message   | author   |
        | an agent message | message  |

    Scenario Outline: An event with the name "<name>"
      Given a voice conversation
      When an entry event is sent with name set to "<name>"
      Then the tenant refuses it, and accepts it once put right

      Examples:
        | name                 |
        | INTERNAL_TRANSFER    |
        | CONVERSATION_STARTED |

  Rule: The request is a POST of JSON

    Scenario: An entry event in another form
      Given a voice conversation
      When an entry event is sent in each of these forms:
        | form                                           |
        | its body cut off in the middle                 |
        | its body twice                                 |
        | a comma too many in its body                   |
        | an empty body                                  |
        | a text as its body                             |
        | a JSON text as its body                        |
        | a JSON list as its body                        |
        | null as its body                               |
        | content type text/plain                        |
        | content type application/x-www-form-urlencoded |
        | content type application/xml                   |
        | an empty content type                          |
        | method GET                                     |
        | method PUT                                     |
        | method PATCH                                   |
        | method DELETE                                  |
      Then the tenant refuses each, and accepts it once put right

    Scenario: A summary trigger in another form
      Given a voice conversation that is ready for a summary trigger
      When a summary trigger is sent in each of these forms:
        | form                           |
        | its body cut off in the middle |
        | content type text/plain        |
        | method PUT                     |
      Then the tenant refuses each, and accepts it once put right
