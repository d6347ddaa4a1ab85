Feature: Authentication
  A JWT authorises each request; it is signed with the secret of a client app.
  Source: Hooks API for Internal Transfers, "Header Parameters" and "Sending Transfer Events".

  Every request that is refused here is sent a second time with a valid token: only when that one is accepted
  does the refusal say something about the token.

  @HOOKS-AUTH-02
  Rule: The JWT carries the appId and is signed with the client secret

    Scenario Outline: A conversation with <token>
      Given requests carry <token>
      And a voice conversation answered by Agent 1
      When Agent 1 ends the call
      Then the tenant has accepted every event

      Examples:
        | token                              |
        | a valid token                      |
        | a token with nothing but the appId |

    Scenario Outline: A chat with a message and a summary, with <token>
      Given requests carry <token>
      And a chat conversation answered by Agent 1
      When the customer says "Price is too expensive"
      And Agent 1 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event

      Examples:
        | token                              |
        | a valid token                      |
        | a token with nothing but the appId |

    Example: One token for two conversations
      Given requests carry a valid token
      And these conversations at the same time:
        | experience | flow                     |
        | voice      | the minimum conversation |
        | chat       | the minimum conversation |
      When they take turns, event by event
      Then the tenant has accepted every event

  @HOOKS-AUTH-01
  Rule: Without a JWT whose signature verifies, a request is refused

    Scenario Outline: A <experience> conversation, each request of it first with <token>
      Given a <experience> conversation
      When every request of a conversation is first sent with <token>
      Then the tenant refuses each, and accepts each once put right

      Examples:
        | experience | token                              |
        | voice      | no token                           |
        | voice      | an empty token                     |
        | voice      | a text that is no token            |
        | voice      | a token signed with another secret |
        | voice      | a token signed with an empty secret |
        | voice      | a token whose content was changed  |
        | voice      | an unsigned token                  |
        | chat       | an unsigned token                  |
        | chat       | no token                           |
        | chat       | a token signed with another secret |

  @HOOKS-AUTH-03
  Rule: A JWT that is expired, for another app or without an appId should be refused

    Scenario Outline: A <experience> conversation, each request of it first with <token>
      Given a <experience> conversation
      When every request of a conversation is first sent with <token>
      Then the tenant refuses each, and accepts each once put right

      Examples:
        | experience | token                    |
        | chat       | an expired token         |
        | chat       | a token for another app  |
        | chat       | a token without an appId |
        | voice      | an expired token         |
        | voice      | a token for another app  |
        | voice      | a token without an appId |
