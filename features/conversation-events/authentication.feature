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

    Scenario Outline: <what> with <token>
      Given a voice conversation that is ready for <what>
      When <what> is sent with <token>
      Then the tenant refuses it, and accepts it once put right

      Examples: the first event of a conversation
        | what           | token                            |
        | an entry event | no token                         |
        | an entry event | an empty token                   |
        | an entry event | a text that is no token          |
        | an entry event | a token signed with another secret |
        | an entry event | a token whose content was changed |

      Examples: later requests of a conversation
        | what                     | token                            |
        | a user message           | no token                         |
        | a summary trigger        | a token signed with another secret |
        | an end-of-conversation event | no token                     |
        | an end-of-conversation event | a token signed with another secret |

  @HOOKS-AUTH-03
  Rule: A JWT that is expired, unsigned or for another app should be refused

    Scenario Outline: The first event with <token>
      Given a voice conversation
      When an entry event is sent with <token>
      Then the tenant refuses it, and accepts it once put right

      Examples:
        | token                   |
        | an expired token        |
        | an unsigned token       |
        | a token for another app |
