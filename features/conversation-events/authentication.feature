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

  @HOOKS-AUTH-01
  Rule: Without a JWT whose signature verifies, a request is refused

    Scenario Outline: A conversation, each request of it first with <token>
      Given a voice conversation
      When every request of a conversation is first sent with <token>
      Then the tenant refuses each, and accepts each once put right

      Examples:
        | token                              |
        | no token                           |
        | an empty token                     |
        | a text that is no token            |
        | a token signed with another secret |
        | a token whose content was changed  |

  @HOOKS-AUTH-03
  Rule: A JWT that is expired, unsigned or for another app should be refused

    Scenario Outline: A conversation, each request of it first with <token>
      Given a chat conversation
      When every request of a conversation is first sent with <token>
      Then the tenant refuses each, and accepts each once put right

      Examples:
        | token                   |
        | an expired token        |
        | an unsigned token       |
        | a token for another app |
