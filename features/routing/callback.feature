Feature: Outcome of a transfer
  Whether a transfer succeeded is posted to the callbackUrl of its request.
  Source: Transfer Conversation To a Specific Agent or Queue, introduction; "Query Parameters", callbackUrl.

  Background:
    Given the tenant's profile names what routing needs
    And the tenant can reach the callback listener

  @ASSIGN-CB-01 @ASSIGN-CB-02
  Rule: A success is posted, and should be posted once, as JSON, for the same session

    Example: Two transfers, each with a callbackUrl of its own
      When a transfer to the agent is requested
      And a transfer to the queue is requested
      Then the outcome of each transfer is posted once to its callbackUrl

  @ASSIGN-REQ-02 @ASSIGN-CB-01 @ASSIGN-CB-02
  Rule: Any address may be the callbackUrl, and the outcome is posted to it as it was sent

    Scenario Outline: The outcome of a transfer to the <target> whose callbackUrl has <address form>
      When a transfer to the <target> is requested whose callbackUrl has <address form>
      Then the tenant has transferred the conversation
      And the outcome of each transfer is posted once to its callbackUrl

      Examples:
        | target | address form                |
        | agent  | capitals in its path        |
        | queue  | a query                     |
        | agent  | percent-encoding            |
        | queue  | signs that need no encoding |
        | agent  | a long path                 |
        | queue  | no path                     |

  @observe @X-36 @ASSIGN-CB-03
  Rule: A failure should be posted as well, when the tenant had accepted the transfer

    @smoke
    Scenario Outline: A transfer <that cannot succeed>
      When a transfer <that cannot succeed> is requested
      Then a message is posted for it, if the tenant has accepted it

      Examples:
        | that cannot succeed   |
        | to an unknown agent   |
        | to an unknown queue   |
        | of an unknown session |

  @ASSIGN-AUTH-01 @ASSIGN-CB-01 @ASSIGN-CB-02
  Rule: What is refused is not carried out, so its success is not posted

    @smoke
    Example: A transfer that is not authorised, beside one that is
      When a transfer to the agent is requested with no token
      And a transfer to the queue is requested
      Then the outcome of each transfer is posted once to its callbackUrl
      And the tenant refuses it, and accepts it once put right
