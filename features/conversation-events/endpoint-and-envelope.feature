Feature: Endpoint and envelope
  Every event of a conversation goes to one endpoint, in one kind of envelope.
  Source: Webhook API for Conversation Events, "Path Parameters", "Request Body" and "Responses".

  @HOOKS-EP-01
  Rule: Events are sent with POST

    Example: What begins a conversation is posted, and what goes on in it
      Given a voice conversation answered by Agent 1
      When Agent 1 ends the call
      Then the tenant has accepted every event

  @HOOKS-EP-02
  Rule: The endpoint is /agentassist/api/v1/hooks/{botId}

    Example: A whole conversation goes to the endpoint
      Given events are sent to the documented path
      And a chat conversation answered by Agent 1
      When Agent 1 ends the chat
      Then the tenant has accepted every event

  @HOOKS-EP-03
  Rule: Every kind of event should be accepted at the same endpoint

    Example: Messages, transfers of all kinds, a redial, a summary and the end
      Given the tenant has one path for all events
      And a voice conversation answered by Agent 1
      When the customer says "Price is too expensive"
      And Agent 1 says "Let me ask a colleague"
      And Agent 1 hands the call over to Agent 2
      And Agent 3 joins as a consultant
      And Agent 3 leaves while others stay
      And the call drops
      And Agent 2 redials
      And Agent 2 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event

  @HOOKS-EP-04
  Rule: The path carries the botId

    Example: The botId of the tenant's profile is known, whatever is sent for it
      Given a voice conversation answered by Agent 1
      When the customer says "Is there a discount?"
      And Agent 1 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event

  @HOOKS-HDR-01
  Rule: The request is application/json

    Scenario Outline: The content type is "<content type>"
      Given requests have the content type "<content type>"
      And a voice conversation answered by Agent 1
      When the customer says "Price is too expensive"
      And Agent 1 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event

      Examples:
        | content type                    |
        | application/json                |
        | application/json; charset=utf-8 |
        | application/json;charset=UTF-8  |

  @HOOKS-ENV-01
  Rule: The conversationId is a non-empty string of the sender's choice

    Scenario Outline: A conversationId that ends in <ending>
      Given a voice conversation whose id ends in "<ending>"
      When Agent 1 answers the call
      And Agent 1 ends the call
      Then the tenant has accepted every event

      Examples:
        | ending                               |
        | c-12345                              |
        | 303030303333393234303137             |
        | 4beef2ed-bf1d-59e3-bd7f-5467f84d0000 |
        | Atesta.Mixed_Case                    |
        | a84b4c76e66710@pbx.example.com       |

  @HOOKS-ENV-03
  Rule: The body carries the botId

    Example: Every body of a conversation names the bot
      Given a chat conversation answered by Agent 1
      When the customer says "Is there a discount?"
      And Agent 1 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event

  @HOOKS-ENV-04
  Rule: The botId of the body equals the botId of the path

    Example: Body and path name the same bot
      Given a voice conversation answered by Agent 1
      When the customer says "Is there a discount?"
      And Agent 1 ends the call
      Then the tenant has accepted every event

  @HOOKS-ENV-05
  Rule: Transfer, summary and end come in events, a list of one event or more

    Example: A list of one event for each kind of event, and none for a message
      Given a voice conversation answered by Agent 1
      When the customer says "Price is too expensive"
      And Agent 1 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event

  @HOOKS-ENV-06
  Rule: One request may hold several events

    Example: The last agent's exit, the summary and the end in one request
      Given a voice conversation answered by Agent 1
      When these events are sent in one request:
        | event    | transfer | transition | agent   |
        | transfer | NA       | exit       | Agent 1 |
        | summary  |          |            |         |
        | end      |          |            | Agent 1 |
      Then the tenant has accepted every event

  @HOOKS-ENV-07
  Rule: An event has one of three names

    Example: Each of the names is known
      Given a voice conversation answered by Agent 1
      When Agent 1 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event

  @HOOKS-RESP-01
  Rule: Success is HTTP 200

    Example: Every request of a cold transfer is answered with 200
      Given a voice conversation answered by Agent 1
      When Agent 1 hands the call over to Agent 2
      And the customer says "I was cut off before"
      And Agent 2 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event

  @HOOKS-RESP-02
  Rule: The body of a success is empty, the text OK, or a JSON object whose STATUS is OK

    Example: Every request of a warm transfer is answered in one of these forms
      Given a chat conversation answered by Agent 1
      When Agent 2 joins as a consultant
      And Agent 2 says "I can help with the contract"
      And Agent 2 leaves while others stay
      And Agent 1 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event
