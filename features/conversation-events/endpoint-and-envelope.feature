Feature: Endpoint and envelope
  Every event of a conversation goes to one endpoint, in one kind of envelope.
  Source: Webhook API for Conversation Events, "Path Parameters", "Request Body" and "Responses".

  @HOOKS-EP-02
  Rule: The endpoint is /agentassist/api/v1/hooks/{botId}

    @smoke
    Example: What begins a conversation goes to the documented path
      Given events are sent to the documented path
      And a voice conversation
      When Agent 1 answers the call
      Then the tenant has accepted every event

  @HOOKS-EP-01 @HOOKS-EP-04 @HOOKS-HDR-01 @HOOKS-ENV-07
  Rule: Events, each with one of three names, are sent as application/json with POST to the bot of the path

    @smoke
    Example: A message and each name of an event
      Given a voice conversation answered by Agent 1
      When the customer says "Is there a discount?"
      And Agent 1 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event

  @HOOKS-HDR-01
  Rule: The content type may name a charset

    Scenario Outline: The content type is "<content type>"
      Given requests have the content type "<content type>"
      And a voice conversation answered by Agent 1
      When the customer says "Price is too expensive"
      Then the tenant has accepted every event

      Examples:
        | content type                    |
        | application/json; charset=utf-8 |
        | application/json;charset=UTF-8  |

  @HOOKS-ENV-01
  Rule: The conversationId is a non-empty string of the sender's choice

    Scenario Outline: A conversationId that ends in <ending>
      Given a voice conversation whose id ends in "<ending>"
      When Agent 1 answers the call
      Then the tenant has accepted every event

      @smoke
      Examples:
        | ending                               |
        | 4beef2ed-bf1d-59e3-bd7f-5467f84d0000 |

      Examples: As other platforms form it
        | ending                         |
        | c-12345                        |
        | 303030303333393234303137       |
        | Atesta.Mixed_Case              |
        | a84b4c76e66710@pbx.example.com |

  @HOOKS-ENV-03 @HOOKS-ENV-05
  Rule: The body carries the botId, and a message or a list of one event or more

    @smoke
    Example: A list of one event for each name of an event, and none for a message
      Given a chat conversation answered by Agent 1
      When the customer says "Price is too expensive"
      And Agent 1 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event

  @HOOKS-ENV-04
  Rule: The botId of the body equals the botId of the path

    @smoke
    Example: Body and path name the same bot
      Given a voice conversation answered by Agent 1
      When Agent 1 ends the call
      Then the tenant has accepted every event

  @HOOKS-ENV-06
  Rule: One request may hold several events

    @smoke
    Example: The last agent's exit, the summary and the end in one request
      Given a voice conversation answered by Agent 1
      When these events are sent in one request:
        | event    | transfer | transition | agent   |
        | transfer | NA       | exit       | Agent 1 |
        | summary  |          |            |         |
        | end      |          |            | Agent 1 |
      Then the tenant has accepted every event
