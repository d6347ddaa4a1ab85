Feature: Authentication
  A JWT authorises each request; it is signed with the secret of a client app.
  Source: Hooks API for Internal Transfers, "Header Parameters" and "Sending Transfer Events".

  Every request that is refused here is sent once more with a valid token: only when that one is accepted do the
  refusals say something about the tokens.

  @HOOKS-AUTH-02
  Rule: The JWT carries the appId and is signed with the client secret

    Scenario Outline: A chat with <token>
      Given requests carry <token>
      And a chat conversation answered by Agent 1
      When the customer says "Price is too expensive"
      Then the tenant has accepted every event

      @smoke
      Examples:
        | token                              |
        | a token with nothing but the appId |

      Examples: As other libraries write it
        | token                                          |
        | a token with more claims than the appId        |
        | a token whose claims are in another order      |
        | a token issued a month ago                     |
        | a token with white space in its JSON           |
        | a token whose header names the algorithm alone |

    Example: One token for two conversations
      Given requests carry a token issued a month ago that never expires
      And a voice conversation answered by Agent 1
      When Agent 1 leaves as the last one
      And a chat conversation answered by Agent 1
      Then the tenant has accepted every event

  @HOOKS-AUTH-01
  Rule: Without a JWT whose signature verifies, a request is refused

    Scenario: The requests of a call, first without a token that verifies
      Given a voice conversation
      When the requests of a conversation are first sent with these tokens:
        | token                                                             | with          |
        | no token                                                          | every request |
        | an empty token                                                    | in turn       |
        | a text that is no token                                           | in turn       |
        | a token signed with an empty secret                               | in turn       |
        | a token signed with another secret                                | in turn       |
        | a token whose content was changed                                 | in turn       |
        | an unsigned token                                                 | in turn       |
        | a token signed with the client id                                 | in turn       |
        | a token signed with half of the client secret                     | in turn       |
        | a token signed with the client secret in lower case               | in turn       |
        | a token that is cut off after its header                          | in turn       |
        | a token that is cut off after its claims                          | in turn       |
        | a token whose signature is empty                                  | in turn       |
        | a token whose signature is longer                                 | in turn       |
        | a token with one letter of its signature changed                  | in turn       |
        | a token whose signature is in the other case                      | in turn       |
        | a token with the signature of another token                       | in turn       |
        | a token whose header was changed                                  | in turn       |
        | an unsigned token with the algorithm None                         | in turn       |
        | a token for another app signed with an empty secret               | in turn       |
        | an unsigned token with no algorithm                               | in turn       |
        | an unsigned token with the signature of a valid one               | in turn       |
        | a token that names HS512 over the signature of HS256              | in turn       |
        | a token signed with an unknown RSA key                            | in turn       |
        | a token signed with an unknown elliptic-curve key                 | in turn       |
        | a token that brings its own public key                            | in turn       |
        | a token that brings its own secret                                | in turn       |
        | a token whose signature is cut in half                            | in turn       |
        | a token that says where its key is                                | in turn       |
        | a token whose key id is the path of an empty file                 | in turn       |
        | a token signed with another secret behind the word Bearer         | in turn       |
        | a token signed with another secret in the header Authorization    | in turn       |
        | a token signed with another secret in a cookie                    | in turn       |
        | a token signed with another secret in the other documented header | in turn       |
        | a token signed with another secret in the query                   | in turn       |
        | another secret as a password                                      | in turn       |
        | the word undefined                                                | in turn       |
      Then the tenant refuses each, and accepts each once put right

    @smoke
    Scenario: The requests of a chat, first without a token that verifies
      Given a chat conversation
      When the requests of a short conversation are first sent with these tokens:
        | token                              | with    |
        | no token                           | in turn |
        | a token signed with another secret | in turn |
        | an unsigned token                  | in turn |
      Then the tenant refuses each, and accepts each once put right

  @HOOKS-AUTH-03
  Rule: A JWT that is expired or not valid yet, malformed, for another app or without an appId should be refused

    Scenario: The requests of a call, first with a token that does not fit
      Given a voice conversation
      When the requests of a short conversation are first sent with these tokens:
        | token                                       | with          |
        | an expired token                            | every request |
        | a token for another app                     | in turn       |
        | a token without an appId                    | in turn       |
        | an expired token whose exp is a fraction    | in turn       |
        | an expired token whose exp is 0             | in turn       |
        | a token that is not valid yet               | in turn       |
        | a token whose appId is null                 | in turn       |
        | a token whose appId is empty                | in turn       |
        | a token whose appId is true                 | in turn       |
        | a token whose appId is in a list            | in turn       |
        | a token whose appId is cut off              | in turn       |
        | a token whose appId has spaces around it    | in turn       |
        | a token whose appId is in the other case    | in turn       |
        | a token whose appId comes after another one | in turn       |
        | a token with a fourth part                  | in turn       |
      Then the tenant refuses each, and accepts each once put right

    @smoke
    Scenario: The requests of a chat, first with a token that does not fit
      Given a chat conversation
      When the requests of a short conversation are first sent with these tokens:
        | token                    | with    |
        | an expired token         | in turn |
        | a token for another app  | in turn |
        | a token without an appId | in turn |
      Then the tenant refuses each, and accepts each once put right
