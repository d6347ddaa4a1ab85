@HOOKS-ERR-02
Feature: Refused requests
  A request that breaks a documented requirement should be refused with a reason, so that the sender of it notices.
  Source: the field tables of all documents; that the tenant refuses is good practice, stated nowhere.

  The wrong requests come one after the other, at the same place of a conversation; then the same request comes as it should be.
  Only when that one is accepted do the refusals before it say something. Which defects a field can have follows from what is
  documented of it: docs/defects.md lists them.

  Rule: Every field of the envelope, of an event and of a message is there, and is what is documented

    Scenario Outline: A wrong field in <request>
      Given a voice conversation that is ready for <request>
      When <request> is sent with each of its fields wrong in turn
      Then the tenant refuses each, and accepts it once put right

      Examples:
        | request                      |
        | an entry event               |
        | an exit event                |
        | a redial                     |
        | a summary trigger            |
        | an end-of-conversation event |

    Scenario Outline: A wrong field in <request>, in a chat
      Given a chat conversation that is ready for <request>
      When <request> is sent with each of its fields wrong in turn
      Then the tenant refuses each, and accepts it once put right

      Examples:
        | request          |
        | a user message   |
        | an agent message |

    @smoke
    Scenario: An event with a name that no document has
      Given a voice conversation
      When an entry event is sent with name set to "CONVERSATION_STARTED"
      Then the tenant refuses it, and accepts it once put right

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
        | a second event that has no name                |
        | a second event that has no participant         |
        | a message beside it that has no language       |
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
