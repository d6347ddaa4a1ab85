Feature: Transfer events
  What an internal transfer event may hold. Where the documents show two forms, the tenant takes both.
  Source: Webhook API for Conversation Events, "Internal Transfer Event"; Hooks API for Internal Transfers,
  "Request Body Parameters".

  @HOOKS-XFER-01 @HOOKS-XFER-02 @HOOKS-XFER-03 @HOOKS-XFER-04 @HOOKS-XFER-05 @HOOKS-XFER-06 @HOOKS-XFER-07 @HOOKS-XFER-10
  Rule: A transfer is NA, COLD, WARM or redial, an entry or an exit, in every form that the documents give to one

    isExtAD says whether the transfer uses an external directory, as a boolean or as a string; the transfer type is in upper or in
    lower case; the language and customFields may be left out; the experience is chat or voice.

    Scenario Outline: isExtAD a <isExtAD> for <directory>, <case> case, <language>, <custom fields>, <experience>
      Given isExtAD is written as a <isExtAD>
      And transfers use <directory>
      And transfer types are written in <case> case
      And transfer events are sent <language>
      And the agents come <custom fields>
      And a <experience> conversation answered by Agent 1
      When Agent 1 sends cold exit
      And Agent 2 sends cold entry
      And Agent 3 sends warm entry
      And Agent 2 sends warm exit
      And Agent 3 sends NA exit
      And Agent 3 sends redial entry
      Then the tenant has accepted every event

      Examples: Each form once
        | isExtAD | directory             | case  | language         | custom fields        | experience |
        | boolean | an external directory | upper | with a language  | with customFields    | voice      |
        | string  | no external directory | lower | without language | without customFields | chat       |

      Examples: Mixed, so that any two forms meet in a row
        | isExtAD | directory             | case  | language         | custom fields        | experience |
        | string  | no external directory | lower | with a language  | with customFields    | voice      |
        | string  | an external directory | upper | without language | without customFields | voice      |
        | boolean | no external directory | upper | without language | with customFields    | chat       |
        | boolean | an external directory | lower | with a language  | without customFields | chat       |

    @smoke
    Example: The forms change within a conversation
      Given isExtAD is written as a boolean
      And transfers use an external directory
      And transfer events are sent without language
      And the agents come without customFields
      And a chat conversation answered by Agent 1
      And isExtAD is written as a string
      And transfer types are written in lower case
      And transfer events are sent with a language
      And the agents come with customFields
      When Agent 2 sends warm entry
      Given transfers use no external directory
      And isExtAD is written as a boolean
      And transfer types are written in upper case
      And transfer events are sent without language
      And the agents come without customFields
      When Agent 1 sends warm exit
      Given isExtAD is written as a string
      And transfer events are sent with a language
      When Agent 2 sends NA exit
      And Agent 2 sends redial entry
      Then the tenant has accepted every event

  @HOOKS-XFER-08
  Rule: The participant has an identity, a name and a type

    @smoke
    Example: Two agents, each with an identity and a name of their own
      Given a voice conversation answered by Agent 1
      When Agent 2 joins as a consultant
      And Agent 1 leaves while others stay
      And Agent 2 leaves as the last one
      Then the tenant has accepted every event

  @HOOKS-XFER-12
  Rule: A redial should be accepted as the sample prints it, with a reason and without isExtAD

    @smoke
    Example: The sample of the documents
      Given the agents come with customFields
      And a voice conversation answered by Agent 1
      When the call drops
      And Agent 1 redials as the sample prints it
      Then the tenant has accepted every event
