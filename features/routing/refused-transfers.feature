Feature: Refused transfers
  A transfer that is not authorised is refused; one that is not complete should be refused with a reason.
  Source: Transfer Conversation To a Specific Agent or Queue, "Authorization" and "Query Parameters".

  After the wrong requests the same request comes as it should be: only when that one is accepted do the refusals say
  something.

  Background:
    Given the tenant's profile names what routing needs

  @ASSIGN-AUTH-01
  Rule: Without a JWT whose signature verifies, a transfer is refused

    Scenario: A transfer to the agent without a token that verifies
      When a transfer to the agent is requested with each of these tokens:
        | token                                                |
        | no token                                             |
        | an empty token                                       |
        | a text that is no token                              |
        | the word undefined                                   |
        | a token signed with another secret                   |
        | a token signed with an empty secret                  |
        | a token for another app signed with an empty secret  |
        | a token whose content was changed                    |
        | an unsigned token                                    |
        | a token signed with the client id                    |
        | a token signed with half of the client secret        |
        | a token that is cut off after its header             |
        | a token that is cut off after its claims             |
        | a token whose signature is empty                     |
        | a token whose signature is longer                    |
        | a token whose signature is cut in half               |
        | a token with one letter of its signature changed     |
        | a token whose signature is in the other case         |
        | a token with the signature of another token          |
        | a token whose header was changed                     |
        | an unsigned token with the algorithm None            |
        | an unsigned token with the algorithm NONE            |
        | an unsigned token with no algorithm                  |
        | an unsigned token with the signature of a valid one  |
        | a token that names HS512 over the signature of HS256 |
        | a token signed with an unknown RSA key               |
        | a token signed with an unknown elliptic-curve key    |
        | a token that brings its own public key               |
        | a token that brings its own secret                   |
        | a token that says where its key is                   |
        | a token whose key id is the path of an empty file    |
      Then the tenant refuses each, and accepts it once put right

    Scenario: A transfer to the queue without a token that verifies
      When a transfer to the queue is requested with each of these tokens:
        | token                                                             |
        | a token signed with another secret                                |
        | a token signed with another secret in the header Authorization    |
        | a token signed with another secret in the other documented header |
        | a token signed with another secret in the query                   |
      Then the tenant refuses each, and accepts it once put right

  @ASSIGN-AUTH-01
  Rule: Where a transfer may be sent in other forms, each of them needs a JWT

    Table and samples differ in where the parameters are, and the account is in the samples only. A tenant need not take every
    form.

    Scenario Outline: A transfer to the <target> <form>, without a token that verifies
      When a transfer to the <target> <form> is requested with a token signed with another secret
      Then the tenant refuses it, unless it refuses every such transfer

      Examples:
        | target | form                             |
        | agent  | without the accountid header     |
        | queue  | with its parameters in the query |

  @ASSIGN-AUTH-02
  Rule: A JWT that is expired or not valid yet, malformed, for another app or without an appId should not authorise a transfer

    Scenario: A transfer to the agent with a token that does not fit
      When a transfer to the agent is requested with each of these tokens:
        | token                                       |
        | an expired token                            |
        | an expired token whose exp is a fraction    |
        | a token that is not valid yet               |
        | a token for another app                     |
        | a token without an appId                    |
        | a token whose appId is null                 |
        | a token whose appId is empty                |
        | a token whose appId is true                 |
        | a token whose appId is in a list            |
        | a token whose appId is cut off              |
        | a token whose appId comes after another one |
        | a token with a fourth part                  |
      Then the tenant refuses each, and accepts it once put right

    @smoke
    Scenario: A transfer to the queue with a token that does not fit
      When a transfer to the queue is requested with each of these tokens:
        | token                    |
        | an expired token         |
        | a token for another app  |
        | a token without an appId |
      Then the tenant refuses each, and accepts it once put right

  @ASSIGN-ERR-01
  Rule: A transfer that misses a required parameter, or names no target, should be refused

    Scenario Outline: A transfer to the <target> without a parameter
      When a transfer to the <target> is requested with each parameter missing or empty in turn
      Then the tenant refuses each, and accepts it once put right

      Examples:
        | target |
        | agent  |
        | queue  |

  @ASSIGN-ERR-01
  Rule: A transfer names an agent or a queue, not both

    @smoke
    Example: A transfer that names both agent and queue
      When a transfer is requested that names both agent and queue
      Then the tenant refuses it, and accepts it once put right

  @ASSIGN-ERR-01
  Rule: A transfer for an unknown stream should be refused

    Scenario Outline: A transfer to the <target> for a stream that the tenant does not know
      When a transfer to the <target> is requested for an unknown stream
      Then the tenant refuses it, and accepts it once put right

      Examples:
        | target |
        | agent  |
        | queue  |
