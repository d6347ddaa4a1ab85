Feature: Authentication
  A JWT authorises each request; it is signed with the secret of a client app.
  Source: Hooks API for Internal Transfers, "Header Parameters" and "Sending Transfer Events".

  Every request that is refused here is sent once more with a valid token: only when that one is accepted do the
  refusals say something about the tokens.

  @HOOKS-AUTH-02
  Rule: The JWT carries the appId and is signed with the client secret

    Scenario Outline: A conversation with <token>
      Given requests carry <token>
      And a voice conversation answered by Agent 1
      When Agent 1 ends the call
      Then the tenant has accepted every event

      Examples:
        | token                                    |
        | a valid token                            |
        | a token with nothing but the appId       |
        | a token with more claims than the appId  |
        | a token whose claims are in another order |
        | a token with white space in its JSON     |

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

    Scenario: Every request of a call, first without a token that verifies
      Given a voice conversation
      When every request of a conversation is first sent with each of these tokens:
        | token                               |
        | no token                            |
        | an empty token                      |
        | a text that is no token             |
        | a token signed with another secret  |
        | a token signed with an empty secret |
        | a token whose content was changed   |
        | an unsigned token                   |
      Then the tenant refuses each, and accepts each once put right

    Scenario: Every request of a chat, first without a token that verifies
      Given a chat conversation
      When every request of a short conversation is first sent with each of these tokens:
        | token                              |
        | no token                           |
        | a token signed with another secret |
        | an unsigned token                  |
      Then the tenant refuses each, and accepts each once put right

    Scenario: The requests of a call, first with a token that was tampered with
      Given a voice conversation
      When the requests of a conversation are first sent with these tokens in turn:
        | token                                                 |
        | a token signed with the client id                     |
        | a token signed with half of the client secret         |
        | a token that is cut off after its header              |
        | a token that is cut off after its claims              |
        | a token whose signature is empty                      |
        | a token whose signature is cut in half                |
        | a token whose signature is longer                     |
        | a token with one letter of its signature changed      |
        | a token with the signature of another token           |
        | a token whose header was changed                      |
        | an unsigned token with the algorithm None             |
        | an unsigned token with the algorithm NONE             |
        | an unsigned token with no algorithm                   |
        | an unsigned token with the signature of a valid one   |
        | a token that names HS512 over the signature of HS256  |
        | a token signed with an unknown RSA key                |
        | a token signed with an unknown elliptic-curve key     |
        | a token that brings its own public key                |
        | a token that brings its own secret                    |
        | a token that says where its key is                    |
        | a token whose key id is the path of an empty file     |
      Then the tenant refuses each, and accepts each once put right

  @HOOKS-AUTH-03
  Rule: A JWT that is expired or not valid yet, malformed, for another app or without an appId should be refused

    Scenario: Every request of a call, first with a token that does not fit
      Given a voice conversation
      When every request of a conversation is first sent with each of these tokens:
        | token                    |
        | an expired token         |
        | a token for another app  |
        | a token without an appId |
      Then the tenant refuses each, and accepts each once put right

    Scenario: Every request of a chat, first with a token that does not fit
      Given a chat conversation
      When every request of a short conversation is first sent with each of these tokens:
        | token                    |
        | an expired token         |
        | a token for another app  |
        | a token without an appId |
      Then the tenant refuses each, and accepts each once put right

    Scenario: The requests of a chat, first with a token that nearly fits
      Given a chat conversation
      When the requests of a conversation are first sent with these tokens in turn:
        | token                                        |
        | an expired token whose exp is a fraction     |
        | a token that is not valid yet                |
        | a token whose appId is null                  |
        | a token whose appId is empty                 |
        | a token whose appId is true                  |
        | a token whose appId is in a list             |
        | a token whose appId is cut off               |
        | a token whose appId comes after another one  |
        | a token with a fourth part                   |
      Then the tenant refuses each, and accepts each once put right
