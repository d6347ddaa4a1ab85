Feature: Refused transfers
  A transfer that is not authorised is refused; one that is not complete should be refused with a reason.
  Source: Transfer Conversation To a Specific Agent or Queue, "Authorization" and "Query Parameters".

  Every request that is refused here is sent a second time with its one fault put right: only when that one is
  accepted does the refusal say something about the fault.

  Background:
    Given the tenant's profile names what routing needs

  @ASSIGN-AUTH-01
  Rule: Without a JWT whose signature verifies, a transfer is refused

    Scenario Outline: A transfer to the <target> with <token>
      When a transfer to the <target> is requested with <token>
      Then the tenant refuses it, and accepts it once put right

      Examples:
        | target | token                              |
        | agent  | no token                           |
        | agent  | an empty token                     |
        | agent  | a text that is no token            |
        | agent  | a token signed with another secret |
        | agent  | a token signed with an empty secret |
        | agent  | a token whose content was changed  |
        | agent  | an unsigned token                  |
        | queue  | no token                           |
        | queue  | an empty token                     |
        | queue  | a text that is no token            |
        | queue  | a token signed with another secret |
        | queue  | a token whose content was changed  |
        | queue  | an unsigned token                  |

  @ASSIGN-AUTH-02
  Rule: A JWT that is expired, for another app or without an appId should not authorise a transfer

    Scenario Outline: A transfer to the <target> with <token>
      When a transfer to the <target> is requested with <token>
      Then the tenant refuses it, and accepts it once put right

      Examples:
        | target | token                    |
        | agent  | an expired token         |
        | agent  | a token for another app  |
        | agent  | a token without an appId |
        | queue  | an expired token         |
        | queue  | a token for another app  |
        | queue  | a token without an appId |

  @ASSIGN-ERR-01
  Rule: A transfer that misses a required parameter should be refused

    Scenario Outline: A transfer to the <target> with <field> <defect>
      When a transfer to the <target> is requested with <field> <defect>
      Then the tenant refuses it, and accepts it once put right

      Examples:
        | target | field        | defect   |
        | agent  | callbackUrl  | left out |
        | agent  | callbackUrl  | empty    |
        | agent  | orgId        | left out |
        | agent  | orgId        | empty    |
        | agent  | botSessionId | left out |
        | agent  | botSessionId | empty    |
        | agent  | aId          | empty    |
        | queue  | callbackUrl  | left out |
        | queue  | callbackUrl  | empty    |
        | queue  | orgId        | left out |
        | queue  | orgId        | empty    |
        | queue  | botSessionId | left out |
        | queue  | botSessionId | empty    |
        | queue  | queueId      | empty    |

  @ASSIGN-ERR-01
  Rule: A transfer names an agent or a queue, not both and not neither

    Scenario Outline: A transfer that names <targets>
      When a transfer is requested that names <targets>
      Then the tenant refuses it, and accepts it once put right

      Examples:
        | targets                |
        | both agent and queue   |
        | neither agent nor queue |

  @ASSIGN-ERR-01
  Rule: A transfer for an unknown stream should be refused

    Scenario Outline: A transfer to the <target> for a stream that the tenant does not know
      When a transfer to the <target> is requested for an unknown stream
      Then the tenant refuses it, and accepts it once put right

      Examples:
        | target |
        | agent  |
        | queue  |
