Feature: Transfer events
  What an internal transfer event may hold. Where the documents show two forms, the tenant takes both.
  Source: Webhook API for Conversation Events, "Internal Transfer Event"; Hooks API for Internal Transfers,
  "Request Body Parameters".

  @HOOKS-XFER-01
  Rule: The transfer type is NA, COLD, WARM or redial

    Example: All four transfer types in one conversation
      Given a voice conversation
      When Agent 1 sends NA entry
      And Agent 2 sends warm entry
      And Agent 1 sends warm exit
      And Agent 2 sends cold exit
      And Agent 3 sends cold entry
      And Agent 3 sends NA exit
      And Agent 3 sends redial entry
      And Agent 3 sends NA exit
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event

  @HOOKS-XFER-12
  Rule: A redial should be accepted as the sample prints it, with a reason and without isExtAD

    Example: The sample of the documents
      Given a voice conversation answered by Agent 1
      When the call drops
      And Agent 1 redials as the sample prints it
      And Agent 1 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event

  @HOOKS-XFER-02
  Rule: The transition is entry or exit

    Example: Agents enter and exit with every transfer type that has both
      Given a chat conversation
      When Agent 1 answers the chat
      And Agent 1 hands the chat over to Agent 2
      And Agent 3 joins as a consultant
      And Agent 3 leaves while others stay
      And Agent 2 leaves as the last one
      Then the tenant has accepted every event

  @HOOKS-XFER-03
  Rule: isExtAD says whether the transfer uses an external directory

    Scenario Outline: Transfers use <directory>
      Given transfers use <directory>
      And a voice conversation answered by Agent 1
      When Agent 1 hands the call over to Agent 2
      And Agent 3 joins as a consultant
      And Agent 3 leaves while others stay
      And the call drops
      And Agent 2 redials
      And Agent 2 leaves as the last one
      Then the tenant has accepted every event

      Examples:
        | directory             |
        | an external directory |
        | no external directory |

  @HOOKS-XFER-04
  Rule: isExtAD is accepted as a boolean and as a string

    Scenario Outline: isExtAD as a <form>, for <directory>
      Given isExtAD is written as a <form>
      And transfers use <directory>
      And a voice conversation answered by Agent 1
      When Agent 2 joins as a consultant
      And Agent 1 leaves while others stay
      And Agent 2 hands the call over to Agent 3
      And the call drops
      And Agent 3 redials
      And Agent 3 leaves as the last one
      Then the tenant has accepted every event

      Examples:
        | form    | directory             |
        | boolean | an external directory |
        | boolean | no external directory |
        | string  | an external directory |
        | string  | no external directory |

  @HOOKS-XFER-05
  Rule: The transfer type is accepted in upper and in lower case

    Scenario Outline: COLD and WARM in <letter case> case
      Given transfer types are written in <letter case> case
      And a voice conversation answered by Agent 1
      When Agent 2 joins as a consultant
      And Agent 1 leaves while others stay
      And Agent 2 hands the call over to Agent 3
      And Agent 3 ends the call
      Then the tenant has accepted every event

      Examples:
        | letter case |
        | upper       |
        | lower       |

  @HOOKS-XFER-06
  Rule: A transfer event may leave its language out

    Scenario Outline: Transfer events <language> in a <experience> conversation
      Given transfer events are sent <language>
      And a <experience> conversation answered by Agent 1
      When Agent 1 hands the conversation over to Agent 2
      And Agent 3 joins as a consultant
      And Agent 3 leaves while others stay
      And the call drops
      And Agent 2 redials
      And Agent 2 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event

      Examples:
        | language         | experience |
        | with a language  | voice      |
        | without language | voice      |
        | without language | chat       |

    Scenario Outline: Agents enter in "<language>"
      Given the bot knows the language "<language>"
      And a voice conversation
      When Agent 1 answers the call in "<language>"
      And Agent 1 leaves as the last one
      Then the tenant has accepted every event

      Examples:
        | language |
        | en       |
        | fr       |
        | pt-BR    |

  @HOOKS-XFER-07
  Rule: The experience is chat or voice

    Scenario Outline: Cold and warm transfers and a redial in a <experience> conversation
      Given a <experience> conversation answered by Agent 1
      When Agent 1 hands the conversation over to Agent 2
      And Agent 3 joins as a consultant
      And Agent 2 leaves while others stay
      And the call drops
      And Agent 3 redials
      And Agent 3 leaves as the last one
      Then the tenant has accepted every event

      Examples:
        | experience |
        | chat       |
        | voice      |

  @HOOKS-XFER-08
  Rule: The participant has an identity, a name and a type

    Example: Three agents, each with an identity and a name of their own
      Given a voice conversation answered by Agent 1
      When Agent 2 joins as a consultant
      And Agent 3 joins as a consultant
      And Agent 1 leaves while others stay
      And Agent 2 leaves while others stay
      And Agent 3 leaves as the last one
      Then the tenant has accepted every event

  @HOOKS-XFER-10
  Rule: The participant's customFields may be present or left out

    Scenario Outline: Agents <custom fields> in a cold and a warm transfer and a redial
      Given the agents come <custom fields>
      And a voice conversation answered by Agent 1
      When Agent 1 hands the call over to Agent 2
      And Agent 3 joins as a consultant
      And Agent 2 leaves while others stay
      And the call drops
      And Agent 3 redials
      And Agent 3 leaves as the last one
      Then the tenant has accepted every event

      Examples:
        | custom fields        |
        | with customFields    |
        | without customFields |
