Feature: Transfer to an agent or a queue
  A conversation of a bot is handed to a given agent, or to a queue of agents.
  Source: Transfer Conversation To a Specific Agent or Queue; Transfer Conversation To a Specific Agent.

  Background:
    Given the tenant's profile names what routing needs

  @ASSIGN-REQ-01
  Rule: The transfer is posted as JSON to the stream's assign-conversation

    Scenario Outline: A transfer to the <target>
      Given transfers are requested at the documented path
      When a transfer to the <target> is requested
      Then the tenant has transferred the conversation

      Examples:
        | target |
        | agent  |
        | queue  |

    Scenario Outline: A transfer to the <target> with the content type <content type>
      Given transfers are requested at the documented path
      And requests have the content type "<content type>"
      When a transfer to the <target> is requested
      Then the tenant has transferred the conversation

      Examples:
        | target | content type                    |
        | agent  | application/json; charset=utf-8 |
        | queue  | application/json;charset=UTF-8  |

    @smoke
    Example: A transfer to the agent, written as the samples are printed
      Given transfers are written over several lines
      When a transfer to the agent is requested
      Then the tenant has transferred the conversation

  @ASSIGN-AUTH-04
  Rule: A JWT in the auth header authorises the transfer

    @smoke
    Scenario Outline: A transfer to the <target> with <token>
      Given requests carry <token>
      When a transfer to the <target> is requested
      Then the tenant has transferred the conversation

      Examples:
        | target | token                                         |
        | agent  | a token issued a month ago that never expires |
        | queue  | a token with nothing but the appId            |

  @ASSIGN-REQ-02
  Rule: The request names the callbackUrl

    @smoke
    Example: A callbackUrl of its own for each request
      When a transfer to the agent is requested
      And a transfer to the queue is requested
      Then the tenant has transferred the conversation

  @ASSIGN-REQ-03
  Rule: The request names the orgId

    @smoke
    Example: The organization of the tenant's profile, for an agent and for a queue
      When a transfer to the agent is requested
      And a transfer to the queue is requested
      Then the tenant has transferred the conversation

  @ASSIGN-REQ-04
  Rule: The request names the botSessionId

    @smoke
    Example: The bot session of the tenant's profile, for an agent and for a queue
      When a transfer to the agent is requested
      And a transfer to the queue is requested
      Then the tenant has transferred the conversation

  @ASSIGN-REQ-05
  Rule: A transfer to an agent names the aId

    @smoke
    Example: The agent of the tenant's profile
      When a transfer to the agent is requested
      Then the tenant has transferred the conversation

  @ASSIGN-REQ-06
  Rule: A transfer to a queue names the queueId

    @smoke
    Example: The queue of the tenant's profile
      When a transfer to the queue is requested
      Then the tenant has transferred the conversation

  @ASSIGN-REQ-07
  Rule: The account is named in a header

    @smoke
    Example: The account of the tenant's profile
      Given the tenant's profile names an account
      When a transfer to the agent is requested
      Then the tenant has transferred the conversation

  @ASSIGN-RESP-01 @ASSIGN-RESP-03
  Rule: The answer to a transfer to an agent is the outcome with the agentId, and should echo the ids of the request

    Example: The outcome of a transfer to an agent
      When a transfer to the agent is requested
      Then the tenant has transferred the conversation

  @ASSIGN-RESP-02 @ASSIGN-RESP-03
  Rule: The answer to a transfer to a queue is the outcome with the queueId, and should echo the ids of the request

    Example: The outcome of a transfer to a queue
      When a transfer to the queue is requested
      Then the tenant has transferred the conversation
