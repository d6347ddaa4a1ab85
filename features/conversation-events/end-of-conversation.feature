Feature: End of conversation
  The end is sent once, as the last event, however the conversation ends.
  Source: End of Conversation, "Body Parameters"; Webhook API for Conversation Events, "End of Conversation Event".

  @HOOKS-EOC-02 @HOOKS-EOC-03 @HOOKS-EOC-04
  Rule: The end names its reason, the language and the experience

    Other languages than English: languages.feature.

    @smoke
    Scenario Outline: An agent ends a <experience> conversation
      Given a <experience> conversation answered by Agent 1
      When Agent 1 leaves as the last one
      And the conversation ends with reason "agent_initiated"
      Then the tenant has accepted every event

      Examples:
        | experience |
        | voice      |
        | chat       |

  @HOOKS-EOC-07
  Rule: A reason other than the one of the examples should be accepted

    Scenario Outline: The reason is <reason>
      Given a voice conversation answered by Agent 1
      When Agent 1 leaves as the last one
      And the conversation ends with reason "<reason>"
      Then the tenant has accepted every event

      @smoke
      Examples:
        | reason             |
        | customer_initiated |

      Examples: Of technical origin
        | reason          |
        | network_failure |

    Example: A conversation that drops and is not taken up again
      Given a voice conversation answered by Agent 1
      When the call drops
      And the conversation ends with reason "system_disconnected"
      Then the tenant has accepted every event

  @HOOKS-EOC-05
  Rule: The participant who ends the conversation is named

    @smoke
    Example: An agent who joined later ends it
      Given a voice conversation answered by Agent 1
      When Agent 1 hands the call over to Agent 2
      And Agent 2 ends the call
      Then the tenant has accepted every event

    Example: The first agent ends it, and a consultant has joined later
      Given a voice conversation answered by Agent 1
      When Agent 2 joins as a consultant
      And Agent 2 leaves while others stay
      And Agent 1 ends the call
      Then the tenant has accepted every event

  @HOOKS-EOC-06
  Rule: The participant's customFields may be present or left out

    @smoke
    Scenario Outline: The agent who ends it comes <custom fields>
      Given the agents come <custom fields>
      And a voice conversation answered by Agent 1
      When Agent 1 ends the call
      Then the tenant has accepted every event

      Examples:
        | custom fields        |
        | with customFields    |
        | without customFields |
